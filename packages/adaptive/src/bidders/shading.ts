import type { FreeBidder } from './bidder.ts';

/**
 * Bids a fixed share of its value: with (n − 1)/n of it, n bidders with uniform values on [0, high] are in equilibrium in the first-price auction
 * (Vickrey 1961). A seller asks its cost divided by the share.
 *
 * @category Bidders
 */
export function shading({
  share,
  side = 'buy',
}: {
  readonly share: number;
  readonly side?: 'buy' | 'sell';
}): FreeBidder {
  return { bid: side === 'buy' ? (value) => share * value : (cost) => cost / share };
}
