import {
  type ExactOptimum,
  type ExactProgram,
  type ExactRow,
  exactSteps,
  maximum,
  Rational,
  type SearchOptions,
  sum,
} from '@mechane/numerics';
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
    const program = pricesFor(game, objective, losses);
    const solution = yield* exactSteps(program, pace);
    if (solution.status !== 'optimal') return { complete: false, reason: pace.stopped as string };
    const masses = solution.duals.slice(0, game.profiles);
    const total = sum(masses);
    const weights = masses.map((mass) => mass.over(total));
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
    if (hasOnePrice(program, solution)) return { complete: true };
    return { complete: false, reason: 'one equilibrium that is best by the objective is shown; there may be others' };
  }, options);
}

/**
 * The dual of the linear program that looks for the best distribution: what obedience is worth to the mediator, so that no profile is worth more than a
 * level as low as it can be. The prices of its rows are the distribution. In the program of the distribution itself all bounds but one are 0, and pivots
 * lead nowhere; here they are what profiles pay less than the best one.
 */
function pricesFor(game: NormalFormGame, objective: CorrelatedObjective, losses: readonly Losses[]): ExactProgram {
  const tables = game.players.map((_, player) => game.rationals(player));
  const worth = worthOf(tables, objective);
  const most = maximum(worth);
  // Of what is least for any player, it counts how much each player's payoff counts: the last one's for what is left of 1.
  const others = objective === 'fairness' ? tables.slice(0, -1) : [];
  const rows = worth.map((value, at): ExactRow => {
    const shares = others.map((table) => (table[at] as Rational).minus(value));
    const coefficients = [Rational.one, ...losses.map((row) => row[at] as Rational), ...shares];
    return { coefficients, relation: '<=', bound: most.minus(value) };
  });
  const none = losses.map(() => Rational.zero);
  if (others.length > 0) {
    const coefficients = [Rational.zero, ...none, ...others.map(() => Rational.one)];
    rows.push({ coefficients, relation: '<=', bound: Rational.one });
  }
  return { objective: [Rational.one, ...none, ...others.map(() => Rational.zero)], rows };
}

/** What a mediator aims at in every profile; of the least payoff, that of the last player. */
function worthOf(tables: readonly (readonly Rational[])[], objective: CorrelatedObjective): readonly Rational[] {
  if (objective === 'fairness') return tables.at(-1) as readonly Rational[];
  if (objective !== 'welfare') return tables[objective.player] as readonly Rational[];
  return (tables[0] as readonly Rational[]).map((_, at) => sum(tables.map((table) => table[at] as Rational)));
}

/**
 * Whether no other prices are as good: as many variables and slacks are more than 0 as there are rows, or only the best profile of all has a price.
 * `false` says nothing.
 */
function hasOnePrice({ rows }: ExactProgram, { primal, value }: ExactOptimum): boolean {
  if (value.sign === 0) return rows.filter(({ bound }) => bound.sign === 0).length === 1;
  const used = [...primal.entries()].filter(([, amount]) => amount.sign !== 0);
  const loose = rows.filter(({ coefficients, bound }) => {
    const spent = sum(used.map(([at, amount]) => amount.times(coefficients[at] as Rational)));
    return spent.isLess(bound);
  });
  return used.length + loose.length === rows.length;
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
