import { Rational } from '@mechane/numerics';
import type { NormalFormGame } from './game.ts';

/**
 * The exact potential of a game: a number for every profile, 0 at the first, that changes by what a player gains whenever it deviates (Monderer and
 * Shapley 1996). `undefined` when there is none.
 *
 * @category Methods for tables
 * @example
 * ```ts
 * import { potentialOf, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[1, 9], [0, 6]], [[1, 0], [9, 6]]] });
 * String(potentialOf(game)); // => '0,-1,-1,-4'
 * ```
 */
export function potentialOf(game: NormalFormGame): readonly Rational[] | undefined {
  const { profiles, shape, strides } = game;
  const potential = new Array<Rational>(profiles).fill(Rational.zero);
  for (let index = 0; index < profiles; index++) {
    let known = false;
    for (let player = 0; player < shape.length; player++) {
      const stride = strides[player] as number;
      if (Math.floor(index / stride) % (shape[player] as number) === 0) continue;
      // The profile before, in which this player plays its strategy before, is known.
      const table = game.rationals(player);
      const gain = (table[index] as Rational).minus(table[index - stride] as Rational);
      const value = (potential[index - stride] as Rational).plus(gain);
      if (known && !value.equals(potential[index] as Rational)) return undefined;
      potential[index] = value;
      known = true;
    }
  }
  return potential;
}
