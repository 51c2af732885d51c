/*
 * Iterated local search for packings of single things: a set comes in by force, whatever gains over what is in its way follows, and the
 * result stays if it is no worse than what was there, or now and then anyway. Nogueira, Pinheiro and Subramanian, "A hybrid iterated local
 * search heuristic for the maximum weight independent set problem", Optimization Letters 12 (2018).
 */
import type { Budget } from './budget.ts';
import type { ConflictGraph } from './conflict-graph.ts';
import type { Selection } from './packing.ts';

/** How the search goes on. */
export interface Iteration {
  /** The sets that may come in. */
  readonly among: Int32Array;
  readonly rounds: number;
  /** Nothing is worth more. */
  readonly enough?: number;
  readonly budget?: Budget;
}

/** One round in so many brings in several sets, and in so many keeps what is worse. */
const several = 16;
const worse = 256;
/** Rounds without anything better after which it goes back to the best. */
const patience = 2000;
const roundsBetweenLooks = 64;

/**
 * The best selection found on the way from the given one. No row may have several copies: only conflicts are looked at. The way is the same
 * every time.
 */
export function iterated(values: Float64Array, graph: ConflictGraph, start: Selection, how: Iteration): Selection {
  return how.among.length === 0 ? start : new IteratedSearch(values, graph, start, how.among).run(how);
}

class IteratedSearch {
  #value = 0;
  readonly #values: Float64Array;
  readonly #bits: Int32Array;
  readonly #words: number;
  readonly #chosen: Int32Array;
  /** By set, what it is worth more than what is in its way. */
  readonly #gain: Float64Array;
  /** What came in and, as its complement, what went out since the last selection that was kept. */
  readonly #journal: number[] = [];
  /** Sets whose gain became positive. */
  readonly #rising: number[] = [];
  #word = 0x9e3779b9;

  constructor(values: Float64Array, { conflicts }: ConflictGraph, start: Selection, among: Int32Array) {
    this.#values = values;
    this.#bits = conflicts.bits;
    this.#words = conflicts.words;
    this.#chosen = new Int32Array(conflicts.words);
    this.#gain = new Float64Array(values.length).fill(-Infinity);
    for (const set of among) this.#gain[set] = values[set] as number;
    for (const set of start.sets) this.#add(set);
  }

  run({ among, rounds, enough = Infinity, budget }: Iteration): Selection {
    this.#climb(-1);
    let best = this.#selection();
    let current = best.value;
    let since = 0;
    for (let round = 1; round <= rounds && best.value < enough; round++) {
      if (round % roundsBetweenLooks === 0 && budget?.look() === false) break;
      this.#journal.length = 0;
      this.#climb(this.#disturb(among));
      since += 1;
      if (this.#value > best.value) {
        best = this.#selection();
        since = 0;
      }
      if (this.#value < current && this.#random(worse) > 0) this.#revert();
      else if (since > patience) {
        this.#become(best);
        since = 0;
      }
      current = this.#value;
    }
    return best;
  }

  /** Brings in a set, or several; gives the last. */
  #disturb(among: Int32Array): number {
    let last = -1;
    for (let times = this.#random(several) === 0 ? 2 + this.#random(3) : 1; times > 0; times--) {
      const set = among[this.#random(among.length)] as number;
      if (this.#isChosen(set)) continue;
      this.#force(set);
      last = set;
    }
    return last;
  }

  #random(below: number): number {
    let word = this.#word;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    this.#word = word;
    return (word >>> 0) % below;
  }

  #isChosen(set: number): boolean {
    return (((this.#chosen[set >>> 5] as number) >>> (set & 31)) & 1) === 1;
  }

  /** Brings in what gains most, until nothing gains that leaves a locked set where it is. */
  #climb(locked: number): void {
    const rising = this.#rising;
    while (rising.length > 0) {
      let best = -1;
      let most = 0;
      let kept = 0;
      for (let at = 0; at < rising.length; at++) {
        const set = rising[at] as number;
        const gain = this.#gain[set] as number;
        if (gain <= 0 || this.#isChosen(set)) continue;
        rising[kept++] = set;
        if (gain <= most) continue;
        if (locked >= 0 && this.#inConflict(set, locked)) continue;
        most = gain;
        best = set;
      }
      rising.length = kept;
      if (best < 0) break;
      this.#force(best);
    }
    rising.length = 0;
  }

  #inConflict(one: number, other: number): boolean {
    return (((this.#bits[one * this.#words + (other >>> 5)] as number) >>> (other & 31)) & 1) === 1;
  }

  /** Brings in a set for those in its way. */
  #force(set: number): void {
    const words = this.#words;
    for (let word = 0, at = set * words; word < words; word++, at++) {
      let bits = (this.#chosen[word] as number) & (this.#bits[at] as number);
      while (bits !== 0) {
        const other = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        this.#remove(other);
        this.#journal.push(~other);
      }
    }
    this.#add(set);
    this.#journal.push(set);
  }

  #add(set: number): void {
    this.#chosen[set >>> 5] = (this.#chosen[set >>> 5] as number) | (1 << (set & 31));
    this.#pay(set, -(this.#values[set] as number));
  }

  #remove(set: number): void {
    this.#chosen[set >>> 5] = (this.#chosen[set >>> 5] as number) & ~(1 << (set & 31));
    this.#pay(set, this.#values[set] as number);
  }

  /** What a set is worth goes from the selection to the gains of those it is in the way of, or back. */
  #pay(set: number, worth: number): void {
    this.#value -= worth;
    const words = this.#words;
    const gain = this.#gain;
    for (let word = 0, at = set * words; word < words; word++, at++) {
      let bits = this.#bits[at] as number;
      while (bits !== 0) {
        const other = (word << 5) + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const before = gain[other] as number;
        gain[other] = before + worth;
        if (before <= 0 && before + worth > 0) this.#rising.push(other);
      }
    }
  }

  #revert(): void {
    const journal = this.#journal;
    while (journal.length > 0) {
      const entry = journal.pop() as number;
      if (entry < 0) this.#add(~entry);
      else this.#remove(entry);
    }
    this.#rising.length = 0;
  }

  #become({ sets }: Selection): void {
    for (const set of this.#selection().sets) this.#remove(set);
    for (const set of sets) this.#add(set);
    this.#rising.length = 0;
  }

  #selection(): Selection {
    const sets: number[] = [];
    for (let set = 0; set < this.#values.length; set++) if (this.#isChosen(set)) sets.push(set);
    return { sets, value: this.#value };
  }
}
