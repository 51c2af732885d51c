import { maximum, minimum, type Rational, sum } from '@mechane/numerics';
import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import type { PriceOfAnarchy } from '../normal-form/security.ts';

/**
 * The price of anarchy and of stability over given equilibria, such as all extreme ones, exactly: the best welfare over
 * that of the worst and of the best.
 *
 * @throws MechaneError `invalid-game` where no equilibrium is given
 * @category Analysis
 * @example
 * ```ts
 * import { extremePoints, priceOver, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const { anarchy, stability } = priceOver(game, extremePoints(game).now().results);
 * [String(anarchy), String(stability)]; // => ['9/4', '1']
 * ```
 */
export function priceOver(
  game: NormalFormGame,
  equilibria: readonly { readonly payoffs: readonly Rational[] }[],
): PriceOfAnarchy {
  if (equilibria.length === 0) {
    throw invalidGame({ problem: 'no equilibrium is given', path: ['equilibria'], expected: 'one or more' });
  }
  const tables = game.shape.map((_, player) => game.rationals(player));
  const welfare = Array.from({ length: game.profiles }, (_, at) => sum(tables.map((table) => table[at] as Rational)));
  const optimum = maximum(welfare);
  const reached = equilibria.map(({ payoffs }) => sum(payoffs));
  const [worst, best] = [minimum(reached), maximum(reached)];
  return {
    optimum,
    ...(worst.sign > 0 ? { anarchy: optimum.over(worst) } : {}),
    ...(best.sign > 0 ? { stability: optimum.over(best) } : {}),
  };
}
