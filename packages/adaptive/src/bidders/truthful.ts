import type { FreeBidder } from './bidder.ts';

/**
 * Bids its value.
 *
 * @category Bidders
 */
export function truthful(): FreeBidder {
  return { bid: (value) => value };
}
