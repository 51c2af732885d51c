import type { AgentId, ErrorDetails } from '@mechane/core';
import { invalidOrder, noAmount, unknownWord } from '../errors.ts';
import type { OrderBookSettings } from './book-settings.ts';
import type { BookSide } from './book-side.ts';
import { type BookSnapshot, restoredState, snapshotOf } from './book-snapshot.ts';
import { BookState } from './book-state.ts';
import type { Depth, DepthLevel } from './depth.ts';
import { comingAgain, type IncomingOrder } from './incoming-order.ts';
import { Increment } from './increment.ts';
import { isRejection, Matching, type MatchingRules, type MatchResult } from './matching.ts';
import { executeAll, type OperationColumns, type OperationOutcomes } from './operation-columns.ts';
import { none } from './order-pool.ts';
import type { AmendRequest, OrderId, OrderRequest, OrderTerms } from './order-request.ts';
import { isWaiting } from './order-terms.ts';
import { type AmendedSteps, isFlaw, readAmendment, readInto, timeInForceOf, wordFlaw } from './read-order.ts';
import { type BookTrade, quietReceipt, type Receipt, type RejectionCode, rejected } from './receipt.ts';
import { selfTradePreventions } from './self-trade.ts';

/**
 * An order book with price–time priority; {@link createOrderBook} opens one.
 *
 * @category Order book
 */
export class OrderBook {
  readonly settings: Required<OrderBookSettings>;
  readonly #rules: MatchingRules;
  #state = new BookState();
  #matching: Matching;
  readonly #incoming: IncomingOrder = {
    id: 0,
    owner: '',
    side: 'buy',
    limit: 0,
    quantity: 0,
    display: 0,
    timeInForce: 'GTC',
    stop: none,
  };

  constructor({ tickSize = 1, lotSize = 1, selfTradePrevention = 'cancel-newest' }: OrderBookSettings = {}) {
    if (!selfTradePreventions.includes(selfTradePrevention)) {
      throw invalidOrder(unknownWord('selfTradePrevention', selfTradePrevention, selfTradePreventions));
    }
    this.settings = { tickSize, lotSize, selfTradePrevention };
    const ticks = new Increment(stepSize('tickSize', tickSize));
    const lots = new Increment(stepSize('lotSize', lotSize));
    this.#rules = { ticks, lots, prevention: selfTradePrevention };
    this.#matching = new Matching(this.#state, this.#rules);
  }

  /**
   * Takes an order. Matching visits as many orders as trade; entering what is left costs O(log levels).
   *
   * @throws MechaneError `invalid-order` with the path of what no book could take: an amount off the tick or lot, terms that contradict
   * each other.
   */
  submit(request: OrderRequest): Receipt {
    const flaw = wordFlaw(request);
    if (flaw) throw invalidOrder(flaw);
    const order = this.#incoming;
    const wrongNumber = readInto(order, request, this.#rules);
    if (wrongNumber) throw invalidOrder(wrongNumber);
    const state = this.#state;
    // The number of an arrival is new.
    const { id = state.arrivals + 1, owner, side } = request;
    const { quantity } = order;
    if (request.id !== undefined && state.byId.find(id) !== none) return rejected(id, 'duplicate-id');
    if (!state.hasRoom(side, quantity)) return rejected(id, 'too-much');
    order.id = id;
    order.owner = owner;
    order.side = side;
    order.timeInForce = timeInForceOf(request);
    const result = this.#matching.execute(order, ++state.arrivals);
    return isRejection(result) ? rejected(id, result) : this.#receipt(order, result, quantity);
  }

  /** Takes an open or waiting order out, in O(1). Where an owner is given, the order must be its. */
  cancel(id: OrderId, owner?: AgentId): Receipt {
    const state = this.#state;
    const order = state.byId.find(id);
    if (order === none) return rejected(id, 'unknown-order');
    if (owner !== undefined && state.orders.owners[order] !== owner) return rejected(id, 'foreign-order');
    state.leave(order);
    return quietReceipt(id, 'cancelled', 0);
  }

  /**
   * Changes an order. Where it only becomes smaller it keeps its place in the queue; otherwise it comes as a new one under its old id,
   * and may trade at once.
   *
   * @throws MechaneError `invalid-order` with the path of what no book could take.
   */
  amend(request: AmendRequest): Receipt {
    const steps = readAmendment(request, this.#rules);
    if (isFlaw(steps)) throw invalidOrder(steps);
    const state = this.#state;
    const { id, owner } = request;
    const order = state.byId.find(id);
    if (order === none) return rejected(id, 'unknown-order');
    if (owner !== undefined && state.orders.owners[order] !== owner) return rejected(id, 'foreign-order');
    const current = this.#asItStands(order);
    const amended: IncomingOrder = {
      ...current,
      limit: orElse(steps.limit, current.limit),
      quantity: orElse(steps.quantity, current.quantity),
      stop: orElse(steps.stop, current.stop),
    };
    const refusal = this.#refusal(steps, current, amended);
    if (refusal) return rejected(id, refusal, this.#rules.lots.amountOf(current.quantity));
    const isSamePlace = amended.limit === current.limit && amended.stop === current.stop;
    if (isSamePlace && amended.quantity <= current.quantity) return this.#shrink(order, amended);
    state.leave(order);
    const { quantity } = amended;
    const result = this.#matching.execute(amended, ++state.arrivals);
    // A stop that was triggered at once and could then not be placed has left the book all the same.
    return this.#receipt(amended, isRejection(result) ? 'cancelled' : result, quantity);
  }

  /**
   * Executes many operations at once, as {@link submit} and {@link cancel} would one by one, without an object for any of them. Trades are told
   * to a listener, where there is one; it must not use the book.
   *
   * @throws MechaneError `invalid-order` with the path of the first row that no book could take; then nothing has changed.
   *
   * @example
   * ```ts
   * import { createOrderBook, operationKinds, operationStatuses } from '@mechane/market';
   *
   * const book = createOrderBook();
   * const { sell, buy, cancel } = operationKinds;
   * const { statuses, filled } = book.submitAll({
   *   kinds: Uint8Array.of(sell, buy, cancel),
   *   prices: Float64Array.of(10, 11, 0),
   *   quantities: Float64Array.of(5, 3, 0),
   *   orders: Float64Array.of(0, 0, 1),
   *   owners: ['ann', 'bob', 'ann'],
   * });
   * Array.from(statuses, (status) => operationStatuses[status]); // => ['open', 'filled', 'cancelled']
   * [...filled]; // => [0, 3, 0]
   * ```
   */
  submitAll(columns: OperationColumns, onTrade?: (trade: BookTrade, row: number) => void): OperationOutcomes {
    return executeAll(columns, this.#state, this.#matching, this.#rules, onTrade);
  }

  /** What no book with these units could take in the terms of an order; `undefined` where nothing is wrong. */
  flawOfOrder(terms: OrderTerms): ErrorDetails | undefined {
    return readInto(this.#incoming, terms, this.#rules);
  }

  /** What no book with these units could take in an amendment; `undefined` where nothing is wrong. */
  flawOfAmendment(request: AmendRequest): ErrorDetails | undefined {
    const read = readAmendment(request, this.#rules);
    return isFlaw(read) ? read : undefined;
  }

  /** Whether an order is open, or waits for its stop price. */
  has(id: OrderId): boolean {
    return this.#state.byId.find(id) !== none;
  }

  /** How much of an order is open or waiting, hidden quantity included; 0 where there is no such order. */
  openQuantity(id: OrderId): number {
    const order = this.#state.byId.find(id);
    return order === none ? 0 : this.#rules.lots.amountOf(this.#state.orders.openOf(order));
  }

  /** How many orders are open or waiting. */
  get size(): number {
    return this.#state.byId.size;
  }

  /** The price of the last trade; `null` before there was one. */
  get lastPrice(): number | null {
    const { lastPrice } = this.#state;
    return Number.isNaN(lastPrice) ? null : this.#rules.ticks.amountOf(lastPrice);
  }

  /** The best price on a side and the quantity shown at it; `null` where there is none. */
  best(side: 'bids' | 'asks'): DepthLevel | null {
    const levels = this.#side(side);
    const level = levels.bestLevel();
    return level === none ? null : this.#depthLevel(levels, level);
  }

  /** The quantity shown at each price, the best first, so many levels on either side; all unless told. */
  depth(levels: number = Number.POSITIVE_INFINITY): Depth {
    return { bids: this.#levels('bids', levels), asks: this.#levels('asks', levels) };
  }

  /** All that the book holds, as JSON, to be restored later or elsewhere. */
  snapshot(): BookSnapshot {
    return snapshotOf(this.#state, this.settings, this.#rules);
  }

  /**
   * Replaces all that the book holds by what a snapshot says.
   *
   * @throws MechaneError `invalid-snapshot` with the path of what is wrong; then nothing has changed.
   */
  restore(snapshot: unknown): void {
    this.#state = restoredState(snapshot, this.settings, this.#rules);
    this.#matching = new Matching(this.#state, this.#rules);
  }

  /** Why an amendment cannot be made to an order as it stands; `undefined` where it can. */
  #refusal(steps: AmendedSteps, current: IncomingOrder, amended: IncomingOrder): RejectionCode | undefined {
    const isPriced = Number.isFinite(current.limit) || Number.isNaN(steps.limit);
    const isStopped = current.stop !== none || Number.isNaN(steps.stop);
    if (!isPriced || !isStopped) return 'does-not-fit';
    if (!this.#state.hasRoom(current.side, amended.quantity - current.quantity)) return 'too-much';
    if (amended.timeInForce !== 'post-only' || amended.stop !== none) return undefined;
    return this.#matching.wouldTrade(amended) ? 'would-trade' : undefined;
  }

  #asItStands(order: number): IncomingOrder {
    const { orders } = this.#state;
    const price = this.#state.standing(order).priceOf(orders.levelOf(order));
    const isStop = isWaiting(orders.termsOf(order));
    return isStop ? comingAgain(orders, order, orders.limitOf(order), price) : comingAgain(orders, order, price, none);
  }

  /** Makes an order smaller where it stands, what is hidden first. */
  #shrink(order: number, { id, quantity, stop }: IncomingOrder): Receipt {
    const state = this.#state;
    const less = state.orders.openOf(order) - quantity;
    const hidden = Math.max(0, state.orders.hiddenOf(order) - less);
    state.standing(order).reduce(order, quantity - hidden, hidden);
    return quietReceipt(id, stop === none ? 'open' : 'waiting', this.#rules.lots.amountOf(quantity));
  }

  #receipt({ id, quantity }: IncomingOrder, result: Exclude<MatchResult, RejectionCode>, before: number): Receipt {
    const { trades, triggered, cancelled } = this.#matching.report;
    if (triggered.length > 0 && result === 'open') return this.#afterStops(id);
    const { lots } = this.#rules;
    const open = result === 'open' || result === 'waiting' ? lots.amountOf(quantity) : 0;
    return { id, status: result, filled: lots.amountOf(before - quantity), open, trades, triggered, cancelled };
  }

  /** Stops that an order triggered may have taken what was left of it. */
  #afterStops(id: OrderId): Receipt {
    const { trades, triggered, cancelled } = this.#matching.report;
    const { lots } = this.#rules;
    const own = trades.filter(({ maker, taker }) => maker === id || taker === id);
    const filled = own.reduce((sum, { quantity }) => sum + (lots.stepsIn(quantity) as number), 0);
    const status = this.has(id) ? 'open' : cancelled.includes(id) ? 'cancelled' : 'filled';
    return { id, status, filled: lots.amountOf(filled), open: this.openQuantity(id), trades, triggered, cancelled };
  }

  #side(side: 'bids' | 'asks'): BookSide {
    return side === 'bids' ? this.#state.buy : this.#state.sell;
  }

  #levels(name: 'bids' | 'asks', most: number): DepthLevel[] {
    const side = this.#side(name);
    const levels: DepthLevel[] = [];
    if (!(most > 0)) return levels;
    side.visit((level) => levels.push(this.#depthLevel(side, level)) < most);
    return levels;
  }

  #depthLevel(side: BookSide, level: number): DepthLevel {
    return [this.#rules.ticks.amountOf(side.priceOf(level)), this.#rules.lots.amountOf(side.shownOf(level))];
  }
}

/** A settings' size of a step, if it is one. */
function stepSize(field: string, size: unknown): number {
  if (typeof size === 'number' && size > 0 && Number.isFinite(size)) return size;
  throw invalidOrder(noAmount(field, size, 'lot'));
}

/** NaN stands for what was left out. */
function orElse(given: number, otherwise: number): number {
  return Number.isNaN(given) ? otherwise : given;
}

/**
 * Opens an order book: a continuous double auction by price–time priority, to be used by itself for millions of operations. Trades happen
 * at the price of the order that rests. Prices are multiples of `tickSize`, quantities of `lotSize`, 1 unless given; inside all are whole
 * numbers, so nothing is rounded.
 *
 * @throws MechaneError `invalid-order` when a setting is none.
 * @category Order book
 *
 * @example
 * ```ts
 * import { createOrderBook } from '@mechane/market';
 *
 * const book = createOrderBook({ tickSize: 0.01 });
 * book.submit({ type: 'limit', id: 'a1', owner: 'ann', side: 'sell', price: 10.02, quantity: 5 });
 * book.submit({ type: 'limit', id: 'a2', owner: 'ann', side: 'sell', price: 10.05, quantity: 5 });
 * const { status, trades } = book.submit({ type: 'limit', owner: 'bob', side: 'buy', price: 10.03, quantity: 8 });
 * status; // => 'open'
 * trades.map(({ seller, price, quantity }) => [seller, price, quantity]); // => [['ann', 10.02, 5]]
 * book.best('bids'); // => [10.03, 3]
 * book.cancel('a2').status; // => 'cancelled'
 * book.cancel('a1').rejection; // => 'unknown-order'
 * book.depth(); // => { bids: [[10.03, 3]], asks: [] }
 * ```
 */
export function createOrderBook(settings: OrderBookSettings = {}): OrderBook {
  return new OrderBook(settings);
}
