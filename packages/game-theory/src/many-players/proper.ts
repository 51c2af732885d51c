import { type ExactRow, Rational, solveExactly } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';
import { checkProfile, type ExactProfile, tremblingPerfection } from './trembling.ts';

/**
 * Whether a profile is a proper equilibrium; `undecided` where neither is shown.
 *
 * @category Methods for many players
 */
export interface Properness {
  readonly verdict: 'proper' | 'not-proper' | 'undecided';
  readonly because: string;
  /**
   * For each player, its strategies from the likeliest to the least likely mistake, where that shows the profile to be
   * proper.
   */
  readonly orders?: readonly (readonly number[])[];
}

const smallMistake = Rational.ratio(1n, 1_000n);
const mostOrders = 5_000;

/**
 * Checks whether a profile is a proper equilibrium (Myerson 1978): one that is left of profiles in which costlier
 * mistakes are far less likely. Exact, for small games.
 *
 * What rules it out: linear programs find which strategies are better than which others whatever the likelihoods that
 * agree with what is found so far, and at last that one
 * that is played is not best. What shows it, for pure profiles: an order of each player's mistakes, each far less
 * likely than the one before, for which
 * the payoffs have that same order.
 *
 * @throws MechaneError `invalid-game` for what is no profile of the game, `too-large` for large games
 * @category Methods for many players
 * @example
 * ```ts
 * import { properness, Rational, readJsonGame } from '@mechane/game-theory';
 *
 * // Myerson 1978: both are perfect, only one is proper.
 * const payoffs = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]];
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [payoffs, payoffs] });
 * const pure = (at: number) => [0, 1, 2].map((own) => (own === at ? Rational.one : Rational.zero));
 * properness(game, [pure(0), pure(0)]).verdict; // => 'proper'
 * properness(game, [pure(1), pure(1)]).verdict; // => 'not-proper'
 * ```
 */
export function properness(game: NormalFormGame, profile: ExactProfile): Properness {
  checkProfile(game, profile);
  const perfection = tremblingPerfection(game, profile);
  if (perfection.verdict === 'not-perfect') return { verdict: 'not-proper', because: perfection.because };
  if (profile.every((own) => own.every(({ sign }) => sign > 0))) {
    return { verdict: 'proper', because: 'all strategies are played' };
  }
  const better = surelyBetter(game);
  const worse = profile.findIndex((own, player) =>
    own.some((weight, at) => weight.sign > 0 && (better[player] as Better).some((row) => row[at] === true)),
  );
  if (worse !== -1) {
    return { verdict: 'not-proper', because: `player ${worse + 1} plays a strategy that is never best` };
  }
  const pure = profile.map((own) => own.findIndex((weight) => weight.equals(Rational.one)));
  if (pure.includes(-1)) return { verdict: 'undecided', because: 'it is mixed' };
  const found = orderOfMistakes(game, pure, better);
  if (found === 'too-many') return { verdict: 'undecided', because: 'there are too many orders of mistakes' };
  if (found !== undefined)
    return { verdict: 'proper', because: 'costlier mistakes may be far less likely', orders: found };
  return { verdict: 'undecided', because: 'no strict order of mistakes fits the payoffs' };
}

/** `better[a][b]`: whether strategy a is surely better than b. */
type Better = readonly (readonly boolean[])[];

/**
 * For each player, which strategies pay more than which others in all profiles where every strategy has some
 * probability and what is worse is at
 * most a thousandth as likely as what is better. That the others choose independently is left out, so that what is
 * found holds all the more.
 */
function surelyBetter(game: NormalFormGame): Better[] {
  const better = game.shape.map((count) => Array.from({ length: count }, () => new Array<boolean>(count).fill(false)));
  for (let changed = true; changed; ) {
    changed = false;
    game.shape.forEach((count, player) => {
      for (let one = 0; one < count; one++) {
        for (let other = 0; other < count; other++) {
          const row = (better[player] as boolean[][])[one] as boolean[];
          if (one === other || row[other] === true || better[player]?.[other]?.[one] === true) continue;
          if (!isSurelyBetter(game, player, one, other, better)) continue;
          row[other] = true;
          changed = true;
        }
      }
    });
  }
  return better;
}

function isSurelyBetter(
  game: NormalFormGame,
  player: number,
  one: number,
  other: number,
  better: readonly Better[],
): boolean {
  const { shape, strides, profiles } = game;
  const [own, stride] = [shape[player] as number, strides[player] as number];
  const table = game.rationals(player);
  const places: number[] = [];
  for (let index = 0; index < profiles; index++) if (Math.floor(index / stride) % own === 0) places.push(index);
  const placeOf = new Map(places.map((index, place) => [index, place]));
  const objective = places.map((index) =>
    (table[index + other * stride] as Rational).minus(table[index + one * stride] as Rational),
  );
  if (objective.every(({ sign }) => sign === 0)) return false;
  const rows: ExactRow[] = [{ coefficients: places.map(() => Rational.one), relation: '=', bound: Rational.one }];
  for (const [index, place] of placeOf) {
    game.shape.forEach((count, opponent) => {
      if (opponent === player) return;
      const step = strides[opponent] as number;
      const worse = Math.floor(index / step) % count;
      for (let best = 0; best < count; best++) {
        if (better[opponent]?.[best]?.[worse] !== true) continue;
        const coefficients = new Array<Rational>(places.length).fill(Rational.zero);
        coefficients[place] = Rational.one;
        coefficients[placeOf.get(index + (best - worse) * step) as number] = smallMistake.negated();
        rows.push({ coefficients, relation: '<=', bound: Rational.zero });
      }
    });
  }
  const solution = solveExactly({ objective, rows });
  // Where the most is 0, it is not reached where all is possible, for it would be 0 everywhere then.
  return solution.status === 'optimal' && solution.value.sign <= 0 && !isZeroEverywhere(objective, rows);
}

/** Whether the objective is 0 at all solutions of the rows. */
function isZeroEverywhere(objective: readonly Rational[], rows: readonly ExactRow[]): boolean {
  const least = solveExactly({ objective: objective.map((part) => part.negated()), rows });
  return least.status !== 'optimal' || least.value.sign === 0;
}

/** An order of the mistakes of every player that the payoffs keep if each is far less likely than the one before. */
function orderOfMistakes(
  game: NormalFormGame,
  pure: readonly number[],
  better: readonly Better[],
): readonly (readonly number[])[] | 'too-many' | undefined {
  let count = 1;
  const choices = game.shape.map((own, player) => {
    const orders = [...permutations(own, pure[player] as number, better[player] as Better, mostOrders)];
    count *= orders.length;
    return orders;
  });
  if (count > mostOrders) return 'too-many';
  const chosen: (readonly number[])[] = [];
  const search = (player: number): boolean => {
    const own = choices[player];
    if (own === undefined) return isKept(game, chosen);
    return own.some((order) => {
      chosen[player] = order;
      return search(player + 1);
    });
  };
  return search(0) ? [...chosen] : undefined;
}

/** Orders that begin with a strategy and contradict nothing known. */
function* permutations(
  count: number,
  first: number,
  better: Better,
  most: number,
): Generator<readonly number[], void, void> {
  let made = 0;
  function* extend(order: readonly number[]): Generator<readonly number[], void, void> {
    if (made > most) return;
    if (order.length === count) {
      made += 1;
      yield order;
      return;
    }
    for (let next = 0; next < count; next++) {
      if (order.includes(next) || order.some((before) => better[next]?.[before] === true)) continue;
      yield* extend([...order, next]);
    }
  }
  yield* extend([first]);
}

/**
 * Whether payoffs have the order of the mistakes if the mistake in place k of any player has probability ε^k for small
 * ε; ties may stand in any order.
 */
function isKept(game: NormalFormGame, orders: readonly (readonly number[])[]): boolean {
  const { shape, strides, profiles } = game;
  const places = orders.map((order) => order.map((_, at) => order.indexOf(at)));
  const degree = shape.reduce((sum, count) => sum + count - 1, 0);
  return orders.every((order, player) => {
    const [own, stride] = [shape[player] as number, strides[player] as number];
    const table = game.rationals(player);
    // Payoffs as polynomials in ε.
    const series = Array.from({ length: own }, () => new Array<Rational>(degree + 1).fill(Rational.zero));
    for (let index = 0; index < profiles; index++) {
      if (Math.floor(index / stride) % own !== 0) continue;
      let power = 0;
      shape.forEach((count, other) => {
        if (other === player) return;
        power += places[other]?.[Math.floor(index / (strides[other] as number)) % count] as number;
      });
      series.forEach((polynomial, at) => {
        polynomial[power] = (polynomial[power] as Rational).plus(table[index + at * stride] as Rational);
      });
    }
    for (let at = 1; at < order.length; at++) {
      const [before, after] = [series[order[at - 1] as number], series[order[at] as number]] as [
        Rational[],
        Rational[],
      ];
      const power = before.findIndex((part, exponent) => !part.equals(after[exponent] as Rational));
      if (power !== -1 && (before[power] as Rational).isLess(after[power] as Rational)) return false;
    }
    return true;
  });
}
