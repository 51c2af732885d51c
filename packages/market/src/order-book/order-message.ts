import type { LimitOrderTerms, MarketOrderTerms, StopLimitOrderTerms, StopOrderTerms } from './order-request.ts';

/**
 * A number is taken as text: 7 and `"7"` are the same order.
 *
 * @category Order book
 */
export type MessageId = string | number;

/**
 * Takes an open order out.
 *
 * @category Order book
 */
export interface CancelMessage {
  type: 'cancel';
  id: MessageId;
}

/**
 * Changes an open order; what is left out stays. Where it only becomes smaller it keeps its place in the queue.
 *
 * @category Order book
 */
export interface AmendMessage {
  type: 'amend';
  id: MessageId;
  price?: number | undefined;
  /** The quantity that shall be open from now on, hidden quantity included. */
  quantity?: number | undefined;
  stopPrice?: number | undefined;
}

/** The terms of an order as a message has them. */
type Sent<Terms> = { -readonly [Key in keyof Omit<Terms, 'id'>]: Omit<Terms, 'id'>[Key] | OptionalIn<Terms, Key> } & {
  id?: MessageId | undefined;
};
type OptionalIn<Terms, Key> = Key extends keyof Terms ? (undefined extends Terms[Key] ? undefined : never) : never;

/**
 * A message to the book: an order, a cancellation or an amendment.
 *
 * @category Order book
 */
export type OrderBookMessage =
  | Sent<LimitOrderTerms>
  | Sent<MarketOrderTerms>
  | Sent<StopOrderTerms>
  | Sent<StopLimitOrderTerms>
  | CancelMessage
  | AmendMessage;

/** What an order to buy may cost at the most; a market order has no limit, and an amended one may be any. */
export function mostToTrade(message: OrderBookMessage): number {
  if (message.type === 'cancel') return 0;
  if (message.type === 'amend') return Number.POSITIVE_INFINITY;
  if (message.side === 'sell') return 0;
  return 'price' in message ? message.price * message.quantity : Number.POSITIVE_INFINITY;
}
