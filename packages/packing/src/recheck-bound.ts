/*
 * A second look at a bound, from what the search wrote down (proof.ts): every selection falls under one of its cases, and in each of them
 * prices show that it is worth no more. Weak duality: whatever the prices, as long as none is negative, no selection is worth more than all
 * room at these prices together with what bids offer above the price of what they need. Nothing here is shared with the search but the
 * bids and what is written.
 */
import type { Packing } from './packing.ts';
import type { Branched, Covered, Parted, Priced, Proof, Reduced, ReductionStep } from './proof.ts';

/** Whether all of the bound was confirmed, or no more than that the allocation is one. */
export type Checked = 'bound' | 'feasibility';

/** The sums of doubles that are exact. */
const mostExact = 2 ** 53;
/** So many ways are tried where trying is the proof. */
const mostTried = 1 << 20;

/**
 * Confirms that nothing is worth more than `most`; `feasibility` where the proof is not complete, for want of room to write it down.
 *
 * @throws RangeError where the proof is wrong.
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
  readonly #bidsIn: readonly number[][];
  readonly #room: Int32Array;
  /** Bids that are neither in nor out come first, in no order. */
  readonly #bids: Int32Array;
  readonly #place: Int32Array;
  #free: number;
  readonly #taken: Uint8Array;
  /** Bids that were taken, in order, with how many were free before. */
  readonly #trail: { readonly bid: number; readonly free: number }[] = [];
  /** By row, the row that implies it, or -1. */
  readonly #impliedBy: Int32Array;
  readonly #price: Float64Array;
  readonly #above: Float64Array;
  readonly #cliques = new Set<ArrayLike<number>>();
  readonly #mask: Int32Array;
  #conflicts: Int32Array | undefined;

  constructor(packing: Packing) {
    const { bids, rows, values } = packing;
    this.#packing = packing;
    const bidsIn: number[][] = Array.from({ length: rows }, () => []);
    for (let bid = 0; bid < bids; bid++) for (const row of this.#rowsOf(bid)) bidsIn[row]?.push(bid);
    this.#bidsIn = bidsIn;
    this.#room = packing.capacity.slice();
    this.#bids = Int32Array.from({ length: bids }, (_, bid) => bid);
    this.#place = this.#bids.slice();
    this.#free = bids;
    this.#taken = new Uint8Array(bids);
    this.#impliedBy = new Int32Array(rows).fill(-1);
    this.#price = new Float64Array(rows);
    this.#above = new Float64Array(bids);
    this.#mask = new Int32Array((bids + 31) >>> 5);
    for (let bid = 0; bid < bids; bid++) if (!((values[bid] as number) > 0)) this.#remove(bid);
  }

  /** Confirms that the bids left, in the room left, are worth no more than the target. */
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
        if (this.#mostOf() > target) throw refused('trying all finds more');
        break;
      case 'unlogged':
        this.complete = false;
        break;
    }
    this.#back(taken, free);
  }

  #rowsOf(bid: number): Int32Array {
    const { starts, rowsOf } = this.#packing;
    return rowsOf.subarray(starts[bid], starts[bid + 1]);
  }

  #isFree(bid: number): boolean {
    const place = this.#place[bid];
    if (place === undefined) throw refused(`there is no bid ${bid}`);
    return place < this.#free;
  }

  #remove(bid: number): void {
    this.#free -= 1;
    const place = this.#place[bid] as number;
    const last = this.#bids[this.#free] as number;
    this.#bids[place] = last;
    this.#place[last] = place;
    this.#bids[this.#free] = bid;
    this.#place[bid] = this.#free;
  }

  /** Takes a bid, and out those that no longer fit; gives what it is worth. */
  #take(bid: number): number {
    this.#trail.push({ bid, free: this.#free });
    this.#remove(bid);
    this.#taken[bid] = 1;
    for (const row of this.#rowsOf(bid)) {
      this.#room[row] = (this.#room[row] as number) - 1;
      if ((this.#room[row] as number) > 0) continue;
      for (const other of this.#bidsIn[row] as number[]) if (this.#isFree(other)) this.#remove(other);
    }
    return this.#packing.values[bid] as number;
  }

  /** Back to when so many were taken, and so many free. */
  #back(taken: number, free: number): void {
    while (this.#trail.length > taken) {
      const { bid } = this.#trail.pop() as { bid: number };
      this.#taken[bid] = 0;
      for (const row of this.#rowsOf(bid)) this.#room[row] = (this.#room[row] as number) + 1;
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
    if (step.next === undefined) throw refused(`prices prove ${bound}, not ${target}`);
    if (!(step.beat <= target)) throw refused(`what is worth ${target} may have been left out`);
    const slack = bound - step.beat;
    const out: number[] = [];
    const into: number[] = [];
    for (let at = 0; at < this.#free; at++) {
      const bid = this.#bids[at] as number;
      const above = this.#above[bid] as number;
      if (above <= -slack) out.push(bid);
      else if (above >= slack) into.push(bid);
    }
    for (const bid of out) this.#remove(bid);
    let left = target;
    for (const bid of into.sort((a, b) => a - b)) if (this.#isFree(bid)) left -= this.#take(bid);
    this.holds(step.next, left);
  }

  #covered({ rows, rowPrices, cliques }: Covered, target: number): void {
    const prices = this.#payRows(rows, rowPrices, 1);
    for (let at = 0; at < cliques.length; ) {
      const each = cliques[at] as number;
      const from = at + 2;
      at = from + (cliques[at + 1] as number);
      if (!(at >= from && at <= cliques.length)) throw refused('a clique is cut off');
      prices.seen(each);
      this.#confirmClique(cliques, from, at);
      if (!this.#payClique(cliques, from, at, each)) prices.bound += each;
    }
    const bound = this.#boundOf(prices);
    if (bound === undefined) this.complete = false;
    else if (bound > target) throw refused(`a cover proves ${bound}, not ${target}`);
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

  /** What free bids offer above the prices of rows, and what all room comes to at these. */
  #payRows(rows: ArrayLike<number>, rowPrices: ArrayLike<number>, fraction: number): Prices {
    const price = this.#price;
    const above = this.#above;
    const { values } = this.#packing;
    const prices = new Prices(fraction);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const room = this.#room[row];
      if (room === undefined) throw refused(`there is no row ${row}`);
      price[row] = prices.seen(rowPrices[index]);
      prices.bound += (price[row] as number) * room;
    }
    for (let at = 0; at < this.#free; at++) {
      const bid = this.#bids[at] as number;
      let left = values[bid] as number;
      if (rows.length > 0) for (const row of this.#rowsOf(bid)) left -= price[row] as number;
      above[bid] = left;
    }
    for (let index = 0; index < rows.length; index++) price[rows[index] as number] = 0;
    return prices;
  }

  /** Takes a price off what bids of a clique offer; whether one of them is taken. */
  #payClique(bids: ArrayLike<number>, from: number, to: number, each: number): boolean {
    let isTaken = false;
    for (let at = from; at < to; at++) {
      const bid = bids[at] as number;
      if (this.#taken[bid]) isTaken = true;
      this.#above[bid] = (this.#above[bid] as number) - each;
    }
    return isTaken;
  }

  #boundOf(prices: Prices): number | undefined {
    const { values } = this.#packing;
    let { bound } = prices;
    let total = bound + prices.highest;
    for (let at = 0; at < this.#free; at++) {
      const bid = this.#bids[at] as number;
      const left = this.#above[bid] as number;
      total += values[bid] as number;
      if (left > 0) bound += left;
    }
    return total / prices.fraction < mostExact ? Math.floor(bound) : undefined;
  }

  /** Any two bids of a clique need the same single thing: whether they do from the start, and not only by now. */
  #confirmClique(bids: ArrayLike<number>, from: number, to: number): boolean {
    this.#conflicts ??= conflictsOf(this.#packing, this.#bidsIn);
    const conflicts = this.#conflicts;
    const words = conflicts.length / this.#packing.bids;
    const all = this.#mask.fill(0);
    for (let at = from; at < to; at++) {
      const bid = bids[at] as number;
      if (!(bid >= 0 && bid < this.#packing.bids)) throw refused(`there is no bid ${bid}`);
      const bit = 1 << (bid & 31);
      if (((all[bid >>> 5] as number) & bit) !== 0) throw refused(`bid ${bid} is in a clique twice`);
      all[bid >>> 5] = (all[bid >>> 5] as number) | bit;
    }
    for (let at = from; at < to; at++) {
      const offset = (bids[at] as number) * words;
      let missing = 0;
      for (let word = 0; word < words; word++) missing |= (all[word] as number) & ~(conflicts[offset + word] as number);
      if (missing === 0) continue;
      this.#confirmCliqueNow(Array.prototype.slice.call(bids, from, to));
      return false;
    }
    return true;
  }

  /** The same where the last copies of what is wanted are at stake: those bids of a clique that are still free. */
  #confirmCliqueNow(bids: readonly number[]): void {
    const free = bids.filter((bid) => this.#isFree(bid));
    if (free.length > 0 && bids.some((bid) => this.#taken[bid])) throw refused('a clique has room for another bid');
    for (const [index, bid] of free.entries()) {
      const last = new Set(this.#rowsOf(bid).filter((row) => this.#room[row] === 1));
      for (const other of free.slice(index + 1)) {
        if (!this.#rowsOf(other).some((row) => last.has(row))) throw refused('bids of a clique do not conflict');
      }
    }
  }

  #branched({ bids, taken, none }: Branched, target: number): void {
    for (const [index, bid] of bids.entries()) {
      if (!this.#isFree(bid)) {
        if (!this.#taken[bid]) continue;
        this.holds(at(taken, index), target);
        return;
      }
      const free = this.#free;
      const before = this.#trail.length;
      const value = this.#take(bid);
      this.holds(at(taken, index), target - value);
      this.#back(before, free);
      this.#remove(bid);
    }
    this.holds(none, target);
  }

  #parted({ parts }: Parted, target: number): void {
    const among = [...this.#bids.subarray(0, this.#free)];
    const part = new Int32Array(this.#packing.bids).fill(-1);
    let bound = 0;
    for (const [index, { bids, bound: most }] of parts.entries()) {
      if (!(most >= 0)) throw refused(`a part is bounded by ${most}`);
      bound += most;
      for (const bid of bids) part[bid] = index;
    }
    if (!(bound <= target)) throw refused(`parts come to ${bound}, not ${target}`);
    if (among.some((bid) => (part[bid] as number) < 0)) throw refused('a bid is in no part');
    const free = this.#free;
    for (const [index, { bound: most, proof }] of parts.entries()) {
      for (const bid of among) if (part[bid] !== index) this.#remove(bid);
      this.holds(proof, most);
      this.#back(this.#trail.length, free);
    }
  }

  #reduced({ steps, next }: Reduced, target: number): void {
    const marked: Mark[] = [];
    /** By row, how many free bids want it. */
    const wanted = Int32Array.from(this.#bidsIn, (bids) =>
      bids.reduce((sum, bid) => sum + Number(this.#isFree(bid)), 0),
    );
    let counted = this.#free;
    let left = target;
    for (const step of steps) {
      left -= this.#reduce(step, wanted, marked);
      while (counted > this.#free) {
        counted -= 1;
        for (const row of this.#rowsOf(this.#bids[counted] as number)) wanted[row] = (wanted[row] as number) - 1;
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
        throw refused(`row ${row} cannot be implied by row ${impliedBy}`);
      }
      if ((this.#room[impliedBy] as number) > (this.#room[row] as number)) throw refused(`row ${row} is not implied`);
      for (const bid of this.#bidsIn[row] as number[]) {
        if (this.#isFree(bid) && !this.#rowsOf(bid).includes(impliedBy)) throw refused(`row ${row} is not implied`);
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
      if (!this.#isFree(obvious)) throw refused(`bid ${obvious} cannot be taken`);
      let rivals = 0;
      for (const row of this.#rowsOf(obvious)) {
        if (!bound(row)) continue;
        if (this.#room[row] !== 1) throw refused(`bid ${obvious} may have several rivals in row ${row}`);
        let most = 0;
        for (const bid of this.#bidsIn[row] as number[]) {
          if (bid !== obvious && this.#isFree(bid)) most = Math.max(most, this.#packing.values[bid] as number);
        }
        rivals += most;
      }
      if (rivals > (this.#packing.values[obvious] as number)) throw refused(`bid ${obvious} is not sure to win`);
      return this.#take(obvious);
    }
    const { bid, dominatedBy } = step;
    if (bid === dominatedBy || !this.#isFree(bid) || !this.#isFree(dominatedBy)) {
      throw refused(`bid ${bid} cannot be dominated by bid ${dominatedBy}`);
    }
    const own = this.#rowsOf(bid);
    const theirs = this.#rowsOf(dominatedBy).filter(bound);
    const conflict = theirs.some((row) => this.#room[row] === 1);
    if (!conflict || !theirs.every((row) => own.includes(row))) throw refused(`bid ${bid} needs less`);
    if ((this.#packing.values[bid] as number) > (this.#packing.values[dominatedBy] as number)) {
      throw refused(`bid ${bid} is worth more than bid ${dominatedBy}`);
    }
    this.#remove(bid);
    return 0;
  }

  /** The most that free bids are worth together, by trying. */
  #mostOf(): number {
    const { values } = this.#packing;
    const bids = [...this.#bids.subarray(0, this.#free)].sort((a, b) => (values[b] as number) - (values[a] as number));
    const rest = new Float64Array(bids.length + 1);
    for (let at = bids.length - 1; at >= 0; at--) {
      rest[at] = (rest[at + 1] as number) + (values[bids[at] as number] as number);
    }
    let best = 0;
    let tried = 0;
    const visit = (from: number, value: number): void => {
      tried += 1;
      if (tried > mostTried) throw refused('there is more to try than was said');
      best = Math.max(best, value);
      for (let next = from; next < bids.length && value + (rest[next] as number) > best; next++) {
        const bid = bids[next] as number;
        const rows = this.#rowsOf(bid);
        if (rows.some((row) => (this.#room[row] as number) < 1)) continue;
        for (const row of rows) this.#room[row] = (this.#room[row] as number) - 1;
        visit(next + 1, value + (values[bid] as number));
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
    if (!(Math.log2(fraction) % 1 === 0)) throw refused(`${fraction} is no power of two`);
    this.fraction = fraction;
  }

  seen(each: number | undefined): number {
    if (each === undefined || !(each >= 0) || !Number.isInteger(each / this.fraction)) {
      throw refused(`a price is ${each}`);
    }
    this.highest += each;
    return each;
  }
}

/** By bid, as bits, itself and the bids that need a single thing which it needs. */
function conflictsOf({ bids, capacity }: Packing, bidsIn: readonly (readonly number[])[]): Int32Array {
  const words = (bids + 31) >>> 5;
  const conflicts = new Int32Array(bids * words);
  for (const [row, those] of bidsIn.entries()) {
    if (capacity[row] !== 1) continue;
    const all = new Int32Array(words);
    for (const bid of those) all[bid >>> 5] = (all[bid >>> 5] as number) | (1 << (bid & 31));
    for (const bid of those) {
      for (let word = 0, to = bid * words; word < words; word++, to++) {
        conflicts[to] = (conflicts[to] as number) | (all[word] as number);
      }
    }
  }
  return conflicts;
}

function at(proofs: readonly Proof[], index: number): Proof {
  const proof = proofs[index];
  if (proof === undefined) throw refused('a case is missing');
  return proof;
}

function refused(problem: string): RangeError {
  return new RangeError(problem);
}
