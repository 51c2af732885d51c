import type { AgentId } from '@mechane/core';

/** The name of an order: the owner's text, or the number that the book gave it. */
export type OrderId = string | number;

/** No order, or no level. */
export const none = -1;

/**
 * What changes while an order is open, in 32 bytes: two doubles and four integers. Half a line of the processor's cache, and nothing
 * that a cancellation does not need: with all fields in one record of 64 bytes a cancellation from a book of a million orders took a third longer.
 */
const doublesEach = 4;
const intsEach = 8;
const shown = 0;
const hidden = 1;
const next = 4;
const previous = 5;
/** The level in the upper bits, the terms in the lower. */
const place = 6;
const hash = 7;
const termBits = 4;
const termMask = (1 << termBits) - 1;

/** What stays, in a column of its own. */
const fixedEach = 3;
const price = 0;
const display = 1;
const arrival = 2;

/**
 * The orders of a book, as records in two blocks of memory. A record is named by its place, reused once its order is gone, and linked
 * to its neighbours in a queue. Prices are in ticks, quantities in lots.
 */
export class OrderPool {
  readonly ids: (OrderId | undefined)[] = [];
  readonly owners: AgentId[] = [];
  #doubles = new Float64Array(doublesEach * 64);
  #ints = new Int32Array(this.#doubles.buffer);
  #fixed = new Float64Array(fixedEach * 64);
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
    const longer = new Float64Array(this.#fixed.length * 2);
    longer.set(this.#fixed);
    this.#fixed = longer;
  }

  priceOf(order: number): number {
    return this.#fixed[order * fixedEach + price] as number;
  }

  /** What others see of the quantity. */
  shownOf(order: number): number {
    return this.#doubles[order * doublesEach + shown] as number;
  }

  hiddenOf(order: number): number {
    return this.#doubles[order * doublesEach + hidden] as number;
  }

  /** How much an iceberg shows at a time; 0 for an order that hides nothing. */
  displayOf(order: number): number {
    return this.#fixed[order * fixedEach + display] as number;
  }

  /** When the order came, as a number that rises. */
  arrivalOf(order: number): number {
    return this.#fixed[order * fixedEach + arrival] as number;
  }

  openOf(order: number): number {
    const at = order * doublesEach;
    return (this.#doubles[at + shown] as number) + (this.#doubles[at + hidden] as number);
  }

  setQuantities(order: number, shownNow: number, hiddenNow: number): void {
    const at = order * doublesEach;
    this.#doubles[at + shown] = shownNow;
    this.#doubles[at + hidden] = hiddenNow;
  }

  /** Writes all that stays as it is while the order is open. */
  setTerms(order: number, limit: number, displayed: number, arrived: number, conditions: number): void {
    const at = order * fixedEach;
    this.#fixed[at + price] = limit;
    this.#fixed[at + display] = displayed;
    this.#fixed[at + arrival] = arrived;
    this.#ints[order * intsEach + place] = conditions;
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
