/*
 * A second look at a bound, from what the search wrote down (proof.ts): every selection falls under one of its cases, and in each of them
 * prices show that it is worth no more. Weak duality: whatever the prices, as long as none is negative, no selection is worth more than all
 * room at these prices together with what sets offer above the price of what they need. Nothing here is shared with the search but the
 * sets and what is written.
 */
import { refusedProof } from './errors.ts';
import type { Packing } from './packing.ts';
import type { Branched, Covered, Parted, Priced, Proof, Reduced, ReductionStep } from './proof.ts';

/** Whether all of the bound was confirmed, or no more than that the selection is one. */
export type Checked = 'bound' | 'feasibility';

/** The sums of doubles that are exact. */
const mostExact = 2 ** 53;
/** So many ways are tried where trying is the proof. */
const mostTried = 1 << 20;

/**
 * Confirms that nothing is worth more than `most`; `feasibility` where the proof is not complete, for want of room to write it down.
 *
 * @throws PackingError `refused-proof` where the proof is wrong.
 *
 * @example
 * ```ts
 * import { packingOf, recheckBound } from '@mechane/packing';
 *
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * // Row 0 at 28 and row 1 at 20 come to 48, and no set is worth more than its rows cost.
 * const proof = { kind: 'covered', rows: [0, 1], rowPrices: [28, 20], cliques: [] } as const;
 * recheckBound(packing, 48, proof); // => 'bound'
 * let refused = '';
 * try {
 *   recheckBound(packing, 47, proof);
 * } catch (error) {
 *   refused = String(error);
 * }
 * refused; // => 'PackingError: a cover proves 48, not 47.'
 * ```
 */
export function recheckBound(packing: Packing, most: number, proof: Proof): Checked {
  const check = new Check(packing);
  check.holds(proof, most);
  return check.complete ? 'bound' : 'feasibility';
}

/** What a row was implied by before, or −1. */
interface Mark {
  readonly row: number;
  readonly before: number;
}

class Check {
  complete = true;
  readonly #packing: Packing;
  readonly #setsIn: readonly number[][];
  readonly #room: Int32Array;
  /** Sets that are neither in nor out come first, in no order. */
  readonly #sets: Int32Array;
  readonly #place: Int32Array;
  #free: number;
  readonly #taken: Uint8Array;
  /** Sets that were taken, in order, with how many were free before. */
  readonly #trail: { readonly set: number; readonly free: number }[] = [];
  /** By row, the row that implies it, or -1. */
  readonly #impliedBy: Int32Array;
  readonly #price: Float64Array;
  readonly #above: Float64Array;
  readonly #cliques = new Set<ArrayLike<number>>();
  readonly #mask: Int32Array;
  #conflicts: Int32Array | undefined;

  constructor(packing: Packing) {
    const { sets, rows, values } = packing;
    this.#packing = packing;
    const setsIn: number[][] = Array.from({ length: rows }, () => []);
    for (let set = 0; set < sets; set++) for (const row of this.#rowsOf(set)) setsIn[row]?.push(set);
    this.#setsIn = setsIn;
    this.#room = packing.capacity.slice();
    this.#sets = Int32Array.from({ length: sets }, (_, set) => set);
    this.#place = this.#sets.slice();
    this.#free = sets;
    this.#taken = new Uint8Array(sets);
    this.#impliedBy = new Int32Array(rows).fill(-1);
    this.#price = new Float64Array(rows);
    this.#above = new Float64Array(sets);
    this.#mask = new Int32Array((sets + 31) >>> 5);
    for (let set = 0; set < sets; set++) if (!((values[set] as number) > 0)) this.#remove(set);
  }

  /** Confirms that the sets left, in the room left, are worth no more than the target. */
  holds(proof: Proof, target: number): void {
    const free = this.#free;
    const taken = this.#trail.length;
    switch (proof.kind) {
      case 'priced':
        this.#priced(proof, target);
        break;
      case 'covered':
        this.#covered(proof, target);
        break;
      case 'branched':
        this.#branched(proof, target);
        break;
      case 'reduced':
        this.#reduced(proof, target);
        break;
      case 'parted':
        this.#parted(proof, target);
        break;
      case 'counted':
        if (this.#mostOf() > target) throw refusedProof('trying all finds more');
        break;
      case 'unlogged':
        this.complete = false;
        break;
    }
    this.#back(taken, free);
  }

  #rowsOf(set: number): Int32Array {
    const { starts, rowsOf } = this.#packing;
    return rowsOf.subarray(starts[set], starts[set + 1]);
  }

  #isFree(set: number): boolean {
    const place = this.#place[set];
    if (place === undefined) throw refusedProof(`there is no set ${set}`);
    return place < this.#free;
  }

  #remove(set: number): void {
    this.#free -= 1;
    const place = this.#place[set] as number;
    const last = this.#sets[this.#free] as number;
    this.#sets[place] = last;
    this.#place[last] = place;
    this.#sets[this.#free] = set;
    this.#place[set] = this.#free;
  }

  /** Takes a set, and out those that no longer fit; gives what it is worth. */
  #take(set: number): number {
    this.#trail.push({ set, free: this.#free });
    this.#remove(set);
    this.#taken[set] = 1;
    for (const row of this.#rowsOf(set)) {
      this.#room[row] = (this.#room[row] as number) - 1;
      if ((this.#room[row] as number) > 0) continue;
      for (const other of this.#setsIn[row] as number[]) if (this.#isFree(other)) this.#remove(other);
    }
    return this.#packing.values[set] as number;
  }

  /** Back to when so many were taken, and so many free. */
  #back(taken: number, free: number): void {
    while (this.#trail.length > taken) {
      const { set } = this.#trail.pop() as { set: number };
      this.#taken[set] = 0;
      for (const row of this.#rowsOf(set)) this.#room[row] = (this.#room[row] as number) + 1;
    }
    this.#free = free;
  }

  #priced(step: Priced, target: number): void {
    const bound = this.#boundAt(step);
    if (bound === undefined) {
      this.complete = false;
      return;
    }
    if (bound <= target) return;
    if (step.next === undefined) throw refusedProof(`prices prove ${bound}, not ${target}`);
    if (!(step.beat <= target)) throw refusedProof(`what is worth ${target} may have been left out`);
    const slack = bound - step.beat;
    const out: number[] = [];
    const into: number[] = [];
    for (let at = 0; at < this.#free; at++) {
      const set = this.#sets[at] as number;
      const above = this.#above[set] as number;
      if (above <= -slack) out.push(set);
      else if (above >= slack) into.push(set);
    }
    for (const set of out) this.#remove(set);
    let left = target;
    for (const set of into.sort((a, b) => a - b)) if (this.#isFree(set)) left -= this.#take(set);
    this.holds(step.next, left);
  }

  #covered({ rows, rowPrices, cliques }: Covered, target: number): void {
    const prices = this.#payRows(rows, rowPrices, 1);
    for (let at = 0; at < cliques.length; ) {
      const each = cliques[at] as number;
      const from = at + 2;
      at = from + (cliques[at + 1] as number);
      if (!(at >= from && at <= cliques.length)) throw refusedProof('a clique is cut off');
      prices.seen(each);
      this.#confirmClique(cliques, from, at);
      if (!this.#payClique(cliques, from, at, each)) prices.bound += each;
    }
    const bound = this.#boundOf(prices);
    if (bound === undefined) this.complete = false;
    else if (bound > target) throw refusedProof(`a cover proves ${bound}, not ${target}`);
  }

  /** What these prices prove; `undefined` where sums at them are not exact. */
  #boundAt({ rows, rowPrices, cliques, cliquePrices, fraction }: Priced): number | undefined {
    const prices = this.#payRows(rows, rowPrices, fraction);
    for (const [index, clique] of cliques.entries()) {
      const each = prices.seen(cliquePrices[index]);
      if (!this.#cliques.has(clique) && this.#confirmClique(clique, 0, clique.length)) this.#cliques.add(clique);
      if (!this.#payClique(clique, 0, clique.length, each)) prices.bound += each;
    }
    return this.#boundOf(prices);
  }

  /** What free sets offer above the prices of rows, and what all room comes to at these. */
  #payRows(rows: ArrayLike<number>, rowPrices: ArrayLike<number>, fraction: number): Prices {
    const price = this.#price;
    const above = this.#above;
    const { values } = this.#packing;
    const prices = new Prices(fraction);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const room = this.#room[row];
      if (room === undefined) throw refusedProof(`there is no row ${row}`);
      price[row] = prices.seen(rowPrices[index]);
      prices.bound += (price[row] as number) * room;
    }
    for (let at = 0; at < this.#free; at++) {
      const set = this.#sets[at] as number;
      let left = values[set] as number;
      if (rows.length > 0) for (const row of this.#rowsOf(set)) left -= price[row] as number;
      above[set] = left;
    }
    for (let index = 0; index < rows.length; index++) price[rows[index] as number] = 0;
    return prices;
  }

  /** Takes a price off what sets of a clique offer; whether one of them is taken. */
  #payClique(sets: ArrayLike<number>, from: number, to: number, each: number): boolean {
    let isTaken = false;
    for (let at = from; at < to; at++) {
      const set = sets[at] as number;
      if (this.#taken[set]) isTaken = true;
      this.#above[set] = (this.#above[set] as number) - each;
    }
    return isTaken;
  }

  #boundOf(prices: Prices): number | undefined {
    const { values } = this.#packing;
    let { bound } = prices;
    let total = bound + prices.highest;
    for (let at = 0; at < this.#free; at++) {
      const set = this.#sets[at] as number;
      const left = this.#above[set] as number;
      total += values[set] as number;
      if (left > 0) bound += left;
    }
    return total / prices.fraction < mostExact ? Math.floor(bound) : undefined;
  }

  /** Any two sets of a clique need the same single thing: whether they do from the start, and not only by now. */
  #confirmClique(sets: ArrayLike<number>, from: number, to: number): boolean {
    this.#conflicts ??= conflictsOf(this.#packing, this.#setsIn);
    const conflicts = this.#conflicts;
    const words = conflicts.length / this.#packing.sets;
    const all = this.#mask.fill(0);
    for (let at = from; at < to; at++) {
      const set = sets[at] as number;
      if (!(set >= 0 && set < this.#packing.sets)) throw refusedProof(`there is no set ${set}`);
      const bit = 1 << (set & 31);
      if (((all[set >>> 5] as number) & bit) !== 0) throw refusedProof(`set ${set} is in a clique twice`);
      all[set >>> 5] = (all[set >>> 5] as number) | bit;
    }
    for (let at = from; at < to; at++) {
      const offset = (sets[at] as number) * words;
      let missing = 0;
      for (let word = 0; word < words; word++) missing |= (all[word] as number) & ~(conflicts[offset + word] as number);
      if (missing === 0) continue;
      this.#confirmCliqueNow(Array.prototype.slice.call(sets, from, to));
      return false;
    }
    return true;
  }

  /** Confirms those sets of a clique that are still free, where the last copies of what is wanted are at stake. */
  #confirmCliqueNow(sets: readonly number[]): void {
    const free = sets.filter((set) => this.#isFree(set));
    if (free.length > 0 && sets.some((set) => this.#taken[set]))
      throw refusedProof('a clique has room for another set');
    for (const [index, set] of free.entries()) {
      const last = new Set(this.#rowsOf(set).filter((row) => this.#room[row] === 1));
      for (const other of free.slice(index + 1)) {
        if (!this.#rowsOf(other).some((row) => last.has(row))) throw refusedProof('sets of a clique do not conflict');
      }
    }
  }

  #branched({ sets, taken, none }: Branched, target: number): void {
    for (const [index, set] of sets.entries()) {
      if (!this.#isFree(set)) {
        if (!this.#taken[set]) continue;
        this.holds(at(taken, index), target);
        return;
      }
      const free = this.#free;
      const before = this.#trail.length;
      const value = this.#take(set);
      this.holds(at(taken, index), target - value);
      this.#back(before, free);
      this.#remove(set);
    }
    this.holds(none, target);
  }

  #parted({ parts }: Parted, target: number): void {
    const among = [...this.#sets.subarray(0, this.#free)];
    const part = new Int32Array(this.#packing.sets).fill(-1);
    let bound = 0;
    for (const [index, { sets, bound: most }] of parts.entries()) {
      if (!(most >= 0)) throw refusedProof(`a part is bounded by ${most}`);
      bound += most;
      for (const set of sets) part[set] = index;
    }
    if (!(bound <= target)) throw refusedProof(`parts come to ${bound}, not ${target}`);
    if (among.some((set) => (part[set] as number) < 0)) throw refusedProof('a set is in no part');
    const free = this.#free;
    for (const [index, { bound: most, proof }] of parts.entries()) {
      for (const set of among) if (part[set] !== index) this.#remove(set);
      this.holds(proof, most);
      this.#back(this.#trail.length, free);
    }
  }

  #reduced({ steps, next }: Reduced, target: number): void {
    const marked: Mark[] = [];
    /** By row, how many free sets want it. */
    const wanted = Int32Array.from(this.#setsIn, (sets) =>
      sets.reduce((sum, set) => sum + Number(this.#isFree(set)), 0),
    );
    let counted = this.#free;
    let left = target;
    for (const step of steps) {
      left -= this.#reduce(step, wanted, marked);
      while (counted > this.#free) {
        counted -= 1;
        for (const row of this.#rowsOf(this.#sets[counted] as number)) wanted[row] = (wanted[row] as number) - 1;
      }
    }
    this.holds(next, left);
    for (const { row, before } of marked.reverse()) this.#impliedBy[row] = before;
  }

  /** Confirms and takes a step of a reduction; gives what was taken with it. */
  #reduce(step: ReductionStep, wanted: Int32Array, marked: Mark[]): number {
    const bound = (row: number): boolean =>
      this.#impliedBy[row] === -1 && (wanted[row] as number) > (this.#room[row] as number);
    if ('row' in step) {
      const { row, impliedBy } = step;
      if (row === impliedBy || this.#room[impliedBy] === undefined) {
        throw refusedProof(`row ${row} cannot be implied by row ${impliedBy}`);
      }
      if ((this.#room[impliedBy] as number) > (this.#room[row] as number))
        throw refusedProof(`row ${row} is not implied`);
      for (const set of this.#setsIn[row] as number[]) {
        if (this.#isFree(set) && !this.#rowsOf(set).includes(impliedBy))
          throw refusedProof(`row ${row} is not implied`);
      }
      const mark = (which: number, by: number): void => {
        marked.push({ row: which, before: this.#impliedBy[which] as number });
        this.#impliedBy[which] = by;
      };
      // Rows that have come to be alike must not imply each other: the one that implies now stands for all of them.
      for (let by = impliedBy; by !== -1; by = this.#impliedBy[by] as number) {
        if (this.#impliedBy[by] === row) mark(impliedBy, -1);
      }
      mark(row, impliedBy);
      return 0;
    }
    if ('obvious' in step) {
      const { obvious } = step;
      if (!this.#isFree(obvious)) throw refusedProof(`set ${obvious} cannot be taken`);
      let rivals = 0;
      for (const row of this.#rowsOf(obvious)) {
        if (!bound(row)) continue;
        if (this.#room[row] !== 1) throw refusedProof(`set ${obvious} may have several rivals in row ${row}`);
        let most = 0;
        for (const set of this.#setsIn[row] as number[]) {
          if (set !== obvious && this.#isFree(set)) most = Math.max(most, this.#packing.values[set] as number);
        }
        rivals += most;
      }
      if (rivals > (this.#packing.values[obvious] as number)) throw refusedProof(`set ${obvious} is not sure to be in`);
      return this.#take(obvious);
    }
    const { set, dominatedBy } = step;
    if (set === dominatedBy || !this.#isFree(set) || !this.#isFree(dominatedBy)) {
      throw refusedProof(`set ${set} cannot be dominated by set ${dominatedBy}`);
    }
    const own = this.#rowsOf(set);
    const theirs = this.#rowsOf(dominatedBy).filter(bound);
    const conflict = theirs.some((row) => this.#room[row] === 1);
    if (!conflict || !theirs.every((row) => own.includes(row))) throw refusedProof(`set ${set} needs less`);
    if ((this.#packing.values[set] as number) > (this.#packing.values[dominatedBy] as number)) {
      throw refusedProof(`set ${set} is worth more than set ${dominatedBy}`);
    }
    this.#remove(set);
    return 0;
  }

  /** The most that free sets are worth together, by trying. */
  #mostOf(): number {
    const { values } = this.#packing;
    const sets = [...this.#sets.subarray(0, this.#free)].sort((a, b) => (values[b] as number) - (values[a] as number));
    const rest = new Float64Array(sets.length + 1);
    for (let at = sets.length - 1; at >= 0; at--) {
      rest[at] = (rest[at + 1] as number) + (values[sets[at] as number] as number);
    }
    let best = 0;
    let tried = 0;
    const visit = (from: number, value: number): void => {
      tried += 1;
      if (tried > mostTried) throw refusedProof('there is more to try than was said');
      best = Math.max(best, value);
      for (let next = from; next < sets.length && value + (rest[next] as number) > best; next++) {
        const set = sets[next] as number;
        const rows = this.#rowsOf(set);
        if (rows.some((row) => (this.#room[row] as number) < 1)) continue;
        for (const row of rows) this.#room[row] = (this.#room[row] as number) - 1;
        visit(next + 1, value + (values[set] as number));
        for (const row of rows) this.#room[row] = (this.#room[row] as number) + 1;
      }
    };
    visit(0, 0);
    return best;
  }
}

/** Prices, none negative and all multiples of a power of two, and what they have come to. */
class Prices {
  bound = 0;
  highest = 0;
  readonly fraction: number;

  constructor(fraction: number) {
    if (!(Math.log2(fraction) % 1 === 0)) throw refusedProof(`${fraction} is no power of two`);
    this.fraction = fraction;
  }

  seen(each: number | undefined): number {
    if (each === undefined || !(each >= 0) || !Number.isInteger(each / this.fraction)) {
      throw refusedProof(`a price is ${each}`);
    }
    this.highest += each;
    return each;
  }
}

/** By set, as bits, itself and the sets that need a single thing which it needs. */
function conflictsOf({ sets, capacity }: Packing, setsIn: readonly (readonly number[])[]): Int32Array {
  const words = (sets + 31) >>> 5;
  const conflicts = new Int32Array(sets * words);
  for (const [row, those] of setsIn.entries()) {
    if (capacity[row] !== 1) continue;
    const all = new Int32Array(words);
    for (const set of those) all[set >>> 5] = (all[set >>> 5] as number) | (1 << (set & 31));
    for (const set of those) {
      for (let word = 0, to = set * words; word < words; word++, to++) {
        conflicts[to] = (conflicts[to] as number) | (all[word] as number);
      }
    }
  }
  return conflicts;
}

function at(proofs: readonly Proof[], index: number): Proof {
  const proof = proofs[index];
  if (proof === undefined) throw refusedProof('a case is missing');
  return proof;
}
