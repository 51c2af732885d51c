import { maximum, type Rational } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { leadingSign, type Polynomial, plus, times, withMistakes } from '../mistakes.ts';
import { deviationPayoffs, exactEquilibrium } from '../two-player/exact-profile.ts';
import { perfectEquilibrium } from '../two-player/perfect-equilibrium.ts';
import type { NormalFormGame } from './game.ts';

/**
 * Whether a profile is proper.
 *
 * @category Methods for tables
 */
export type ProperEquilibrium =
  | {
      readonly verdict: 'proper';
      /**
       * The power of ε with which each strategy is played by mistake; 0 for those that the profile plays. Absent where the profile is
       * strict, so that every deviation costs something: then it is proper anyway.
       */
      readonly trembles?: readonly (readonly number[])[];
    }
  | { readonly verdict: 'not proper'; readonly because: string }
  /** Neither was found. */
  | { readonly verdict: 'undecided' };

/** Polynomials get long, so games with more profiles are refused. */
const mostProfiles = 4_096;
const mostRounds = 20;

/**
 * Says whether a profile is a proper equilibrium (Myerson 1978): whether it is left when players make mistakes, costlier ones more rarely by
 * an order of magnitude. That is proved by powers of ε that fit what the mistakes cost, compared exactly for all small ε;
 * it is refuted by a regret, and between two players by a strategy that is weakly dominated. Between the two it stays undecided.
 *
 * @throws MechaneError `too-large`
 * @category Methods for tables
 * @example
 * ```ts
 * import { properEquilibrium, Rational, readJsonGame } from '@mechane/game-theory';
 *
 * const payoffs = [[1, 0], [0, 0]];
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [payoffs, payoffs] });
 * const first = [Rational.one, Rational.zero];
 * properEquilibrium(game, [first, first]); // => { verdict: 'proper', trembles: [[0, 1], [0, 1]] }
 * ```
 */
export function properEquilibrium(game: NormalFormGame, profile: readonly (readonly Rational[])[]): ProperEquilibrium {
  if (game.profiles > mostProfiles) throw tooLarge('the number of profiles', game.profiles, mostProfiles);
  const { regret } = exactEquilibrium(game, profile);
  if (regret.sign > 0) return { verdict: 'not proper', because: `somebody gains ${regret} by another strategy` };
  if (game.shape.length === 2) {
    const perfection = perfectEquilibrium(game, profile);
    if (!perfection.perfect && 'player' in perfection) {
      const because = `what ${game.players[perfection.player]} plays is weakly dominated`;
      return { verdict: 'not proper', because };
    }
  }
  let trembles: readonly (readonly number[])[] = profile.map((own) => own.map(({ sign }) => (sign > 0 ? 0 : 1)));
  for (let round = 0; round < mostRounds; round++) {
    const fitting = powersFor(worthOfEach(game, profile, trembles), trembles);
    if (fitting === undefined) break;
    if (fitting.every((own, player) => own.every((power, strategy) => power === trembles[player]?.[strategy]))) {
      return { verdict: 'proper', trembles };
    }
    trembles = fitting;
  }
  return isStrict(game, profile) ? { verdict: 'proper' } : { verdict: 'undecided' };
}

/** Whether everything that a profile does not play is worse than what it plays. */
function isStrict(game: NormalFormGame, profile: readonly (readonly Rational[])[]): boolean {
  return (
    deviationPayoffs(game, profile).every((values, player) => {
      const best = maximum(values);
      return values.every((value, own) => profile[player]?.[own]?.sign === 1 || value.isLess(best));
    }) && profile.every((own) => own.filter(({ sign }) => sign > 0).length === 1)
  );
}

/** Powers of trembles, raised where they are not above those of all that is strictly better; `undefined` when what is played is not best. */
function powersFor(
  worth: readonly (readonly Polynomial[])[],
  trembles: readonly (readonly number[])[],
): number[][] | undefined {
  const powers: number[][] = [];
  for (const [player, values] of worth.entries()) {
    const isBelow = (strategy: number, other: number): boolean =>
      leadingSign(values[strategy] as Polynomial, values[other] as Polynomial) < 0;
    const strategies = [...values.keys()];
    const own = [...(trembles[player] as readonly number[])];
    if (strategies.some((played) => own[played] === 0 && strategies.some((other) => isBelow(played, other))))
      return undefined;
    for (const strategy of strategies.toSorted((a, b) => (isBelow(a, b) ? 1 : isBelow(b, a) ? -1 : 0))) {
      const better = strategies.filter((other) => isBelow(strategy, other)).map((other) => own[other] as number);
      own[strategy] = Math.max(own[strategy] as number, ...better.map((power) => power + 1));
    }
    powers.push(own);
  }
  return powers;
}

/** What each strategy is worth against the others' mistakes. */
function worthOfEach(
  game: NormalFormGame,
  profile: readonly (readonly Rational[])[],
  trembles: readonly (readonly number[])[],
): Polynomial[][] {
  const mistaken = profile.map((own, player) => withMistakes(own, trembles[player] as readonly number[]));
  const worth: Polynomial[][] = game.shape.map((count) => new Array<Polynomial>(count).fill([]));
  for (let index = 0; index < game.profiles; index++) {
    const strategies = game.profileAt(index);
    for (const player of game.shape.keys()) {
      let product: Polynomial = [game.rationals(player)[index] as Rational];
      for (const [other, strategy] of strategies.entries()) {
        if (other !== player) product = times(product, mistaken[other]?.[strategy] as Polynomial);
      }
      const own = worth[player] as Polynomial[];
      const strategy = strategies[player] as number;
      own[strategy] = plus(own[strategy] as Polynomial, product);
    }
  }
  return worth;
}
