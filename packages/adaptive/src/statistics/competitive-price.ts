import type { Side } from '../bidders/bidder.ts';

/**
 * The price at which demand meets supply when everybody wants or has one unit: the middle of those there are. Without sellers, one unit is for sale
 * and costs nothing, and it is the least at which only one buyer wants it. `null` where nothing would be traded.
 */
export function competitivePrice(values: Float64Array, sides: readonly Side[]): number | null {
  if (!sides.includes('sell')) return values.length === 0 ? null : secondHighest(values);
  const ofSide = (side: Side): Float64Array => values.filter((_, seat) => sides[seat] === side).sort();
  const buyers = ofSide('buy').reverse();
  const sellers = ofSide('sell');
  const costOf = (unit: number): number => sellers[unit] ?? Number.POSITIVE_INFINITY;
  const traded = buyers.findIndex((value, unit) => value < costOf(unit));
  const units = traded === -1 ? buyers.length : traded;
  if (units === 0) return null;
  const low = Math.max(costOf(units - 1), buyers[units] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(buyers[units - 1] as number, costOf(units));
  return (low + high) / 2;
}

/** 0 where there is only one. */
function secondHighest(values: Float64Array): number {
  let [highest, second] = [Number.NEGATIVE_INFINITY, 0];
  for (let seat = 0; seat < values.length; seat++) {
    const value = values[seat] as number;
    if (value > highest) {
      second = Math.max(0, highest);
      highest = value;
    } else if (value > second) second = value;
  }
  return second;
}
