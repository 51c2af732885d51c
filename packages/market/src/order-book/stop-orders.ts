import { BookSide } from './book-side.ts';
import { none, type OrderPool } from './order-pool.ts';
import type { BookOrderSide } from './order-request.ts';

/** Stops that wait for a trade at their price or beyond: above for buyers, below for sellers. */
export class StopOrders {
  readonly buy: BookSide;
  readonly sell: BookSide;
  readonly #orders: OrderPool;

  constructor(orders: OrderPool) {
    this.#orders = orders;
    this.buy = new BookSide(orders, 'lowest');
    this.sell = new BookSide(orders, 'highest');
  }

  get count(): number {
    return this.buy.count + this.sell.count;
  }

  /** What sets a waiting order off. */
  stopPriceOf(order: number, side: BookOrderSide): number {
    return this[side].priceOf(this.#orders.levelOf(order));
  }

  /** Whether a trade at this price sets any stop off. */
  isAnyTriggeredBy(price: number): boolean {
    const buy = this.buy.bestLevel();
    if (buy !== none && this.buy.priceOf(buy) <= price) return true;
    const sell = this.sell.bestLevel();
    return sell !== none && this.sell.priceOf(sell) >= price;
  }

  /** Takes out the stops that a trade at this price triggers, in the order in which they came. */
  takeTriggeredBy(price: number): readonly number[] {
    const taken: number[] = [];
    takeWhile(this.buy, taken, (stop) => stop <= price);
    takeWhile(this.sell, taken, (stop) => stop >= price);
    return taken.sort((a, b) => this.#orders.arrivalOf(a) - this.#orders.arrivalOf(b));
  }
}

function takeWhile(side: BookSide, taken: number[], isTriggered: (stop: number) => boolean): void {
  for (let level = side.bestLevel(); level !== none && isTriggered(side.priceOf(level)); level = side.bestLevel()) {
    for (let order = side.headOf(level); order !== none; order = side.headOf(level)) {
      side.remove(order);
      taken.push(order);
    }
  }
}

/** Whether a price triggers a stop. */
export function isTriggeredBy(side: BookOrderSide, stop: number, price: number): boolean {
  return side === 'buy' ? price >= stop : price <= stop;
}
