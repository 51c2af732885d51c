import { type ExactRow, maximum, Rational, solveExactly, sum } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { deviationPayoffs, exactEquilibrium } from '../two-player/exact-profile.ts';
import { weaklyDominating } from './dominance-program.ts';

/**
 * Whether a profile is trembling-hand perfect; `undecided` where neither is shown.
 *
 * @category Methods for many players
 */
export type Perfection =
  | { readonly verdict: 'perfect'; readonly because: string }
  | {
      readonly verdict: 'not-perfect';
      readonly because: string;
      /** What a player gains by deviating, where the profile is no equilibrium. */
      readonly regret?: Rational;
      readonly player?: number;
      /** What weakly dominates the player's strategy. */
      readonly dominatedBy?: readonly Rational[];
    }
  | { readonly verdict: 'undecided'; readonly because: string };

/** @category Methods for many players */
export type ExactProfile = readonly (readonly Rational[])[];

/**
 * Checks whether a profile is a trembling-hand perfect equilibrium (Selten 1975), exactly, for any number of players.
 *
 * Between two players that is so where no strategy played is weakly dominated (van Damme 1991, theorem 3.2.2). For
 * more, that is necessary only;
 * what suffices is that every player plays a pure strategy, or the only best one, which stays best for some direction
 * of small mistakes. Where neither is shown,
 * the verdict is `undecided`.
 *
 * @throws MechaneError `invalid-game` for what is no profile of the game, `too-large` for more than {@link
 * mostForPerfection} profiles
 * @category Methods for many players
 * @example
 * ```ts
 * import { Rational, readJsonGame, tremblingPerfection } from '@mechane/game-theory';
 *
 * const payoffs = [[1, 0], [0, 0]];
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [payoffs, payoffs] });
 * const [first, second] = [[Rational.one, Rational.zero], [Rational.zero, Rational.one]];
 * tremblingPerfection(game, [first, first]).verdict; // => 'perfect'
 * tremblingPerfection(game, [second, second]).verdict; // => 'not-perfect'
 * ```
 */
export function tremblingPerfection(game: NormalFormGame, profile: ExactProfile): Perfection {
  checkProfile(game, profile);
  const { regret } = exactEquilibrium(game, profile);
  if (regret.sign > 0) return { verdict: 'not-perfect', because: 'it is no equilibrium', regret };
  if (profile.every((own) => own.every(({ sign }) => sign > 0))) {
    return { verdict: 'perfect', because: 'all strategies are played' };
  }
  const player = profile.findIndex((own, at) => weaklyDominating(game, at, own) !== undefined);
  if (player !== -1) {
    const dominatedBy = weaklyDominating(game, player, profile[player] as readonly Rational[]) as readonly Rational[];
    return { verdict: 'not-perfect', because: 'a strategy is weakly dominated', player, dominatedBy };
  }
  if (game.shape.length <= 2) return { verdict: 'perfect', because: 'no strategy is weakly dominated' };
  const bests = deviationPayoffs(game, profile).map((payoffs) => {
    const most = maximum(payoffs);
    return payoffs.flatMap((payoff, at) => (payoff.equals(most) ? [at] : []));
  });
  if (bests.every(({ length }) => length === 1)) return { verdict: 'perfect', because: 'the equilibrium is strict' };
  if (staysBest(game, profile, bests)) {
    return { verdict: 'perfect', because: 'what is played stays best for some small mistakes' };
  }
  return { verdict: 'undecided', because: 'small mistakes of first order do not settle it' };
}

/**
 * The most profiles of a game that refinements are checked for.
 *
 * @category Methods for many players
 */
export const mostForPerfection = 20_000;

/**
 * @throws MechaneError `invalid-game` for what is no profile of the game, `too-large` for games beyond {@link
 * mostForPerfection}
 */
export function checkProfile(game: NormalFormGame, profile: ExactProfile): void {
  if (game.profiles > mostForPerfection) throw tooLarge('the number of profiles', game.profiles, mostForPerfection);
  const wrong = game.shape.findIndex((count, player) => {
    const own = profile[player] ?? [];
    return own.length !== count || own.some(({ sign }) => sign < 0) || !sum(own).equals(Rational.one);
  });
  if (wrong === -1 && profile.length === game.shape.length) return;
  throw invalidGame({
    problem: 'these are no probabilities of the player',
    path: ['profile', Math.max(wrong, 0)],
    expected: 'a probability for each strategy, summing to 1, for each player',
  });
}

/**
 * Whether there is a direction of mistakes, all strategies getting some probability, in which the strategies played
 * gain strictly over all
 * others that are as good as they without mistakes. Players with more than one strategy in the support would have to
 * stay indifferent, which this does not show.
 */
function staysBest(game: NormalFormGame, profile: ExactProfile, bests: readonly (readonly number[])[]): boolean {
  const offsets: number[] = [];
  let size = 0;
  for (const count of game.shape) {
    offsets.push(size);
    size += count;
  }
  // Variables are the mistakes of all strategies, and at last the least of all gains.
  const rows: ExactRow[] = [];
  const row = (): Rational[] => new Array<Rational>(size + 1).fill(Rational.zero);
  for (const [player, own] of profile.entries()) {
    const played = own.flatMap((weight, at) => (weight.sign > 0 ? [at] : []));
    const ties = (bests[player] as readonly number[]).filter((at) => !isSame(game, player, at, played[0] as number));
    if (ties.length === 0) continue;
    if (played.length > 1) return false;
    for (const tie of ties) {
      const coefficients = row();
      for (const [other, count] of game.shape.entries()) {
        if (other === player) continue;
        for (let mistake = 0; mistake < count; mistake++) {
          const against = profile.with(
            other,
            Array.from({ length: count }, (_, at) => (at === mistake ? Rational.one : Rational.zero)),
          );
          const payoffs = deviationPayoffs(game, against)[player] as readonly Rational[];
          coefficients[(offsets[other] as number) + mistake] = (payoffs[played[0] as number] as Rational).minus(
            payoffs[tie] as Rational,
          );
        }
      }
      coefficients[size] = Rational.one.negated();
      rows.push({ coefficients, relation: '>=', bound: Rational.zero });
    }
  }
  const total = row();
  for (let at = 0; at < size; at++) {
    total[at] = Rational.one;
    const positive = row();
    positive[at] = Rational.one;
    positive[size] = Rational.one.negated();
    rows.push({ coefficients: positive, relation: '>=', bound: Rational.zero });
  }
  rows.push({ coefficients: total, relation: '=', bound: Rational.one });
  const objective = row();
  objective[size] = Rational.one;
  const solution = solveExactly({ objective, rows, free: [size] });
  return solution.status === 'optimal' && solution.value.sign > 0;
}

/** Whether two strategies of a player pay the player the same at all profiles. */
function isSame(game: NormalFormGame, player: number, one: number, other: number): boolean {
  const table = game.rationals(player);
  const [stride, own] = [game.strides[player] as number, game.shape[player] as number];
  for (let index = 0; index < game.profiles; index++) {
    if (Math.floor(index / stride) % own !== 0) continue;
    if (!(table[index + one * stride] as Rational).equals(table[index + other * stride] as Rational)) return false;
  }
  return true;
}
