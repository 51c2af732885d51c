import type { FreeBidder } from './bidder.ts';

/** Bids its value. */
export function truthful(): FreeBidder {
  return { bid: (value) => value };
}
