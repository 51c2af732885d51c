import { BookSide } from './book-side.ts';
import { type IncomingOrder, pooled } from './incoming-order.ts';
import { OrderIndex } from './order-index.ts';
import { none, OrderPool } from './order-pool.ts';
import type { BookOrderSide } from './order-request.ts';
import { isSelling, isWaiting } from './order-terms.ts';
import { StopOrders } from './stop-orders.ts';

/** Everything a book holds: its orders, where they stand, and how they are called. */
export class BookState {
  readonly orders: OrderPool = new OrderPool();
  readonly buy: BookSide = new BookSide(this.orders, 'highest');
  readonly sell: BookSide = new BookSide(this.orders, 'lowest');
  readonly stops: StopOrders = new StopOrders(this.orders);
  /** Places in the pool by name. */
  readonly byId: OrderIndex = new OrderIndex(this.orders);
  /** How many orders have come. */
  arrivals = 0;
  /** Ticks of the last trade; NaN before there was one. */
  lastPrice: number = Number.NaN;

  /** Written out, as a property by computed name showed in the speed. */
  sideFor(side: BookOrderSide): BookSide {
    return side === 'buy' ? this.buy : this.sell;
  }

  stopsOf(side: BookOrderSide): BookSide {
    return side === 'buy' ? this.stops.buy : this.stops.sell;
  }

  /** Where an order stands: in the book or among the stops. */
  standing(order: number): BookSide {
    const terms = this.orders.termsOf(order);
    if (isWaiting(terms)) return isSelling(terms) ? this.stops.sell : this.stops.buy;
    return isSelling(terms) ? this.sell : this.buy;
  }

  /** Puts an order last in the queue of its price, or of its stop price. */
  enter(order: IncomingOrder, arrival: number): void {
    const { side, limit, stop } = order;
    const entered = pooled(this.orders, order, arrival);
    this.byId.add(entered);
    if (stop === none) this.sideFor(side).append(entered, limit);
    else this.stopsOf(side).append(entered, stop);
  }

  /** Takes an order out for good. */
  leave(order: number): void {
    this.standing(order).remove(order);
    this.forget(order);
  }

  /** Forgets an order that stands nowhere any more. */
  forget(order: number): void {
    this.byId.delete(order);
    this.orders.release(order);
  }

  /** Whether a side can take so many lots more and still count them exactly. */
  hasRoom(side: BookOrderSide, lots: number): boolean {
    return this.sideFor(side).quantity + this.stopsOf(side).quantity + lots <= Number.MAX_SAFE_INTEGER;
  }
}
