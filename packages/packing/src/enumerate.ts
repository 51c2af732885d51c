/*
 * Branch and bound over selections as bits, for packings where most sets conflict. The bound is a weighted cover by cliques, so that only
 * sets beyond what the cover explains need be branched on (see clique-cover.ts).
 */
import type { Budget } from './budget.ts';
import { CliqueCover } from './clique-cover.ts';
import type { ConflictGraph } from './conflict-graph.ts';
import { byScore } from './local-search.ts';
import { type Packing, rowsOfSet, type Selection } from './packing.ts';
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
  /** Sets are renumbered so that the heaviest come first. */
  readonly #order: Int32Array;
  readonly #weight: Float64Array;
  /** By set, the sets it conflicts with. */
  readonly #conflicts: Int32Array;
  readonly #sharedRows: readonly (readonly number[])[];
  readonly #room: Int32Array;
  readonly #stack: Int32Array[] = [];
  readonly #chosen: number[] = [];
  readonly #cover: CliqueCover;
  /** The sets of the whole packing that these are. */
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
    this.#size = packing.sets;
    this.#words = conflicts.words;
    this.#order = byScore(packing.values);
    this.#names = this.#order.map((set) => packing.origin.sets[set] as number);
    this.#weight = Float64Array.from(this.#order, (set) => packing.values[set] as number);
    const rank = new Int32Array(this.#size);
    for (const [index, set] of this.#order.entries()) rank[set] = index;
    this.#conflicts = new Int32Array(this.#size * this.#words);
    for (const [index, set] of this.#order.entries()) {
      for (let word = 0; word < this.#words; word++) {
        let bits = conflicts.bits[set * this.#words + word] as number;
        while (bits !== 0) {
          const other = rank[(word << 5) + 31 - Math.clz32(bits & -bits)] as number;
          bits &= bits - 1;
          const at = index * this.#words + (other >>> 5);
          this.#conflicts[at] = (this.#conflicts[at] as number) | (1 << (other & 31));
        }
      }
    }
    const shared = new Set(sharedRows);
    this.#sharedRows = Array.from(this.#order, (set) => [...rowsOfSet(packing, set)].filter((row) => shared.has(row)));
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
    for (let set = 0; set < this.#size; set++) all[set >>> 5] = (all[set >>> 5] as number) | (1 << (set & 31));
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

  /** Looks at every way to add sets of the frame at this depth to those chosen, which are worth `value`. */
  #expand(depth: number, value: number): Proof | undefined {
    if (!this.#budget.take(256)) return undefined;
    if (value > this.#floor) this.#keep(value);
    const open = this.#frame(depth);
    const branching = this.#cover.unexplained(open, this.#floor - value);
    if (!branching) return undefined;
    const none = this.#cover.explanation();
    const sets: number[] = [];
    const taken: Proof[] = [];
    const words = this.#words;
    for (const set of branching) {
      // Sets branched on before are out; all others may come along.
      const weight = this.#weight[set] as number;
      open[set >>> 5] = (open[set >>> 5] as number) & ~(1 << (set & 31));
      if (!this.#hasRoom(set)) continue;
      const next = this.#frame(depth + 1);
      const offset = set * words;
      for (let word = 0; word < words; word++) {
        next[word] = (open[word] as number) & ~(this.#conflicts[offset + word] as number);
      }
      this.#choose(set);
      const proof = this.#expand(depth + 1, value + weight);
      this.#unchoose(set);
      if (!proof) return undefined;
      sets.push(this.#names[set] as number);
      taken.push(proof);
    }
    return sets.length === 0 || none === unlogged ? none : { kind: 'branched', sets, taken, none };
  }

  #hasRoom(set: number): boolean {
    return (this.#sharedRows[set] as readonly number[]).every((row) => (this.#room[row] as number) > 0);
  }

  #choose(set: number): void {
    this.#chosen.push(this.#order[set] as number);
    for (const row of this.#sharedRows[set] as readonly number[]) this.#room[row] = (this.#room[row] as number) - 1;
  }

  #unchoose(set: number): void {
    this.#chosen.pop();
    for (const row of this.#sharedRows[set] as readonly number[]) this.#room[row] = (this.#room[row] as number) + 1;
  }

  #keep(value: number): void {
    this.#floor = value;
    this.best = { sets: [...this.#chosen].sort((a, b) => a - b), value };
  }
}
