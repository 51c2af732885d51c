import { refusedProof } from './errors.ts';
import type { OpenCase } from './open-case.ts';
import type { Packing } from './packing.ts';
import type { Covered, Priced } from './proof.ts';

/** The sums of doubles that are exact. */
const mostExact = 2 ** 53;

/**
 * What prices prove of a case, by weak duality: whatever the prices, as long as none is negative, no selection is worth more than all room at
 * these prices together with what sets offer above the price of what they need.
 */
export class PriceCheck {
  /** What free sets offer above the prices last looked at. */
  readonly above: Float64Array;
  readonly #case: OpenCase;
  readonly #price: Float64Array;
  readonly #cliques = new Set<ArrayLike<number>>();
  readonly #mask: Int32Array;
  #conflicts: Int32Array | undefined;

  constructor(open: OpenCase) {
    const { sets, rows } = open.packing;
    this.#case = open;
    this.#price = new Float64Array(rows);
    this.above = new Float64Array(sets);
    this.#mask = new Int32Array((sets + 31) >>> 5);
  }

  /** What these prices prove; `undefined` where sums at them are not exact. */
  boundAt({ rows, rowPrices, cliques, cliquePrices, fraction }: Priced): number | undefined {
    const prices = this.#payRows(rows, rowPrices, fraction);
    for (const [index, clique] of cliques.entries()) {
      const each = prices.seen(cliquePrices[index]);
      if (!this.#cliques.has(clique) && this.#confirmClique(clique, 0, clique.length)) this.#cliques.add(clique);
      if (!this.#payClique(clique, 0, clique.length, each)) prices.bound += each;
    }
    return this.#boundOf(prices);
  }

  /** What a cover of sets by rows and cliques proves; `undefined` where sums at its prices are not exact. */
  boundOfCover({ rows, rowPrices, cliques }: Covered): number | undefined {
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
    return this.#boundOf(prices);
  }

  /** What free sets offer above the prices of rows, and what all room comes to at these. */
  #payRows(rows: ArrayLike<number>, rowPrices: ArrayLike<number>, fraction: number): Prices {
    const price = this.#price;
    const above = this.above;
    const { values } = this.#case.packing;
    const prices = new Prices(fraction);
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const room = this.#case.room[row];
      if (room === undefined) throw refusedProof(`there is no row ${row}`);
      price[row] = prices.seen(rowPrices[index]);
      prices.bound += (price[row] as number) * room;
    }
    for (let at = 0; at < this.#case.free; at++) {
      const set = this.#case.sets[at] as number;
      let left = values[set] as number;
      if (rows.length > 0) for (const row of this.#case.rowsOf(set)) left -= price[row] as number;
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
      if (this.#case.taken[set]) isTaken = true;
      this.above[set] = (this.above[set] as number) - each;
    }
    return isTaken;
  }

  #boundOf(prices: Prices): number | undefined {
    const { values } = this.#case.packing;
    let { bound } = prices;
    let total = bound + prices.highest;
    for (let at = 0; at < this.#case.free; at++) {
      const set = this.#case.sets[at] as number;
      const left = this.above[set] as number;
      total += values[set] as number;
      if (left > 0) bound += left;
    }
    return total / prices.fraction < mostExact ? Math.floor(bound) : undefined;
  }

  /** Any two sets of a clique need the same single thing: whether they do from the start, and not only by now. */
  #confirmClique(sets: ArrayLike<number>, from: number, to: number): boolean {
    this.#conflicts ??= conflictsOf(this.#case.packing, this.#case.setsIn);
    const conflicts = this.#conflicts;
    const words = conflicts.length / this.#case.packing.sets;
    const all = this.#mask.fill(0);
    for (let at = from; at < to; at++) {
      const set = sets[at] as number;
      if (!(set >= 0 && set < this.#case.packing.sets)) throw refusedProof(`there is no set ${set}`);
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
    const free = sets.filter((set) => this.#case.isFree(set));
    if (free.length > 0 && sets.some((set) => this.#case.taken[set]))
      throw refusedProof('a clique has room for another set');
    for (const [index, set] of free.entries()) {
      const last = new Set(this.#case.rowsOf(set).filter((row) => this.#case.room[row] === 1));
      for (const other of free.slice(index + 1)) {
        if (!this.#case.rowsOf(other).some((row) => last.has(row)))
          throw refusedProof('sets of a clique do not conflict');
      }
    }
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
