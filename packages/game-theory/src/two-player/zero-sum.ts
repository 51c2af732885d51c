import { exactSteps, minimum, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { requireTwoPlayers } from './bimatrix.ts';
import { exactEquilibrium } from './exact-profile.ts';

/** What a zero-sum game is worth to the first player. */
export interface ZeroSumSummary {
  readonly value?: Rational;
}

/**
 * Optimal strategies of a two-player game whose payoffs sum to a constant, by one linear program in integers (von Neumann 1928, Dantzig 1951). The
 * list is complete where the program shows that both strategies are unique.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players or payoffs do not sum to a constant
 * @example
 * ```ts
 * import { readJsonGame, zeroSum } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, -1], [-1, 1]], [[-2, 1], [1, -1]]] });
 * const { results, value } = zeroSum(game).now();
 * String(value); // => '1/5'
 * results[0].profile.map(String); // => ['2/5,3/5', '2/5,3/5']
 * ```
 */
export function zeroSum(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium, ZeroSumSummary> {
  requireConstantSum(game);
  const [m, n] = game.shape as readonly [number, number];
  const payoffs = game.rationals(0);
  const least = minimum(payoffs);
  return new Search(function* (pace) {
    const solution = yield* exactSteps(
      {
        objective: new Array<Rational>(n).fill(Rational.one),
        rows: Array.from({ length: m }, (_, row) => ({
          // Moved to be positive, so that the value is.
          coefficients: payoffs.slice(row * n, (row + 1) * n).map((payoff) => payoff.minus(least).plus(Rational.one)),
          relation: '<=' as const,
          bound: Rational.one,
        })),
      },
      pace,
    );
    if (solution.status !== 'optimal') return { complete: false, reason: pace.stopped as string };
    const { value, primal, duals } = solution;
    const share = (weight: Rational): Rational => weight.over(value);
    const equilibrium = exactEquilibrium(game, [duals.map(share), primal.map(share)]);
    yield equilibrium;
    const summary = { value: equilibrium.payoffs[0] as Rational };
    if (solution.unique && isStrict(equilibrium, game)) return { complete: true, ...summary };
    return { complete: false, reason: 'there may be other optimal strategies: extreme-points lists them', ...summary };
  }, options);
}

/** @throws MechaneError `unsuitable-game` */
export function requireConstantSum(game: NormalFormGame): void {
  requireTwoPlayers(game, 'zero-sum');
  const [first, second] = [game.rationals(0), game.rationals(1)];
  const total = (at: number): Rational => (first[at] as Rational).plus(second[at] as Rational);
  const constant = total(0);
  const at = first.findIndex((_, index) => !total(index).equals(constant));
  if (at === -1) return;
  throw unsuitableGame(
    'zero-sum',
    `payoffs sum to ${constant} at one profile and to ${total(at)} at another`,
    'choose a method for games of any kind, such as extreme-points',
  );
}

/** Whether both supports are as large: then unique optimal strategies of one player are those of a unique pair. */
function isStrict({ profile, payoffs }: Equilibrium, game: NormalFormGame): boolean {
  const [x, y] = profile as readonly [readonly Rational[], readonly Rational[]];
  const table = game.rationals(0);
  const value = payoffs[0] as Rational;
  const columns = y.length;
  const worth = (weights: readonly Rational[], index: (other: number) => number): Rational =>
    weights.reduce((total, weight, other) => total.plus(weight.times(table[index(other)] as Rational)), Rational.zero);
  const rowsTied = x.filter((_, i) => worth(y, (j) => i * columns + j).equals(value)).length;
  const columnsTied = y.filter((_, j) => worth(x, (i) => i * columns + j).equals(value)).length;
  const played = (weights: readonly Rational[]): number => weights.filter((weight) => weight.sign > 0).length;
  return rowsTied === played(x) && columnsTied === played(y) && played(x) === played(y);
}
