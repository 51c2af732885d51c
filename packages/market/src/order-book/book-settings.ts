import type { SelfTradePrevention } from './self-trade.ts';

/**
 * How a book is opened.
 *
 * @category Order book
 */
export interface OrderBookSettings {
  /** What prices are multiples of; 1 unless given. */
  readonly tickSize?: number | undefined;
  /** What quantities are multiples of; 1 unless given. */
  readonly lotSize?: number | undefined;
  /** `cancel-newest` unless given. */
  readonly selfTradePrevention?: SelfTradePrevention | undefined;
}
