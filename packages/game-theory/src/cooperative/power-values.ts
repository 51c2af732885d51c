import { Rational } from '@mechane/numerics';
import { type CoalitionalGame, contains, sizeOf } from './coalitional-game.ts';

/**
 * The Shapley value: what each player adds on average to those before it, over all orders in which they may come (Shapley 1953). Exact.
 * Takes time in n·2ⁿ.
 *
 * @category Coalitions
 */
export function shapleyValue(game: CoalitionalGame): readonly Rational[] {
  const players = game.players.length;
  // How likely it is that just the members of a coalition of this size come before a player that is not in it.
  const weights = Array.from({ length: players }, (_, size) => {
    let orders = 1n;
    for (let step = 0; step < size; step++) orders = (orders * BigInt(players - 1 - step)) / BigInt(step + 1);
    return Rational.ratio(1n, orders * BigInt(players));
  });
  return additions(game, (size) => weights[size] as Rational);
}

/**
 * The Banzhaf value: what each player adds on average to a coalition of the others drawn at random (Penrose 1946, Banzhaf 1965). Exact. For
 * simple games it is the share of coalitions of the others in which the player swings.
 *
 * @category Coalitions
 */
export function banzhafValue(game: CoalitionalGame): readonly Rational[] {
  const weight = Rational.ratio(1n, 2n ** BigInt(Math.max(0, game.players.length - 1)));
  return additions(game, () => weight);
}

function additions(game: CoalitionalGame, weight: (size: number) => Rational): readonly Rational[] {
  return game.players.map((_, player) => {
    const bySize = game.players.map(() => Rational.zero);
    for (let mask = 0; mask < game.worth.length; mask++) {
      if (contains(mask, player)) continue;
      const size = sizeOf(mask);
      const added = game.worthOf(mask | (1 << player)).minus(game.worthOf(mask));
      if (added.sign !== 0) bySize[size] = (bySize[size] as Rational).plus(added);
    }
    return bySize.reduce((sum, added, size) => sum.plus(added.times(weight(size))), Rational.zero);
  });
}
