import { type ExactProgram, type ExactRow, exactSteps, Rational, type SearchOptions, sum } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { Search } from '../search.ts';
import type { NormalFormGame } from './game.ts';

/**
 * What a mediator aims at: the sum of all payoffs, the least payoff of any player, or the payoff of one player, by index.
 *
 * @category Methods for tables
 */
export type CorrelatedObjective = 'welfare' | 'fairness' | { readonly player: number };

/** @category Methods for tables */
export interface CorrelatedOptions extends SearchOptions {
  /** `welfare` unless told. */
  readonly objective?: CorrelatedObjective;
}

/**
 * A distribution over profiles that a mediator draws from.
 *
 * @category Methods for tables
 */
export interface CorrelatedEquilibrium {
  /** The profiles that are drawn at all, as indices of strategies, with their probabilities. */
  readonly distribution: readonly { readonly profile: readonly number[]; readonly probability: Rational }[];
  /** Every player's expected payoff. */
  readonly payoffs: readonly Rational[];
  /** The most that any player gains by the best way not to obey: 0 in an equilibrium. */
  readonly regret: Rational;
}

/** The most numbers in the linear program of an exact method. */
const mostEntries = 4_000_000;

/**
 * The correlated equilibrium that is best by an objective: a distribution over profiles such that, told its part, no player gains by playing
 * another (Aumann 1974). One linear program in integers.
 *
 * @throws MechaneError `too-large` when the program would not fit
 * @category Methods for tables
 * @example
 * ```ts
 * import { correlated, readJsonGame } from '@mechane/game-theory';
 *
 * const chicken = readJsonGame({ players: ['ann', 'bob'], payoffs: [[[0, 7], [2, 6]], [[0, 2], [7, 6]]] });
 * const { results } = correlated(chicken).now();
 * results[0].payoffs.map(String); // => ['21/4', '21/4']
 * ```
 */
export function correlated(game: NormalFormGame, options: CorrelatedOptions = {}): Search<CorrelatedEquilibrium> {
  const count = game.shape.reduce((total, own) => total + own * (own - 1), 0);
  return bestDistribution(game, options, count, obedienceRows(game));
}

/**
 * The coarse correlated equilibrium that is best by an objective: no player gains by choosing a strategy before it is told anything (Moulin and Vial
 * 1978). One linear program in integers.
 *
 * @throws MechaneError `too-large` when the program would not fit
 * @category Methods for tables
 */
export function coarseCorrelated(game: NormalFormGame, options: CorrelatedOptions = {}): Search<CorrelatedEquilibrium> {
  const count = game.shape.reduce((total, own) => total + own, 0);
  return bestDistribution(game, options, count, commitmentRows(game));
}

/** A constraint by profile: what a player loses by not obeying, 0 or more in all. */
type Losses = readonly Rational[];

function bestDistribution(
  game: NormalFormGame,
  { objective = 'welfare', ...options }: CorrelatedOptions,
  count: number,
  rows: Iterable<Losses>,
): Search<CorrelatedEquilibrium> {
  const entries = (count + 1) * game.profiles;
  if (entries > mostEntries) throw tooLarge('the number of entries of the linear program', entries, mostEntries);
  return new Search(function* (pace) {
    const losses: Losses[] = [];
    for (const row of rows) {
      losses.push(row);
      if (!(yield* pace.goesOn(0))) return { complete: false, reason: pace.stopped as string };
    }
    const solution = yield* exactSteps(programFor(game, objective, losses), pace);
    if (solution.status !== 'optimal') return { complete: false, reason: pace.stopped as string };
    const weights = solution.primal.slice(0, game.profiles);
    const distribution = weights.flatMap((probability, index) =>
      probability.sign === 0 ? [] : [{ profile: game.profileAt(index), probability }],
    );
    const expected = (values: readonly Rational[]): Rational =>
      sum(distribution.map(({ profile, probability }) => probability.times(values[game.indexOf(profile)] as Rational)));
    yield {
      distribution,
      payoffs: game.players.map((_, player) => expected(game.rationals(player))),
      regret: losses.reduce((worst, row) => {
        const gain = expected(row).negated();
        return worst.isLess(gain) ? gain : worst;
      }, Rational.zero),
    };
    if (solution.unique) return { complete: true };
    return { complete: false, reason: 'one equilibrium that is best by the objective is shown; there may be others' };
  }, options);
}

function programFor(game: NormalFormGame, objective: CorrelatedObjective, losses: readonly Losses[]): ExactProgram {
  const { profiles, players } = game;
  const fair = objective === 'fairness';
  const extended = (row: readonly Rational[], extra: Rational): readonly Rational[] => (fair ? [...row, extra] : row);
  const none = new Array<Rational>(profiles).fill(Rational.zero);
  const rows: ExactRow[] = [
    {
      coefficients: extended(new Array<Rational>(profiles).fill(Rational.one), Rational.zero),
      relation: '=',
      bound: Rational.one,
    },
    ...losses.map((row): ExactRow => {
      return { coefficients: extended(row, Rational.zero), relation: '>=', bound: Rational.zero };
    }),
  ];
  if (objective === 'fairness') {
    for (const player of players.keys()) {
      const coefficients = extended(game.rationals(player), Rational.one.negated());
      rows.push({ coefficients, relation: '>=', bound: Rational.zero });
    }
    return { objective: [...none, Rational.one], rows, free: [profiles] };
  }
  if (objective !== 'welfare') return { objective: game.rationals(objective.player), rows };
  return {
    objective: none.map((_, at) => sum(players.map((_, player) => game.rationals(player)[at] as Rational))),
    rows,
  };
}

/** For every player, strategy it is told and other strategy, what it loses by playing the other. */
function* obedienceRows(game: NormalFormGame): Generator<Losses, void, void> {
  for (const [player, own] of game.shape.entries()) {
    for (const [told, other] of pairs(own)) yield losses(game, player, other, (strategy) => strategy === told);
  }
}

/** For every player and strategy, what it loses by having chosen that before. */
function* commitmentRows(game: NormalFormGame): Generator<Losses, void, void> {
  for (const [player, own] of game.shape.entries()) {
    for (let other = 0; other < own; other++) yield losses(game, player, other, () => true);
  }
}

function losses(game: NormalFormGame, player: number, other: number, told: (strategy: number) => boolean): Losses {
  const table = game.rationals(player);
  const stride = game.strides[player] as number;
  const own = game.shape[player] as number;
  return table.map((payoff, index) => {
    const strategy = Math.floor(index / stride) % own;
    if (!told(strategy)) return Rational.zero;
    return payoff.minus(table[index + (other - strategy) * stride] as Rational);
  });
}

function pairs(count: number): [number, number][] {
  const every = Array.from({ length: count }, (_, strategy) => strategy);
  return every.flatMap((told) =>
    every.filter((other) => other !== told).map((other): [number, number] => [told, other]),
  );
}
