/** The order book, as a mechanism and by itself: `@mechane/market/order-book`. */

export { type OrderBookAsk, type OrderBookMarket, orderBook } from '../order-book.ts';
export { createOrderBook, type OrderBook } from './book.ts';
export type { OrderBookSettings } from './book-settings.ts';
export type { BookSnapshot, SnapshotOrder, SnapshotStop } from './book-snapshot.ts';
export type { Depth, DepthLevel } from './depth.ts';
export {
  type OperationColumns,
  type OperationOutcomes,
  operationKinds,
  operationStatuses,
} from './operation-columns.ts';
export type { AmendMessage, CancelMessage, MessageId, OrderBookMessage } from './order-message.ts';
export type {
  AmendRequest,
  BookOrderSide,
  LimitOrderTerms,
  MarketOrderTerms,
  OrderId,
  OrderRequest,
  OrderTerms,
  StopLimitOrderTerms,
  StopOrderTerms,
  TimeInForce,
} from './order-request.ts';
export type { BookTrade, Receipt, RejectionCode } from './receipt.ts';
export type { SelfTradePrevention } from './self-trade.ts';
export type { AgentTrade, OrderBookOutcome, RejectedMessage } from './session-outcome.ts';
