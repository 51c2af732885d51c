import type { Random } from '@mechane/core';
import type { FreeBidder, Side } from './bidder.ts';

/** @category Bidders */
export interface ZeroIntelligenceOptions {
  readonly side?: Side;
  /** The highest price that a seller asks. */
  readonly highest: number;
  /** The lowest price that a buyer bids. */
  readonly lowest?: number;
}

/**
 * The trader with zero intelligence, constrained (ZI-C; Gode and Sunder, "Allocative efficiency of markets with zero-intelligence traders",
 * Journal of Political Economy 101, 1993): bids anything, equally likely, at which it does not lose.
 *
 * @category Bidders
 */
export function zeroIntelligence(
  random: Random,
  { side = 'buy', highest, lowest = 0 }: ZeroIntelligenceOptions,
): FreeBidder {
  if (side === 'buy') return { bid: (value) => (value <= lowest ? value : lowest + (value - lowest) * random.next()) };
  return { bid: (cost) => (cost >= highest ? cost : cost + (highest - cost) * random.next()) };
}
