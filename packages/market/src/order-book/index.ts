/** The order book, as a mechanism and by itself: `@mechane/market/order-book`. */

export {
  type AgentTrade,
  type AmendMessage,
  type CancelMessage,
  type MessageId,
  type OrderBookAsk,
  type OrderBookMarket,
  type OrderBookMessage,
  type OrderBookOutcome,
  orderBook,
  type RejectedMessage,
} from '../order-book.ts';
export {
  createOrderBook,
  type Depth,
  type DepthLevel,
  type OrderBook,
  type OrderBookSettings,
} from './book.ts';
export type { BookSnapshot, SnapshotOrder, SnapshotStop } from './book-snapshot.ts';
export {
  type OperationColumns,
  type OperationOutcomes,
  operationKinds,
  operationStatuses,
} from './operation-columns.ts';
export type { OrderId } from './order-pool.ts';
export type {
  AmendRequest,
  BookOrderSide,
  LimitOrderTerms,
  MarketOrderTerms,
  OrderRequest,
  OrderTerms,
  StopLimitOrderTerms,
  StopOrderTerms,
  TimeInForce,
} from './order-request.ts';
export type { BookTrade, Receipt, RejectionCode } from './receipt.ts';
export type { SelfTradePrevention } from './self-trade.ts';
