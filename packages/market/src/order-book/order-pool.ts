import type { AgentId } from '@mechane/core';
import type { OrderId } from './order-request.ts';
import { isIceberg, termBits } from './order-terms.ts';

/** No order, or no level. */
export const none = -1;

/** An order is two doubles and four integers: half a line of the processor's cache. */
const doublesEach = 4;
const intsEach = 8;
const shown = 0;
const arrival = 1;
const next = 4;
const previous = 5;
/** The level in the upper bits, the terms in the lower. */
const place = 6;
const hash = 7;
const termMask = (1 << termBits) - 1;

/** What only stops and icebergs have, in a column that is made for the first of them. */
const unusualEach = 3;
const limit = 0;
const display = 1;
const hidden = 2;

/**
 * The orders of a book, as records in one block of memory. A record is named by its place, reused once its order is gone, and linked
 * to its neighbours in a queue. Prices are in ticks, quantities in lots.
 */
export class OrderPool {
  readonly ids: (OrderId | undefined)[] = [];
  readonly owners: AgentId[] = [];
  #doubles = new Float64Array(doublesEach * 64);
  #ints = new Int32Array(this.#doubles.buffer);
  #unusual: Float64Array | undefined;
  #firstFree: number = none;
  #used = 0;

  /** A record whose fields hold whatever they held before. */
  acquire(id: OrderId, owner: AgentId): number {
    let order = this.#firstFree;
    if (order === none) {
      order = this.#used++;
      if (order * doublesEach === this.#doubles.length) this.#grow();
    } else {
      this.#firstFree = this.nextOf(order);
    }
    this.ids[order] = id;
    this.owners[order] = owner;
    return order;
  }

  release(order: number): void {
    this.ids[order] = undefined;
    this.setNext(order, this.#firstFree);
    this.#firstFree = order;
  }

  /** How many records there is room for. */
  get capacity(): number {
    return this.#doubles.length / doublesEach;
  }

  #grow(): void {
    const larger = new Float64Array(this.#doubles.length * 2);
    larger.set(this.#doubles);
    this.#doubles = larger;
    this.#ints = new Int32Array(larger.buffer);
    if (this.#unusual) this.#unusual = this.#unusualColumn(this.#unusual);
  }

  #unusualColumn(before: ArrayLike<number>): Float64Array {
    const column = new Float64Array(this.capacity * unusualEach);
    column.set(before);
    return column;
  }

  /** The limit of an order that waits for its stop price; that of others is the price of their level. */
  limitOf(order: number): number {
    return this.#unusualOf(order, limit);
  }

  /** What others see of the quantity. */
  shownOf(order: number): number {
    return this.#doubles[order * doublesEach + shown] as number;
  }

  hiddenOf(order: number): number {
    return isIceberg(this.termsOf(order)) ? this.#unusualOf(order, hidden) : 0;
  }

  /** How much an iceberg shows at a time; 0 for an order that hides nothing. */
  displayOf(order: number): number {
    return isIceberg(this.termsOf(order)) ? this.#unusualOf(order, display) : 0;
  }

  #unusualOf(order: number, field: number): number {
    return (this.#unusual as Float64Array)[order * unusualEach + field] as number;
  }

  /** When the order came, as a number that rises. */
  arrivalOf(order: number): number {
    return this.#doubles[order * doublesEach + arrival] as number;
  }

  openOf(order: number): number {
    return this.shownOf(order) + this.hiddenOf(order);
  }

  setQuantities(order: number, shownNow: number, hiddenNow: number): void {
    this.#doubles[order * doublesEach + shown] = shownNow;
    if (isIceberg(this.termsOf(order))) (this.#unusual as Float64Array)[order * unusualEach + hidden] = hiddenNow;
  }

  /** Writes what stays as it is while the order is open. */
  setTerms(order: number, terms: number, arrived: number): void {
    this.#doubles[order * doublesEach + arrival] = arrived;
    this.#ints[order * intsEach + place] = terms;
  }

  /** Writes what only stops and icebergs have. */
  setUnusual(order: number, limited: number, displayed: number): void {
    this.#unusual ??= this.#unusualColumn([]);
    this.#unusual[order * unusualEach + limit] = limited;
    this.#unusual[order * unusualEach + display] = displayed;
  }

  termsOf(order: number): number {
    return (this.#ints[order * intsEach + place] as number) & termMask;
  }

  nextOf(order: number): number {
    return this.#ints[order * intsEach + next] as number;
  }

  previousOf(order: number): number {
    return this.#ints[order * intsEach + previous] as number;
  }

  link(order: number, before: number, after: number): void {
    const at = order * intsEach;
    this.#ints[at + previous] = before;
    this.#ints[at + next] = after;
  }

  setNext(order: number, after: number): void {
    this.#ints[order * intsEach + next] = after;
  }

  setPrevious(order: number, before: number): void {
    this.#ints[order * intsEach + previous] = before;
  }

  levelOf(order: number): number {
    return (this.#ints[order * intsEach + place] as number) >>> termBits;
  }

  setLevel(order: number, at: number): void {
    this.#ints[order * intsEach + place] = (at << termBits) | this.termsOf(order);
  }

  /** The hash of its id, so that an order leaves without its id being read again. */
  hashOf(order: number): number {
    return this.#ints[order * intsEach + hash] as number;
  }

  setHash(order: number, of: number): void {
    this.#ints[order * intsEach + hash] = of;
  }
}
