/*
 * Branch and bound over sets of bids as bits, for packings where most bids conflict. The bound is a weighted cover by cliques, so that only
 * bids beyond what the cover explains need be branched on (see clique-cover.ts).
 */
import type { Budget } from './budget.ts';
import { CliqueCover } from './clique-cover.ts';
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
  readonly #chosen: number[] = [];
  readonly #cover: CliqueCover;
  /** The bids of the whole packing that these are. */
  readonly #names: Int32Array;
  #floor: number;

  constructor(
    packing: Packing,
    { conflicts, sharedRows }: ConflictGraph,
    floor: number,
    budget: Budget,
    log: ProofLog | undefined,
  ) {
    this.#budget = budget;
    this.#floor = floor;
    this.#size = packing.bids;
    this.#words = conflicts.words;
    this.#order = byScore(packing.values);
    this.#names = this.#order.map((bid) => packing.origin.bids[bid] as number);
    this.#weight = Float64Array.from(this.#order, (bid) => packing.values[bid] as number);
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
    const coverable = {
      weight: this.#weight,
      words: this.#words,
      conflicts: this.#conflicts,
      sharedRows: this.#sharedRows,
      room: this.#room,
      names: this.#names,
      rowNames: packing.origin.rows,
    };
    this.#cover = new CliqueCover(coverable, budget, log);
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
    const branching = this.#cover.unexplained(open, this.#floor - value);
    if (!branching) return undefined;
    const none = this.#cover.explanation();
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
