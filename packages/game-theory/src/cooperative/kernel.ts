import type { Rational } from '@mechane/numerics';
import { type CoalitionalGame, contains, givenTo } from './coalitional-game.ts';

/**
 * One player that could threaten another and is not answered.
 *
 * @category Coalitions
 */
export interface Imbalance {
  readonly player: string;
  readonly against: string;
  /** The largest excess of a coalition with the one and without the other. */
  readonly surplus: Rational;
  /** The largest excess of a coalition with the other and without the one, which is less. */
  readonly counter: Rational;
}

/**
 * Whether an allocation is in the kernel (Davis and Maschler 1965): no player outweighs another that gets more than it is worth alone. Gives
 * the imbalances that keep it out; there are none if it is in the kernel.
 *
 * @category Coalitions
 * @example
 * ```ts
 * import { CoalitionalGame, kernelImbalances, nucleolus } from '@mechane/game-theory';
 *
 * const majority = new CoalitionalGame(['a', 'b', 'c'], ({ length }) => (length > 1 ? 1 : 0));
 * kernelImbalances(majority, nucleolus(majority)); // => []
 * ```
 */
export function kernelImbalances(game: CoalitionalGame, allocation: readonly Rational[]): readonly Imbalance[] {
  const found: Imbalance[] = [];
  for (const [player, name] of game.players.entries()) {
    for (const [other, against] of game.players.entries()) {
      if (other === player) continue;
      const rent = (allocation[other] as Rational).minus(game.worthOf(1 << other));
      if (rent.sign <= 0) continue;
      const surplus = largestSurplus(game, allocation, player, other);
      const counter = largestSurplus(game, allocation, other, player);
      if (counter.isLess(surplus)) found.push({ player: name, against, surplus, counter });
    }
  }
  return found;
}

function largestSurplus(
  game: CoalitionalGame,
  allocation: readonly Rational[],
  player: number,
  other: number,
): Rational {
  let largest: Rational | undefined;
  for (let mask = 1; mask < game.worth.length; mask++) {
    if (!contains(mask, player) || contains(mask, other)) continue;
    const excess = game.worthOf(mask).minus(givenTo(allocation, mask));
    if (largest === undefined || largest.isLess(excess)) largest = excess;
  }
  return largest as Rational;
}
