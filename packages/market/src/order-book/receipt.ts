import type { AgentId } from '@mechane/core';
import type { OrderId } from './order-request.ts';

/**
 * A trade, at the price of the order that was there first.
 *
 * @category Order book
 */
export interface BookTrade {
  readonly buyer: AgentId;
  readonly seller: AgentId;
  readonly price: number;
  readonly quantity: number;
  /** The order that was resting. */
  readonly maker: OrderId;
  /** The order that came. */
  readonly taker: OrderId;
}

/**
 * Why the book as it stands turns an order, a cancellation or an amendment away.
 *
 * @category Order book
 */
export type RejectionCode =
  | 'duplicate-id'
  | 'unknown-order'
  | 'foreign-order'
  | 'would-trade'
  | 'not-fillable'
  | 'does-not-fit'
  | 'too-much';

/**
 * What became of an order, a cancellation or an amendment. A rejected one has changed nothing.
 *
 * @category Order book
 */
export interface Receipt {
  readonly id: OrderId;
  /**
   * `open` in the book, `waiting` for its stop price, `filled`, `cancelled` (what a market order, `IOC`, or the prevention of self-trades
   * left of it; or as was asked), or `rejected`.
   */
  readonly status: 'open' | 'waiting' | 'filled' | 'cancelled' | 'rejected';
  /** How much of it traded at once. */
  readonly filled: number;
  /** How much of it is open now. */
  readonly open: number;
  /** All trades that followed, those of triggered stops included, in order. */
  readonly trades: readonly BookTrade[];
  /** Stops that were triggered, in order. */
  readonly triggered: readonly OrderId[];
  /** Other orders that left the book, or the remainder of a stop, without having been filled. */
  readonly cancelled: readonly OrderId[];
  /** Why it was rejected. */
  readonly rejection?: RejectionCode;
}

const nothing: readonly never[] = Object.freeze([]);

export function rejected(id: OrderId, rejection: RejectionCode, open = 0): Receipt {
  return {
    id,
    status: 'rejected',
    filled: 0,
    open,
    trades: nothing,
    triggered: nothing,
    cancelled: nothing,
    rejection,
  };
}

/** A receipt for what moved nobody else. */
export function quietReceipt(id: OrderId, status: Receipt['status'], open: number): Receipt {
  return { id, status, filled: 0, open, trades: nothing, triggered: nothing, cancelled: nothing };
}

/** What happens while an order is executed. Nothing is allocated before there is something to say. */
export class ExecutionReport {
  trades: readonly BookTrade[] = nothing;
  triggered: readonly OrderId[] = nothing;
  cancelled: readonly OrderId[] = nothing;
  /** Whether trades are written down. */
  keepsTrades = true;

  begin(): void {
    this.trades = nothing;
    this.triggered = nothing;
    this.cancelled = nothing;
  }

  addTrade(trade: BookTrade): void {
    if (this.trades === nothing) this.trades = [trade];
    else (this.trades as BookTrade[]).push(trade);
  }

  addTriggered(id: OrderId): void {
    if (this.triggered === nothing) this.triggered = [id];
    else (this.triggered as OrderId[]).push(id);
  }

  addCancelled(id: OrderId): void {
    if (this.cancelled === nothing) this.cancelled = [id];
    else (this.cancelled as OrderId[]).push(id);
  }
}
