import type { Side } from '../bidders/bidder.ts';

/** The most that buyers and sellers of one unit each can gain by trade: the highest values with the lowest costs, as long as they are higher. */
export function bestGains(values: Float64Array, sides: readonly Side[]): number {
  const ofSide = (side: Side): Float64Array => values.filter((_, seat) => sides[seat] === side).sort();
  const sellers = ofSide('sell');
  let gains = 0;
  for (const [unit, value] of ofSide('buy').reverse().entries()) gains += Math.max(0, value - (sellers[unit] ?? value));
  return gains;
}
