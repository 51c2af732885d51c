import type { AgentId } from '@mechane/core';

/** The name of an order: the owner's text, or the number that the book gave it. */
export type OrderId = string | number;

/** No order, or no level. */
export const none = -1;

/** One record is eight doubles, a line of the processor's cache. */
const doublesEach = 8;
const intsEach = 16;
const price = 0;
const shown = 1;
const hidden = 2;
const display = 3;
const arrival = 4;
const next = 10;
const previous = 11;
const level = 12;
const terms = 13;

/**
 * The orders of a book, as records in one block of memory. A record is named by its place, reused once its order is gone, and linked
 * to its neighbours in a queue. Prices are in ticks, quantities in lots.
 */
export class OrderPool {
  readonly ids: (OrderId | undefined)[] = [];
  readonly owners: AgentId[] = [];
  #doubles = new Float64Array(doublesEach * 64);
  #ints = new Int32Array(this.#doubles.buffer);
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
    this.link(order, none, this.#firstFree);
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
  }

  priceOf(order: number): number {
    return this.#doubles[order * doublesEach + price] as number;
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
    return this.#doubles[order * doublesEach + display] as number;
  }

  /** When the order came, as a number that rises. */
  arrivalOf(order: number): number {
    return this.#doubles[order * doublesEach + arrival] as number;
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
    const at = order * doublesEach;
    this.#doubles[at + price] = limit;
    this.#doubles[at + display] = displayed;
    this.#doubles[at + arrival] = arrived;
    this.#ints[order * intsEach + terms] = conditions;
  }

  termsOf(order: number): number {
    return this.#ints[order * intsEach + terms] as number;
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
    return this.#ints[order * intsEach + level] as number;
  }

  setLevel(order: number, at: number): void {
    this.#ints[order * intsEach + level] = at;
  }
}
