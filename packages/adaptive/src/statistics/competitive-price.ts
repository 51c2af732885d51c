import type { Side } from '../bidders/bidder.ts';

/**
 * The price at which demand meets supply when everybody wants or has one unit: the middle of those there are. Without sellers, one unit is for sale
 * and costs nothing, and it is the least at which only one buyer wants it. `null` where nothing would be traded.
 */
export function competitivePrice(values: Float64Array, sides: readonly Side[]): number | null {
  const buyers: number[] = [];
  const sellers: number[] = [];
  for (let seat = 0; seat < values.length; seat++) {
    (sides[seat] === 'sell' ? sellers : buyers).push(values[seat] as number);
  }
  buyers.sort((a, b) => b - a);
  if (sellers.length === 0) return buyers.length === 0 ? null : (buyers[1] ?? 0);
  sellers.sort((a, b) => a - b);
  let traded = 0;
  while (traded < buyers.length && (buyers[traded] as number) >= (sellers[traded] ?? Number.POSITIVE_INFINITY)) traded += 1;
  if (traded === 0) return null;
  const low = Math.max(sellers[traded - 1] as number, buyers[traded] ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(buyers[traded - 1] as number, sellers[traded] ?? Number.POSITIVE_INFINITY);
  return (low + high) / 2;
}
