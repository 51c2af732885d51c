import type { BookOrderSide, TimeInForce } from './order-request.ts';

/** What kind of order one is, as bits: how long it lives in the lowest two. */
const timesInForce: readonly TimeInForce[] = ['GTC', 'IOC', 'FOK', 'post-only'];
const selling = 4;
const waiting = 8;
const iceberg = 16;

/** How many bits there are. */
export const termBits = 5;

export function termsOf(timeInForce: TimeInForce, side: BookOrderSide, isWaiting: boolean, isIceberg: boolean): number {
  // The commonest first: a search in the list showed in the speed.
  const life = timeInForce === 'GTC' ? 0 : timesInForce.indexOf(timeInForce);
  return life | (side === 'sell' ? selling : 0) | (isWaiting ? waiting : 0) | (isIceberg ? iceberg : 0);
}

export function isSelling(terms: number): boolean {
  return (terms & selling) !== 0;
}

/** Whether the order waits for its stop price. */
export function isWaiting(terms: number): boolean {
  return (terms & waiting) !== 0;
}

/** Whether the order hides a part of itself, or did. */
export function isIceberg(terms: number): boolean {
  return (terms & iceberg) !== 0;
}

export function timeInForceIn(terms: number): TimeInForce {
  return timesInForce[terms & 3] as TimeInForce;
}
