import { none, type OrderPool } from './order-pool.ts';
import type { OrderId } from './order-request.ts';

const firstCapacity = 128;
/** An entry that would be further than this from where it belongs goes to the overflow: ids may be made to collide. */
const furthest = 64;
/** Counts of what is in the overflow, by the lowest bits of its hash: looking there for what is not shows in the speed. */
const crowdings = 1024;
const charactersHashed = 32;

/**
 * Finds orders by id: a hash table with open addressing, of hashes and places only. Adding 700,000 texts took it a third of the time
 * that a `Map` took. Ids that were chosen to collide end up in a `Map`, whose hash is secret.
 */
export class OrderIndex {
  readonly #orders: OrderPool;
  readonly #overflow = new Map<OrderId, number>();
  readonly #crowded = new Int32Array(crowdings);
  /** Pairs of a hash and a place plus one; 0 where there is nothing. */
  #table = new Int32Array(2 * firstCapacity);
  #mask = firstCapacity - 1;
  #inTable = 0;
  /** What was looked for last: it is what is added next. */
  #sought: OrderId = 0;
  #soughtHash = hashOf(0);

  constructor(orders: OrderPool) {
    this.#orders = orders;
  }

  get size(): number {
    return this.#inTable + this.#overflow.size;
  }

  /** The place of an order, or `none`. */
  find(id: OrderId): number {
    const hash = hashOf(id);
    this.#sought = id;
    this.#soughtHash = hash;
    const table = this.#table;
    const mask = this.#mask;
    const { ids } = this.#orders;
    for (let step = 0; step < furthest; step++) {
      const at = 2 * ((hash + step) & mask);
      const place = table[at + 1] as number;
      if (place === 0) break;
      if (table[at] === hash && ids[place - 1] === id) return place - 1;
    }
    return this.#crowded[hash & (crowdings - 1)] === 0 ? none : (this.#overflow.get(id) ?? none);
  }

  /** Adds an order whose id is not there. */
  add(place: number): void {
    if (2 * (this.#inTable + 1) > this.#mask) this.#double();
    const id = this.#orders.ids[place] as OrderId;
    const hash = id === this.#sought ? this.#soughtHash : hashOf(id);
    this.#orders.setHash(place, hash);
    this.#insert(hash, place);
  }

  /** Takes an order out that is there. */
  delete(place: number): void {
    const hash = this.#orders.hashOf(place);
    const table = this.#table;
    for (let step = 0; step < furthest; step++) {
      const entry = (hash + step) & this.#mask;
      const found = table[2 * entry + 1] as number;
      if (found === place + 1) {
        this.#close(entry);
        return;
      }
      if (found === 0) break;
    }
    if (this.#overflow.delete(this.#orders.ids[place] as OrderId)) this.#crowd(hash, -1);
  }

  #insert(hash: number, place: number): void {
    const table = this.#table;
    for (let step = 0; step < furthest; step++) {
      const at = 2 * ((hash + step) & this.#mask);
      if (table[at + 1] !== 0) continue;
      table[at] = hash;
      table[at + 1] = place + 1;
      this.#inTable += 1;
      return;
    }
    this.#overflow.set(this.#orders.ids[place] as OrderId, place);
    this.#crowd(hash, 1);
  }

  #crowd(hash: number, more: 1 | -1): void {
    const at = hash & (crowdings - 1);
    this.#crowded[at] = (this.#crowded[at] as number) + more;
  }

  /** Empties an entry and moves up those behind it that stand further from where they belong (Knuth 6.4, algorithm R). */
  #close(entry: number): void {
    const table = this.#table;
    const mask = this.#mask;
    let gap = entry;
    for (let next = (gap + 1) & mask; table[2 * next + 1] !== 0; next = (next + 1) & mask) {
      const hash = table[2 * next] as number;
      if (((next - hash) & mask) < ((next - gap) & mask)) continue;
      table[2 * gap] = hash;
      table[2 * gap + 1] = table[2 * next + 1] as number;
      gap = next;
    }
    table[2 * gap + 1] = 0;
    this.#inTable -= 1;
  }

  #double(): void {
    const old = this.#table;
    const crowded = [...this.#overflow.values()];
    this.#table = new Int32Array(2 * old.length);
    this.#mask = old.length - 1;
    this.#inTable = 0;
    this.#overflow.clear();
    this.#crowded.fill(0);
    for (let at = 0; at < old.length; at += 2) {
      const place = (old[at + 1] as number) - 1;
      if (place !== none) this.#insert(old[at] as number, place);
    }
    for (const place of crowded) this.#insert(this.#orders.hashOf(place), place);
  }
}

/** Ids that differ only in so many lowest bits, of the number or of the last character, belong side by side. */
const neighbourBits = 2;

/**
 * All of a short text, both ends of a long one. Ids often count up: neighbours stand side by side, so that most additions touch memory that
 * the last one has touched, which showed in the speed.
 */
function hashOf(id: OrderId): number {
  if (typeof id === 'number') {
    const low = id | 0;
    return beside(mixed((low >>> neighbourBits) ^ (id / 2 ** 32)), low);
  }
  const last = id.length - 1;
  const head = Math.min(last, charactersHashed);
  let hash = last;
  for (let at = 0; at < head; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  for (let at = Math.max(head, last + 1 - charactersHashed); at < last; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  const ending = last < 0 ? 0 : id.charCodeAt(last);
  return beside(mixed(hash ^ (ending >>> neighbourBits)), ending);
}

/** A hash whose lowest bits are those of an id. */
function beside(hash: number, id: number): number {
  return (hash << neighbourBits) | (id & ((1 << neighbourBits) - 1));
}

/** The end of Murmur3: every bit of the input bears on every bit of the result. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
