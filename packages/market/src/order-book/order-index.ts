import { none, type OrderId, type OrderPool } from './order-pool.ts';

const firstCapacity = 128;
/** An entry that would be further than this from where it belongs goes to the overflow: ids may be made to collide. */
const furthest = 32;
const charactersHashed = 32;

/**
 * Finds orders by id: a hash table with open addressing, of hashes and places only. Adding 700,000 texts took it a third of the time
 * that a `Map` took. Ids that were chosen to collide end up in a `Map`, whose hash is secret.
 */
export class OrderIndex {
  readonly #orders: OrderPool;
  readonly #overflow = new Map<OrderId, number>();
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
    return this.#overflow.size === 0 ? none : (this.#overflow.get(id) ?? none);
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
    this.#overflow.delete(this.#orders.ids[place] as OrderId);
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
    for (let at = 0; at < old.length; at += 2) {
      const place = (old[at + 1] as number) - 1;
      if (place !== none) this.#insert(old[at] as number, place);
    }
    for (const place of crowded) this.#insert(this.#orders.hashOf(place), place);
  }
}

/** All of a short text, both ends of a long one. */
function hashOf(id: OrderId): number {
  if (typeof id === 'number') return mixed(id ^ (id / 2 ** 32));
  const { length } = id;
  let hash = length;
  const head = Math.min(length, charactersHashed);
  for (let at = 0; at < head; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  for (let at = Math.max(head, length - charactersHashed); at < length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return mixed(hash);
}

/** The end of Murmur3: every bit of the input bears on every bit of the result. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
