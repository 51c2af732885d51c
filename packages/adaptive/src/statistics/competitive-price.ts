import type { Side } from '../bidders/bidder.ts';

/**
 * The price at which demand meets supply when everybody wants or has one unit: the middle of those there are. Without sellers, `supply` units are
 * for sale and cost nothing, one unless given, and it is the least at which no more buyers want one. `null` where nothing would be traded.
 *
 * @category Measures
 * @example
 * ```ts
 * import { competitivePrice } from '@mechane/adaptive';
 *
 * competitivePrice(Float64Array.of(3, 9, 5), ['buy', 'buy', 'buy']); // => 5
 * competitivePrice(Float64Array.of(3, 9, 5), ['buy', 'buy', 'buy'], 2); // => 3
 * competitivePrice(Float64Array.of(9, 5, 4, 8), ['buy', 'buy', 'sell', 'sell']); // => 6.5
 * ```
 */
export function competitivePrice(values: Float64Array, sides: readonly Side[], supply: number = 1): number | null {
  if (!sides.includes('sell')) return values.length === 0 || supply === 0 ? null : firstTurnedAway(values, supply);
  const ofSide = (side: Side): Float64Array => values.filter((_, seat) => sides[seat] === side).sort();
  const buyers = ofSide('buy').reverse();
  const sellers = ofSide('sell');
  const costOf = (unit: number): number => sellers[unit] ?? Number.POSITIVE_INFINITY;
  const traded = buyers.findIndex((value, unit) => value < costOf(unit));
  const units = traded === -1 ? buyers.length : traded;
  if (units === 0) return null;
  const low = Math.max(costOf(units - 1), buyers[units] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(buyers[units - 1] as number, costOf(units));
  return low / 2 + high / 2;
}

/** The highest value that gets none of so many units; 0 where all get one. */
function firstTurnedAway(values: Float64Array, supply: number): number {
  if (supply > 1)
    return (
      values
        .slice()
        .sort()
        .at(-1 - supply) ?? 0
    );
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
