import { none, type OrderPool } from './order-pool.ts';
import { PriceLadder } from './price-ladder.ts';

/** One record of a level is four doubles. */
const doublesEach = 4;
const intsEach = 8;
const price = 0;
const shown = 1;
const hidden = 2;
const head = 6;
const tail = 7;

/** Levels that were used last, by the end of their price: most orders come at a price that one has just come at. */
const remembered = 4096;
/** A side with fewer levels than this needs no such memory. */
const fewLevels = 64;

/** Empty levels are dropped when there are more of them than this, and than half of all. */
const fewEmpty = 64;

/**
 * One side of a book: orders in queues by price. Adding finds the level in O(log levels); an order leaves in O(1): its level stays on
 * the ladder, empty, until the side is asked for its best price and meets it there, or until most levels are empty and all of
 * these go at once. That is paid for by their having been inserted.
 */
export class BookSide {
  /** How many orders there are. */
  count = 0;
  /** Their quantity, hidden quantity included, in lots. */
  quantity = 0;
  readonly #orders: OrderPool;
  readonly #sign: 1 | -1;
  readonly #ladder = new PriceLadder();
  #doubles = new Float64Array(doublesEach * 64);
  #ints = new Int32Array(this.#doubles.buffer);
  #firstFree: number = none;
  #used = 0;
  #empty = 0;
  #recent: Int32Array | undefined;

  constructor(orders: OrderPool, best: 'highest' | 'lowest') {
    this.#orders = orders;
    this.#sign = best === 'highest' ? 1 : -1;
  }

  /** The best level with orders in it, or `none`. */
  bestLevel(): number {
    const ladder = this.#ladder;
    let level = ladder.best();
    while (level !== none && this.headOf(level) === none) {
      ladder.dropBest();
      this.#release(level);
      level = ladder.best();
    }
    return level;
  }

  priceOf(level: number): number {
    return this.#doubles[level * doublesEach + price] as number;
  }

  shownOf(level: number): number {
    return this.#doubles[level * doublesEach + shown] as number;
  }

  hiddenOf(level: number): number {
    return this.#doubles[level * doublesEach + hidden] as number;
  }

  /** The order that came first to a level. */
  headOf(level: number): number {
    return this.#ints[level * intsEach + head] as number;
  }

  /** Visits levels with orders, from the best on, until told to stop with `false`. */
  visit(visitor: (level: number) => boolean): void {
    this.#ladder.visit((level) => this.headOf(level) === none || visitor(level));
  }

  /** Visits orders by priority. */
  visitOrders(visitor: (order: number) => void): void {
    this.visit((level) => {
      for (let order = this.headOf(level); order !== none; order = this.#orders.nextOf(order)) visitor(order);
      return true;
    });
  }

  /** Puts an order last in the queue of a price. */
  append(order: number, at: number): void {
    const level = this.#levelFor(at);
    const orders = this.#orders;
    orders.setLevel(order, level);
    this.#linkLast(order, level);
    this.#addTo(level, orders.shownOf(order), orders.hiddenOf(order));
    this.count += 1;
  }

  /** Takes an order out. */
  remove(order: number): void {
    const orders = this.#orders;
    const level = orders.levelOf(order);
    this.#unlink(order, level);
    this.#addTo(level, -orders.shownOf(order), -orders.hiddenOf(order));
    this.count -= 1;
    if (this.headOf(level) === none) this.#empty += 1;
  }

  /** Makes an order smaller where it stands; it stays open. */
  reduce(order: number, shownNow: number, hiddenNow: number): void {
    const orders = this.#orders;
    this.#addTo(orders.levelOf(order), shownNow - orders.shownOf(order), hiddenNow - orders.hiddenOf(order));
    orders.setQuantities(order, shownNow, hiddenNow);
  }

  /** Sends an order to the end of its queue. */
  requeue(order: number): void {
    const level = this.#orders.levelOf(order);
    this.#unlink(order, level);
    this.#linkLast(order, level);
  }

  #addTo(level: number, shownMore: number, hiddenMore: number): void {
    const at = level * doublesEach;
    this.#doubles[at + shown] = (this.#doubles[at + shown] as number) + shownMore;
    this.#doubles[at + hidden] = (this.#doubles[at + hidden] as number) + hiddenMore;
    this.quantity += shownMore + hiddenMore;
  }

  #linkLast(order: number, level: number): void {
    const at = level * intsEach;
    const last = this.#ints[at + tail] as number;
    this.#orders.link(order, last, none);
    if (last === none) this.#ints[at + head] = order;
    else this.#orders.setNext(last, order);
    this.#ints[at + tail] = order;
  }

  #unlink(order: number, level: number): void {
    const at = level * intsEach;
    const before = this.#orders.previousOf(order);
    const after = this.#orders.nextOf(order);
    if (before === none) this.#ints[at + head] = after;
    else this.#orders.setNext(before, after);
    if (after === none) this.#ints[at + tail] = before;
    else this.#orders.setPrevious(after, before);
  }

  #levelFor(at: number): number {
    const recent = this.#recent;
    if (recent === undefined) return this.#findOrAdd(at);
    const entry = at & (remembered - 1);
    let level = recent[entry] as number;
    // A level that was dropped has no price, and one that was used again has another.
    if (this.priceOf(level) !== at) {
      level = this.#findOrAdd(at);
      recent[entry] = level;
    } else if (this.headOf(level) === none) {
      this.#empty -= 1;
    }
    return level;
  }

  #findOrAdd(at: number): number {
    const key = this.#sign * at;
    const ladder = this.#ladder;
    const found = ladder.find(key);
    if (found !== none) {
      if (this.headOf(found) === none) this.#empty -= 1;
      return found;
    }
    if (this.#empty > fewEmpty && this.#empty * 2 > ladder.size) {
      this.#sweep();
      ladder.find(key);
    }
    const level = this.#acquire(at);
    ladder.insert(key, level);
    return level;
  }

  #sweep(): void {
    this.#ladder.sweep((level) => {
      if (this.headOf(level) !== none) return true;
      this.#release(level);
      return false;
    });
  }

  #acquire(at: number): number {
    let level = this.#firstFree;
    if (level === none) {
      level = this.#used++;
      if (level === fewLevels) this.#recent = new Int32Array(remembered);
      if (level * doublesEach === this.#doubles.length) this.#grow();
    } else {
      this.#firstFree = this.#ints[level * intsEach + tail] as number;
    }
    this.#doubles[level * doublesEach + price] = at;
    this.#doubles[level * doublesEach + shown] = 0;
    this.#doubles[level * doublesEach + hidden] = 0;
    this.#ints[level * intsEach + head] = none;
    this.#ints[level * intsEach + tail] = none;
    return level;
  }

  #release(level: number): void {
    this.#empty -= 1;
    this.#doubles[level * doublesEach + price] = Number.NaN;
    this.#ints[level * intsEach + tail] = this.#firstFree;
    this.#firstFree = level;
  }

  #grow(): void {
    const larger = new Float64Array(this.#doubles.length * 2);
    larger.set(this.#doubles);
    this.#doubles = larger;
    this.#ints = new Int32Array(larger.buffer);
  }
}
