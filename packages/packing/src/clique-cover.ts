/*
 * What some sets are worth at most: cliques of conflicting sets, each as heavy as its heaviest set, explain them, and rows of several copies
 * do where they explain more. Sets beyond what is allowed for stay unexplained (Babel, "A fast algorithm for the maximum weight clique
 * problem", Computing 52 (1994); Held, Cook and Sewell, "Maximum-weight stable sets and safe lower bounds for graph coloring",
 * Mathematical Programming Computation 4 (2012)).
 */
import { popcount } from './bitset.ts';
import type { Budget } from './budget.ts';
import { type Proof, type ProofLog, unlogged } from './proof.ts';

/** Sets to cover, the heaviest first, as bits. */
export interface Coverable {
  readonly weight: Float64Array;
  readonly words: number;
  /** By set, the sets it conflicts with. */
  readonly conflicts: Int32Array;
  /** By set, the rows of several copies that it wants one of. */
  readonly sharedRows: readonly (readonly number[])[];
  /** By row, the copies that are left now. */
  readonly room: Int32Array;
  /** What sets and rows are called in a proof. */
  readonly names: Int32Array;
  readonly rowNames: Int32Array;
}

/** So many members of a clique are chosen by what is left of them; in longer ones the order of sets will do. */
const chosenWithCare = 8;
/** A long clique serves again for as long as this share of it is left. */
const worthKeeping = 0.75;

export class CliqueCover {
  readonly #sets: Coverable;
  readonly #budget: Budget;
  readonly #log: ProofLog | undefined;
  /** What is left of each set's weight. */
  readonly #residual: Float64Array;
  /** Sets that are not explained yet, as a list and as bits. */
  readonly #rest: Int32Array;
  readonly #restBits: Int32Array;
  readonly #pool: Int32Array;
  readonly #poolBits: Int32Array;
  /** By row of several copies, the sets that want one. */
  readonly #wanting = new Map<number, Int32Array>();
  /** The cover as a proof has it: cliques, and by row what a copy weighs. */
  readonly #cliques: number[] = [];
  readonly #rows = new Map<number, number>();
  #isWritten = false;

  constructor(sets: Coverable, budget: Budget, log: ProofLog | undefined) {
    const { words, weight, sharedRows } = sets;
    this.#sets = sets;
    this.#budget = budget;
    this.#log = log;
    this.#residual = new Float64Array(weight.length);
    this.#rest = new Int32Array(weight.length);
    this.#pool = new Int32Array(weight.length);
    this.#restBits = new Int32Array(words);
    this.#poolBits = new Int32Array(words);
    for (const [set, rows] of sharedRows.entries()) {
      for (const row of rows) {
        const wanting = this.#wanting.get(row) ?? new Int32Array(words);
        wanting[set >>> 5] = (wanting[set >>> 5] as number) | (1 << (set & 31));
        this.#wanting.set(row, wanting);
      }
    }
  }

  /**
   * The sets that must be branched on: the open ones without them are worth no more than `allowance`. Each clique takes the least that is left
   * of a member off all of them, until nothing is left that the allowance covers. `undefined` where the budget ran out.
   */
  unexplained(open: Int32Array, allowance: number): readonly number[] | undefined {
    const { weight, words } = this.#sets;
    const residual = this.#residual;
    const rest = this.#rest;
    this.#isWritten = this.#log?.fits(8) ?? false;
    this.#cliques.length = 0;
    this.#rows.clear();
    this.#restBits.set(open);
    let many = 0;
    // Start from the set that has least left: it is the one that this clique will finish.
    let first = -1;
    let least = Infinity;
    for (let word = 0; word < words; word++) {
      let bits = open[word] as number;
      while (bits !== 0) {
        const set = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const each = weight[set] as number;
        residual[set] = each;
        rest[many++] = set;
        if (each >= least) continue;
        least = each;
        first = set;
      }
    }
    let left = allowance;
    let clique: number[] = [];
    let made = 0;
    while (many > 0 && least <= left) {
      if (clique.length <= chosenWithCare || clique.length < worthKeeping * made || !clique.includes(first)) {
        clique = this.#cliqueAround(first);
        made = clique.length;
        if (!this.#budget.worked(many + made * words)) return undefined;
      }
      const row = this.#wanting.size === 0 ? -1 : this.#sharedBy(first, clique.length);
      const cost = row < 0 ? Infinity : least * (this.#sets.room[row] as number);
      if (cost <= left) {
        left -= cost;
        this.#writeRow(row, least);
        this.#lower(row, many, least);
      } else {
        left -= least;
        this.#write(clique, least);
        for (let at = 0; at < clique.length; at++) {
          const set = clique[at] as number;
          residual[set] = (residual[set] as number) - least;
        }
      }
      let kept = 0;
      least = Infinity;
      for (let at = 0; at < many; at++) {
        const set = rest[at] as number;
        const each = residual[set] as number;
        if (each === 0) {
          this.#restBits[set >>> 5] = (this.#restBits[set >>> 5] as number) & ~(1 << (set & 31));
          continue;
        }
        rest[kept++] = set;
        if (each >= least) continue;
        least = each;
        first = set;
      }
      many = kept;
      if (clique.length > chosenWithCare) clique = clique.filter((set) => residual[set] !== 0);
    }
    return Array.from(rest.subarray(0, many));
  }

  /** What covers the sets that need not be branched on. */
  explanation(): Proof {
    if (!this.#isWritten) return unlogged;
    return {
      kind: 'covered',
      rows: Array.from(this.#rows.keys(), (row) => this.#sets.rowNames[row] as number),
      rowPrices: [...this.#rows.values()],
      cliques: this.#cliques.slice(),
    };
  }

  /** A clique of what is not explained: the set, then always the one that has most left. */
  #cliqueAround(first: number): number[] {
    const { words, conflicts } = this.#sets;
    const residual = this.#residual;
    const pool = this.#pool;
    const clique = [first];
    let pooled = 0;
    let next = -1;
    let most = -1;
    for (let word = 0, at = first * words; word < words; word++, at++) {
      let bits = (this.#restBits[word] as number) & (conflicts[at] as number);
      while (bits !== 0) {
        const set = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        pool[pooled++] = set;
        const each = residual[set] as number;
        if (each <= most) continue;
        most = each;
        next = set;
      }
    }
    while (next >= 0) {
      clique.push(next);
      if (clique.length > chosenWithCare) return this.#lengthened(clique, pooled);
      const offset = next * words;
      let kept = 0;
      next = -1;
      most = -1;
      for (let at = 0; at < pooled; at++) {
        const set = pool[at] as number;
        if ((((conflicts[offset + (set >>> 5)] as number) >>> (set & 31)) & 1) === 0) continue;
        pool[kept++] = set;
        const each = residual[set] as number;
        if (each <= most) continue;
        most = each;
        next = set;
      }
      pooled = kept;
    }
    return clique;
  }

  /** The clique made maximal among so many of the pool, in their order. */
  #lengthened(clique: number[], pooled: number): number[] {
    const { words, conflicts } = this.#sets;
    const open = this.#poolBits.fill(0);
    for (let at = 0; at < pooled; at++) {
      const set = this.#pool[at] as number;
      open[set >>> 5] = (open[set >>> 5] as number) | (1 << (set & 31));
    }
    let last = clique[clique.length - 1] as number;
    for (let word = 0; word < words; ) {
      for (let at = word, of = last * words + word; at < words; at++, of++) {
        open[at] = (open[at] as number) & (conflicts[of] as number);
      }
      while (word < words && open[word] === 0) word += 1;
      if (word === words) break;
      const bits = open[word] as number;
      last = (word << 5) + 31 - Math.clz32(bits & -bits);
      clique.push(last);
    }
    return clique;
  }

  /** The row of a set that explains more of the rest for its price than so many sets that conflict; -1 where none does. */
  #sharedBy(set: number, conflicting: number): number {
    let best = -1;
    let most = conflicting;
    for (const row of this.#sets.sharedRows[set] as readonly number[]) {
      const wanting = this.#wanting.get(row) as Int32Array;
      let count = 0;
      for (const [word, bits] of wanting.entries()) count += popcount(bits & (this.#restBits[word] as number));
      const each = count / (this.#sets.room[row] as number);
      if (each <= most) continue;
      most = each;
      best = row;
    }
    return best;
  }

  #lower(row: number, many: number, by: number): void {
    const wanting = this.#wanting.get(row) as Int32Array;
    const residual = this.#residual;
    for (let at = 0; at < many; at++) {
      const set = this.#rest[at] as number;
      const wants = (((wanting[set >>> 5] as number) >>> (set & 31)) & 1) === 1;
      if (wants) residual[set] = (residual[set] as number) - by;
    }
  }

  #write(clique: readonly number[], weight: number): void {
    if (!this.#isWritten) return;
    this.#isWritten = this.#log?.fits(clique.length + 2) ?? false;
    const cliques = this.#cliques;
    cliques.push(weight, clique.length);
    for (let at = 0; at < clique.length; at++) cliques.push(this.#sets.names[clique[at] as number] as number);
  }

  #writeRow(row: number, weight: number): void {
    this.#rows.set(row, (this.#rows.get(row) ?? 0) + weight);
  }
}
