/**
 * What happens when an order meets another of its owner: the order that comes is cancelled (`cancel-newest`), the one that rests is
 * (`cancel-oldest`), both are (`cancel-both`), or they trade (`none`).
 *
 * @category Order book
 */
export type SelfTradePrevention = 'cancel-newest' | 'cancel-oldest' | 'cancel-both' | 'none';

export const selfTradePreventions: readonly SelfTradePrevention[] = [
  'cancel-newest',
  'cancel-oldest',
  'cancel-both',
  'none',
];
