import type { AgentId } from '@mechane/core';
import type { BookSide } from './book-side.ts';
import type { BookState } from './book-state.ts';
import { isFillable } from './fillable.ts';
import { comingAgain, type IncomingOrder, takes } from './incoming-order.ts';
import type { Increment } from './increment.ts';
import { none } from './order-pool.ts';
import type { BookOrderSide, OrderId } from './order-request.ts';
import { ExecutionReport, type Receipt, type RejectionCode } from './receipt.ts';
import type { SelfTradePrevention } from './self-trade.ts';
import { isTriggeredBy } from './stop-orders.ts';

/** How a book matches: its rules and its units. */
export interface MatchingRules {
  readonly ticks: Increment;
  readonly lots: Increment;
  readonly prevention: SelfTradePrevention;
}

/** What became of an order that was executed; `quantity` of the order is what is left. */
export type MatchResult = Exclude<Receipt['status'], 'rejected'> | RejectionCode;

export function isRejection(result: MatchResult): result is RejectionCode {
  return result === 'would-trade' || result === 'not-fillable';
}

/** Matches orders by price, then time. Trades happen at the price of the order that rests. */
export class Matching {
  readonly #state: BookState;
  readonly #rules: MatchingRules;
  /** What happened while the last order was executed. */
  readonly report: ExecutionReport = new ExecutionReport();
  /** Stops that have been triggered and wait for their turn. */
  #due: number[] | undefined;

  constructor(state: BookState, rules: MatchingRules) {
    this.#state = state;
    this.#rules = rules;
  }

  /** Executes an order, then the stops that its trades trigger, and those that theirs do. */
  execute(order: IncomingOrder, arrival: number): MatchResult {
    this.report.begin();
    const result = this.#place(order, arrival);
    const due = this.#due;
    if (due) {
      // It grows while stops are executed.
      for (let turn = 0; turn < due.length; turn++) this.#trigger(due[turn] as number);
      this.#due = undefined;
    }
    return result;
  }

  /** Turns a stop that is due into the order that it stands for. */
  #trigger(stop: number): void {
    const { orders } = this.#state;
    const arrival = orders.arrivalOf(stop);
    const order = comingAgain(orders, stop, orders.limitOf(stop), none);
    this.#state.forget(stop);
    this.report.addTriggered(order.id);
    const result = this.#place(order, arrival);
    if (result !== 'open' && result !== 'filled') this.report.addCancelled(order.id);
  }

  #place(order: IncomingOrder, arrival: number): MatchResult {
    const state = this.#state;
    const { side, stop, timeInForce } = order;
    if (stop !== none && !isTriggeredBy(side, stop, state.lastPrice)) {
      state.enter(order, arrival);
      return 'waiting';
    }
    const opposite = this.#opposite(side);
    if (timeInForce === 'post-only' && this.wouldTrade(order)) return 'would-trade';
    if (timeInForce === 'FOK' && !isFillable(order, opposite, state.orders, this.#rules.prevention))
      return 'not-fillable';
    const stopped = this.#match(order, opposite);
    if (order.quantity === 0) return 'filled';
    if (stopped || timeInForce === 'IOC' || !Number.isFinite(order.limit)) return 'cancelled';
    order.stop = none;
    state.enter(order, arrival);
    return 'open';
  }

  #opposite(side: BookOrderSide): BookSide {
    return side === 'buy' ? this.#state.sell : this.#state.buy;
  }

  /** Whether an order would trade at once. */
  wouldTrade(order: IncomingOrder): boolean {
    const opposite = this.#opposite(order.side);
    const level = opposite.bestLevel();
    return level !== none && takes(order, opposite.priceOf(level));
  }

  /** Trades while prices agree; `true` when the order was stopped because it met another of its owner. */
  #match(order: IncomingOrder, opposite: BookSide): boolean {
    const { owners } = this.#state.orders;
    const { prevention } = this.#rules;
    while (order.quantity > 0) {
      const level = opposite.bestLevel();
      if (level === none) return false;
      const price = opposite.priceOf(level);
      if (!takes(order, price)) return false;
      const resting = opposite.headOf(level);
      if (prevention === 'none' || owners[resting] !== order.owner) {
        this.#trade(order, opposite, resting, price);
        continue;
      }
      if (prevention !== 'cancel-newest') this.#cancelResting(resting);
      if (prevention !== 'cancel-oldest') return true;
    }
    return false;
  }

  #cancelResting(resting: number): void {
    this.report.addCancelled(this.#state.orders.ids[resting] as OrderId);
    this.#state.leave(resting);
  }

  #trade(order: IncomingOrder, opposite: BookSide, resting: number, price: number): void {
    const { orders, stops } = this.#state;
    const { ticks, lots } = this.#rules;
    const shown = orders.shownOf(resting);
    const traded = Math.min(order.quantity, shown);
    if (this.report.keepsTrades) {
      const owner = orders.owners[resting] as AgentId;
      const isBuy = order.side === 'buy';
      this.report.addTrade({
        buyer: isBuy ? order.owner : owner,
        seller: isBuy ? owner : order.owner,
        price: ticks.amountOf(price),
        quantity: lots.amountOf(traded),
        maker: orders.ids[resting] as OrderId,
        taker: order.id,
      });
    }
    order.quantity -= traded;
    this.#state.lastPrice = price;
    if (traded < shown) opposite.reduce(resting, shown - traded, orders.hiddenOf(resting));
    else this.#showMoreOrLeave(opposite, resting);
    if (stops.count > 0) this.#collectDue(price);
  }

  /** What an order showed is sold out: an iceberg shows more, behind all others of its price. */
  #showMoreOrLeave(side: BookSide, order: number): void {
    const { orders } = this.#state;
    const hidden = orders.hiddenOf(order);
    if (hidden === 0) {
      this.#state.leave(order);
      return;
    }
    const shown = Math.min(orders.displayOf(order), hidden);
    side.reduce(order, shown, hidden - shown);
    side.requeue(order);
  }

  #collectDue(price: number): void {
    const { stops } = this.#state;
    if (!stops.isAnyTriggeredBy(price)) return;
    this.#due ??= [];
    for (const stop of stops.takeTriggeredBy(price)) this.#due.push(stop);
  }
}
