import {
  commonDenominator,
  IntegerDictionary,
  maximum,
  Rational,
  type SearchOptions,
  solveIntegers,
  sum,
} from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { requireTwoPlayers } from './bimatrix.ts';
import { extremePoints } from './extreme-points.ts';

/**
 * An equilibrium in which both play the same, and whether no mutant can invade.
 *
 * @category Methods for two players
 */
export interface SymmetricEquilibrium extends Equilibrium {
  readonly evolutionarilyStable: boolean;
}

/**
 * What there is of symmetric equilibria.
 *
 * @category Methods for two players
 */
export interface SymmetricEquilibria {
  readonly results: readonly SymmetricEquilibrium[];
  /** Whether the search was not cut short; there may be mixtures of the results, but every stable strategy is among them. */
  readonly complete: boolean;
  readonly reason?: string;
}

/**
 * The extreme equilibria of a symmetric two-player game in which both play the same, exactly, and which of them are evolutionarily stable (Maynard Smith
 * and Price 1973): every mutant does worse against the mixture that has a few of it. The check is Haigh's (1975).
 *
 * @throws MechaneError `unsuitable-game` when there are not two players, or they cannot change places
 * @category Methods for two players
 * @example
 * ```ts
 * import { readJsonGame, symmetricEquilibria } from '@mechane/game-theory';
 *
 * const hawkAndDove = readJsonGame({ players: ['a', 'b'], payoffs: [[[-1, 4], [0, 2]], [[-1, 0], [4, 2]]] });
 * const { results } = symmetricEquilibria(hawkAndDove);
 * results.map(({ profile, evolutionarilyStable }) => `${profile[0]} ${evolutionarilyStable}`); // => ['2/3,1/3 true']
 * ```
 */
export function symmetricEquilibria(game: NormalFormGame, options: SearchOptions = {}): SymmetricEquilibria {
  requireSymmetry(game);
  const { results, complete, ...rest } = extremePoints(game, options).now();
  const symmetric = results.filter(({ profile: [first, second] }) => String(first) === String(second));
  return {
    results: symmetric.map((equilibrium) => {
      const [strategy] = equilibrium.profile as readonly [readonly Rational[], readonly Rational[]];
      return { ...equilibrium, evolutionarilyStable: isStable(game, strategy) };
    }),
    complete,
    ...('reason' in rest ? { reason: rest.reason } : {}),
  };
}

function requireSymmetry(game: NormalFormGame): void {
  requireTwoPlayers(game, 'symmetric-equilibria');
  const [m, n] = game.shape as readonly [number, number];
  const [first, second] = [game.rationals(0), game.rationals(1)];
  const same =
    m === n && first.every((payoff, at) => payoff.equals(second[(at % n) * n + Math.floor(at / n)] as Rational));
  if (same) return;
  throw unsuitableGame('symmetric-equilibria', 'the players cannot change places', 'choose extreme-points');
}

/**
 * Whether a symmetric equilibrium strategy x is stable: (x - y) · A y > 0 for every other mixture y of best responses. In y - x, coordinates of x's support
 * but one are free, and those of other best responses are 0 or more: the form must be positive definite in the former, and what remains of
 * it strictly copositive in the latter.
 */
function isStable(game: NormalFormGame, x: readonly Rational[]): boolean {
  const n = x.length;
  const table = game.rationals(0);
  const payoff = (own: number, other: number): Rational => table[own * n + other] as Rational;
  const worth = x.map((_, own) => sum(x.map((weight, other) => weight.times(payoff(own, other)))));
  const best = maximum(worth);
  const [reference = 0, ...free] = [...x.keys()].filter((own) => (x[own] as Rational).sign > 0);
  const idle = [...x.keys()].filter((own) => (x[own] as Rational).sign === 0 && (worth[own] as Rational).equals(best));
  const order = [...free, ...idle];
  const twice = (i: number, j: number): Rational =>
    payoff(reference, j).plus(payoff(i, reference)).minus(payoff(i, j)).minus(payoff(reference, reference));
  const form = order.map((i) => order.map((j) => twice(i, j).plus(twice(j, i))));
  const scale = Rational.of(commonDenominator(form.flat()));
  const whole = form.map((row) => row.map((entry) => entry.times(scale).numerator));
  // Exchanging the free coordinates leaves, of the others, what remains of the form, times the determinant.
  const places = [...order.keys()];
  const dictionary = new IntegerDictionary(
    whole.map((row) => [...row, 0n]),
    places.map((row) => order.length + row),
    places,
  );
  for (let step = 0; step < free.length; step++) {
    if (dictionary.entry(step, step) <= 0n) return false;
    dictionary.pivot(step, step);
  }
  return isStrictlyCopositive(dictionary.rows.slice(free.length).map((row) => row.slice(free.length, -1)));
}

/**
 * Whether y · M y > 0 for all y >= 0 but 0. The least value on the simplex is taken at a point with some support where M y is the same throughout; where that
 * point is not unique, there is another with a smaller support.
 */
function isStrictlyCopositive(form: readonly (readonly bigint[])[]): boolean {
  const visit = (from: number, chosen: readonly number[]): boolean => {
    if (chosen.length > 0 && isWitness(form, chosen)) return false;
    for (let next = from; next < form.length; next++) if (!visit(next + 1, [...chosen, next])) return false;
    return true;
  };
  return visit(0, []);
}

/** Whether a point with all of a support has y · M y <= 0, M y being the same throughout. */
function isWitness(form: readonly (readonly bigint[])[], support: readonly number[]): boolean {
  // Unknown are the weights and, last, the value: M y - v = 0, Σ y = 1.
  const rows = support.map((i) => [...support.map((j) => form[i]?.[j] as bigint), -1n]);
  rows.push([...support.map(() => 1n), 0n]);
  const solution = solveIntegers(rows, [...support.map(() => 0n), 1n])?.above;
  if (solution === undefined) return false;
  return solution.slice(0, -1).every((weight) => weight > 0n) && (solution.at(-1) as bigint) <= 0n;
}
