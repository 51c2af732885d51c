import type { AgentId } from '@mechane/core';

/**
 * The name of an order: the owner's text, or the number that the book gave it.
 *
 * @category Order book
 */
export type OrderId = string | number;

/**
 * Which side of the market an order is on.
 *
 * @category Order book
 */
export type BookOrderSide = 'buy' | 'sell';

/**
 * How long an order lives: until it is cancelled (`GTC`), only at once and as far as it goes (`IOC`), at once and in full or not at all
 * (`FOK`), or until cancelled and never trading at once (`post-only`).
 *
 * @category Order book
 */
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'post-only';

/** What all orders say. Prices are multiples of the tick, quantities of the lot. */
interface OrderBasics {
  /** The name by which it is cancelled and amended: text that no open order has. Without one, the book gives a number. */
  readonly id?: string;
  readonly side: BookOrderSide;
  readonly quantity: number;
}

/**
 * Buys at its price or below, sells at its price or above; what does not trade at once rests in the book.
 *
 * @category Order book
 */
export interface LimitOrderTerms extends OrderBasics {
  readonly type: 'limit';
  readonly price: number;
  /** `GTC` unless it says otherwise. */
  readonly timeInForce?: TimeInForce;
  /** An iceberg: how much of it others see at a time. What comes out of hiding goes to the end of its price's queue. */
  readonly displayQuantity?: number;
}

/**
 * Trades at once at whatever prices the book has; what is left is cancelled.
 *
 * @category Order book
 */
export interface MarketOrderTerms extends OrderBasics {
  readonly type: 'market';
  /** `IOC` unless it says otherwise. */
  readonly timeInForce?: 'IOC' | 'FOK';
}

/**
 * Waits until a trade happens at its stop price or beyond (above for a buyer), and is a market order from then on.
 *
 * @category Order book
 */
export interface StopOrderTerms extends OrderBasics {
  readonly type: 'stop';
  readonly stopPrice: number;
}

/**
 * Waits like a stop, and is a limit order from then on.
 *
 * @category Order book
 */
export interface StopLimitOrderTerms extends OrderBasics {
  readonly type: 'stop-limit';
  readonly stopPrice: number;
  readonly price: number;
  /** `GTC` unless it says otherwise. */
  readonly timeInForce?: TimeInForce;
}

/**
 * An order of any type.
 *
 * @category Order book
 */
export type OrderTerms = LimitOrderTerms | MarketOrderTerms | StopOrderTerms | StopLimitOrderTerms;

/**
 * An order and whose it is.
 *
 * @category Order book
 */
export type OrderRequest = OrderTerms & { readonly owner: AgentId };

/**
 * A change of an open order. What is left out stays.
 *
 * @category Order book
 */
export interface AmendRequest {
  readonly id: OrderId;
  /** Where it is given, the order must be this agent's. */
  readonly owner?: AgentId;
  readonly price?: number;
  /** The quantity that shall be open from now on, hidden quantity included. */
  readonly quantity?: number;
  readonly stopPrice?: number;
}
