/*
 * Branch and bound over sets of bids as bits, for packings where most bids conflict. The bound is a weighted clique cover: cliques of
 * conflicting bids, each as heavy as its heaviest bid, so that only bids beyond what the cover explains need be branched on (Babel, "A fast
 * algorithm for the maximum weight clique problem", Computing 52 (1994); Held, Cook and Sewell, "Maximum-weight stable sets and safe lower
 * bounds for graph coloring", Mathematical Programming Computation 4 (2012)).
 */
import type { Budget } from './budget.ts';
import type { ConflictGraph } from './conflict-graph.ts';
import { byScore } from './local-search.ts';
import { type Packing, rowsOfBid, type Selection } from './packing.ts';
import { type Proof, type ProofLog, unlogged } from './proof.ts';

/** What an enumeration came to. */
export interface Enumeration {
  /** A selection worth more than the floor, if there is one and it was found. */
  readonly selection: Selection | undefined;
  /** Why nothing is worth more; `undefined` where the budget ran out first. */
  readonly proof: Proof | undefined;
}

const noRows = new Int32Array(0);
const noPrices = new Float64Array(0);

/** The best selection worth more than `floor`. */
export function enumerate(
  packing: Packing,
  graph: ConflictGraph,
  floor: number,
  budget: Budget,
  log?: ProofLog,
): Enumeration {
  const search = new Enumerator(packing, graph, floor, budget, log);
  const proof = search.run();
  return { selection: search.best, proof };
}

/** Cliques and what each weighs. */
interface Cover {
  readonly cliques: (readonly number[])[];
  readonly prices: number[];
}

class Enumerator {
  best: Selection | undefined;
  readonly #budget: Budget;
  readonly #size: number;
  readonly #words: number;
  /** Bids are renumbered so that the heaviest come first. */
  readonly #order: Int32Array;
  readonly #weight: Float64Array;
  /** By bid, the bids it conflicts with. */
  readonly #conflicts: Int32Array;
  readonly #sharedRows: readonly (readonly number[])[];
  readonly #room: Int32Array;
  readonly #stack: Int32Array[] = [];
  readonly #residual: Float64Array;
  readonly #rest: Int32Array;
  readonly #pool: Int32Array;
  readonly #chosen: number[] = [];
  /** The bids of the whole packing that these are. */
  readonly #names: Int32Array;
  readonly #log: ProofLog | undefined;
  #cover: Cover | undefined;
  #floor: number;

  constructor(
    packing: Packing,
    { conflicts, sharedRows }: ConflictGraph,
    floor: number,
    budget: Budget,
    log: ProofLog | undefined,
  ) {
    this.#budget = budget;
    this.#log = log;
    this.#floor = floor;
    this.#size = packing.bids;
    this.#words = conflicts.words;
    this.#order = byScore(packing.values);
    this.#names = this.#order.map((bid) => packing.origin.bids[bid] as number);
    this.#weight = Float64Array.from(this.#order, (bid) => packing.values[bid] as number);
    this.#residual = new Float64Array(this.#size);
    this.#rest = new Int32Array(this.#words);
    this.#pool = new Int32Array(this.#words);
    const rank = new Int32Array(this.#size);
    for (const [index, bid] of this.#order.entries()) rank[bid] = index;
    this.#conflicts = new Int32Array(this.#size * this.#words);
    for (const [index, bid] of this.#order.entries()) {
      for (let word = 0; word < this.#words; word++) {
        let bits = conflicts.bits[bid * this.#words + word] as number;
        while (bits !== 0) {
          const other = rank[(word << 5) + 31 - Math.clz32(bits & -bits)] as number;
          bits &= bits - 1;
          const at = index * this.#words + (other >>> 5);
          this.#conflicts[at] = (this.#conflicts[at] as number) | (1 << (other & 31));
        }
      }
    }
    const shared = new Set(sharedRows);
    this.#sharedRows = Array.from(this.#order, (bid) => [...rowsOfBid(packing, bid)].filter((row) => shared.has(row)));
    this.#room = packing.capacity.slice();
  }

  run(): Proof | undefined {
    const all = this.#frame(0);
    for (let bid = 0; bid < this.#size; bid++) all[bid >>> 5] = (all[bid >>> 5] as number) | (1 << (bid & 31));
    return this.#expand(0, 0);
  }

  #frame(depth: number): Int32Array {
    let frame = this.#stack[depth];
    if (frame === undefined) {
      frame = new Int32Array(this.#words);
      this.#stack[depth] = frame;
    }
    return frame;
  }

  /** Looks at every way to add bids of the frame at this depth to those chosen, which are worth `value`. */
  #expand(depth: number, value: number): Proof | undefined {
    if (!this.#budget.take(256)) return undefined;
    if (value > this.#floor) this.#keep(value);
    const open = this.#frame(depth);
    const branching = this.#unexplained(open, this.#floor - value);
    const none = this.#explanation();
    const bids: number[] = [];
    const taken: Proof[] = [];
    const words = this.#words;
    for (const bid of branching) {
      // Bids branched on before are out; all others may come along.
      const weight = this.#weight[bid] as number;
      open[bid >>> 5] = (open[bid >>> 5] as number) & ~(1 << (bid & 31));
      if (!this.#hasRoom(bid)) continue;
      const next = this.#frame(depth + 1);
      const offset = bid * words;
      for (let word = 0; word < words; word++) {
        next[word] = (open[word] as number) & ~(this.#conflicts[offset + word] as number);
      }
      this.#choose(bid);
      const proof = this.#expand(depth + 1, value + weight);
      this.#unchoose(bid);
      if (!proof) return undefined;
      bids.push(this.#names[bid] as number);
      taken.push(proof);
    }
    return bids.length === 0 || none === unlogged ? none : { kind: 'branched', bids, taken, none };
  }

  /** What covers the bids that need not be branched on. */
  #explanation(): Proof {
    if (this.#cover === undefined) return unlogged;
    const { cliques, prices } = this.#cover;
    return {
      kind: 'priced',
      rows: noRows,
      rowPrices: noPrices,
      cliques,
      cliquePrices: Float64Array.from(prices),
      fraction: 1,
      beat: 0,
      next: undefined,
    };
  }

  /**
   * The bids that must be branched on: the rest, without them, is covered by cliques of a total weight of no more than `allowance`. Each
   * clique takes the least residual weight of its members off all of them, until nothing is left that the allowance does not cover.
   */
  #unexplained(open: Int32Array, allowance: number): number[] {
    const words = this.#words;
    const residual = this.#residual;
    const conflicts = this.#conflicts;
    const rest = this.#rest;
    rest.set(open);
    const pool = this.#pool;
    let left = allowance;
    this.#cover = this.#log?.fits(16) ? { cliques: [], prices: [] } : undefined;
    for (let word = 0; word < words; word++) {
      let bits = rest[word] as number;
      while (bits !== 0) {
        const bid = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        residual[bid] = this.#weight[bid] as number;
      }
    }
    const clique: number[] = [];
    for (;;) {
      // Start from the bid that has least left: it is the one that this clique will finish.
      let first = -1;
      for (let word = 0; word < words; word++) {
        let bits = rest[word] as number;
        while (bits !== 0) {
          const bid = (word << 5) + 31 - Math.clz32(bits & -bits);
          bits &= bits - 1;
          if (first < 0 || (residual[bid] as number) < (residual[first] as number)) first = bid;
        }
      }
      if (first < 0) return [];
      const weight = residual[first] as number;
      if (weight > left) break;
      left -= weight;
      clique.length = 0;
      clique.push(first);
      let offset = first * words;
      for (let word = 0; word < words; word++)
        pool[word] = (rest[word] as number) & (conflicts[offset + word] as number);
      for (;;) {
        let heaviest = -1;
        for (let word = 0; word < words; word++) {
          let bits = pool[word] as number;
          while (bits !== 0) {
            const bid = (word << 5) + 31 - Math.clz32(bits & -bits);
            bits &= bits - 1;
            if (heaviest < 0 || (residual[bid] as number) > (residual[heaviest] as number)) heaviest = bid;
          }
        }
        if (heaviest < 0) break;
        clique.push(heaviest);
        offset = heaviest * words;
        for (let word = 0; word < words; word++)
          pool[word] = (pool[word] as number) & (conflicts[offset + word] as number);
      }
      if (this.#cover !== undefined) this.#write(this.#cover, clique, weight);
      for (const bid of clique) {
        residual[bid] = (residual[bid] as number) - weight;
        if ((residual[bid] as number) === 0) rest[bid >>> 5] = (rest[bid >>> 5] as number) & ~(1 << (bid & 31));
      }
    }
    const branching: number[] = [];
    for (let word = 0; word < words; word++) {
      let bits = rest[word] as number;
      while (bits !== 0) {
        branching.push((word << 5) + 31 - Math.clz32(bits & -bits));
        bits &= bits - 1;
      }
    }
    return branching;
  }

  #write(cover: Cover, clique: readonly number[], weight: number): void {
    if (!this.#log?.fits(clique.length + 16)) {
      this.#cover = undefined;
      return;
    }
    // Plain arrays: short typed ones take longer to make.
    const named: number[] = [];
    for (let at = 0; at < clique.length; at++) named.push(this.#names[clique[at] as number] as number);
    cover.cliques.push(named);
    cover.prices.push(weight);
  }

  #hasRoom(bid: number): boolean {
    return (this.#sharedRows[bid] as readonly number[]).every((row) => (this.#room[row] as number) > 0);
  }

  #choose(bid: number): void {
    this.#chosen.push(this.#order[bid] as number);
    for (const row of this.#sharedRows[bid] as readonly number[]) this.#room[row] = (this.#room[row] as number) - 1;
  }

  #unchoose(bid: number): void {
    this.#chosen.pop();
    for (const row of this.#sharedRows[bid] as readonly number[]) this.#room[row] = (this.#room[row] as number) + 1;
  }

  #keep(value: number): void {
    this.#floor = value;
    this.best = { bids: [...this.#chosen].sort((a, b) => a - b), value };
  }
}
