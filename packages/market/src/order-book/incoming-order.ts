import type { AgentId } from '@mechane/core';
import { none, type OrderPool } from './order-pool.ts';
import type { BookOrderSide, OrderId, TimeInForce } from './order-request.ts';
import { isSelling, termsOf, timeInForceIn } from './order-terms.ts';

/** An order on its way into the book, in ticks and lots. One object serves for many orders, as making them showed in the speed. */
export interface IncomingOrder {
  id: OrderId;
  owner: AgentId;
  side: BookOrderSide;
  /** The worst price it takes; infinite for a market order. */
  limit: number;
  /** What is left of it. */
  quantity: number;
  /** How much of it is shown at a time; 0 where nothing is hidden. */
  display: number;
  timeInForce: TimeInForce;
  /** What sets it off; `none` for an order that does not wait. */
  stop: number;
}

/** The limit of an order that takes any price. */
export function anyPrice(side: BookOrderSide): number {
  return side === 'buy' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Whether an order trades at a price. */
export function takes({ side, limit }: IncomingOrder, price: number): boolean {
  return side === 'buy' ? price <= limit : price >= limit;
}

/** Enters an order into the pool. */
export function pooled(orders: OrderPool, order: IncomingOrder, arrival: number): number {
  const { id, owner, side, limit, quantity, display, timeInForce, stop } = order;
  const record = orders.acquire(id, owner);
  const isStop = stop !== none;
  orders.setTerms(record, termsOf(timeInForce, side, isStop, display > 0), arrival);
  if (isStop || display > 0) orders.setUnusual(record, limit, display);
  const shown = display > 0 ? Math.min(display, quantity) : quantity;
  orders.setQuantities(record, shown, quantity - shown);
  return record;
}

export function sideOf(orders: OrderPool, order: number): BookOrderSide {
  return isSelling(orders.termsOf(order)) ? 'sell' : 'buy';
}

export function timeInForceOf(orders: OrderPool, order: number): TimeInForce {
  return timeInForceIn(orders.termsOf(order));
}

/** An order of the pool as if it came now. */
export function comingAgain(orders: OrderPool, order: number, limit: number, stop: number): IncomingOrder {
  return {
    id: orders.ids[order] as OrderId,
    owner: orders.owners[order] as AgentId,
    side: sideOf(orders, order),
    limit,
    quantity: orders.openOf(order),
    display: orders.displayOf(order),
    timeInForce: timeInForceOf(orders, order),
    stop,
  };
}
