import { seededRandom } from '@mechane/core';
import { RunningMoments } from '@mechane/numerics';
import { invalidGame } from '../errors.ts';

/**
 * How much is sampled.
 *
 * @category Coalitions
 */
export interface SamplingOptions {
  /** Orders of the players to draw: 1,000 unless given, and at least 2. */
  readonly orders?: number;
  readonly seed?: number;
  /** How many standard errors an interval reaches to either side: 1.96 unless given, which covers the value 95 times in 100. */
  readonly standardErrors?: number;
}

/**
 * An estimate, and the interval that covers the value as often as asked, if there are enough orders for the normal law to hold.
 *
 * @category Coalitions
 */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Estimates the Shapley value from random orders (Castro, Gómez and Tejada 2009): for games of too many players to go through all coalitions.
 * `worthOf` gets the set of members by index. The same seed gives the same estimate.
 *
 * @throws MechaneError `invalid-game` where a worth is not finite or there are fewer than 2 orders
 * @category Coalitions
 * @example
 * ```ts
 * import { sampledShapley } from '@mechane/game-theory';
 *
 * // Fifty players vote by simple majority: each has 1/50 of the power.
 * const estimates = sampledShapley(50, (members) => (members.size > 25 ? 1 : 0), { orders: 5_000, seed: 1 });
 * estimates.filter(({ low, high }) => low <= 0.02 && 0.02 <= high).length > 40; // => true
 * ```
 */
export function sampledShapley(
  players: number,
  worthOf: (members: ReadonlySet<number>) => number,
  { orders = 1_000, seed = 1, standardErrors = 1.96 }: SamplingOptions = {},
): readonly Estimate[] {
  if (!(orders >= 2))
    throw invalidGame({ problem: `${orders} orders say nothing of errors`, path: ['orders'], expected: '2 or more' });
  const random = seededRandom(seed);
  const all = Array.from({ length: players }, (_, player) => player);
  const gains = all.map(() => new RunningMoments());
  for (let drawn = 0; drawn < orders; drawn++) {
    const members = new Set<number>();
    let before = 0;
    for (const player of random.shuffled(all)) {
      members.add(player);
      const worth = worthOf(members);
      if (!Number.isFinite(worth))
        throw invalidGame({ problem: `a coalition is worth ${worth}`, expected: 'a finite number' });
      gains[player]?.add(worth - before);
      before = worth;
    }
  }
  return gains.map(({ mean: value, standardError }) => {
    const reach = standardErrors * standardError;
    return { value, low: value - reach, high: value + reach };
  });
}
