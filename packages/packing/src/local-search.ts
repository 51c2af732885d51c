/*
 * Good selections early: greedy by a score, then a walk of exchanges that brings a bid in for those in its way, fills up, and does not
 * take back at once what it gave up (Glover's tabu rule). Holte, "Combinatorial auctions, knapsack problems, and hill-climbing search"
 * (2001): this comes close to the optimum at a small share of the cost.
 */
import type { Budget } from './budget.ts';
import { bidsByRow, type Packing, type RowBids, rowsOfBid, type Selection, upTo } from './packing.ts';

/** A selection under change: what is chosen, and what room is left. */
export class WorkingSelection {
  readonly chosen: Uint8Array;
  value = 0;
  readonly #packing: Packing;
  readonly #inRow: RowBids;
  readonly #room: Int32Array;
  /** The last bid that came into each row. */
  readonly #holder: Int32Array;
  readonly #met: Int32Array;
  #stamp = 0;

  constructor(packing: Packing, inRow: RowBids = bidsByRow(packing)) {
    this.#packing = packing;
    this.#inRow = inRow;
    this.#room = packing.capacity.slice();
    this.#holder = new Int32Array(packing.rows);
    this.#met = new Int32Array(packing.bids);
    this.chosen = new Uint8Array(packing.bids);
  }

  fits(bid: number): boolean {
    if (this.chosen[bid]) return false;
    const { starts, rowsOf } = this.#packing;
    const room = this.#room;
    const end = starts[bid + 1] as number;
    for (let at = starts[bid] as number; at < end; at++) if ((room[rowsOf[at] as number] as number) < 1) return false;
    return true;
  }

  add(bid: number): void {
    const { starts, rowsOf, values } = this.#packing;
    this.chosen[bid] = 1;
    this.value += values[bid] as number;
    for (let at = starts[bid] as number; at < (starts[bid + 1] as number); at++) {
      const row = rowsOf[at] as number;
      this.#room[row] = (this.#room[row] as number) - 1;
      this.#holder[row] = bid;
    }
  }

  remove(bid: number): void {
    const { starts, rowsOf, values } = this.#packing;
    this.chosen[bid] = 0;
    this.value -= values[bid] as number;
    for (let at = starts[bid] as number; at < (starts[bid + 1] as number); at++) {
      const row = rowsOf[at] as number;
      this.#room[row] = (this.#room[row] as number) + 1;
    }
  }

  /** Brings a bid in and drops what is in its way: of a row with several copies, the least valuable. Gives what was dropped. */
  force(bid: number): readonly number[] {
    const dropped: number[] = [];
    for (const row of rowsOfBid(this.#packing, bid)) {
      if ((this.#room[row] as number) > 0) continue;
      const blocker = this.#packing.capacity[row] === 1 ? (this.#holder[row] as number) : this.#cheapestIn(row);
      this.remove(blocker);
      dropped.push(blocker);
    }
    this.add(bid);
    return dropped;
  }

  /** What bringing a bid in would gain over what is in its way. */
  gainOf(bid: number): number {
    const { starts, rowsOf, values, capacity } = this.#packing;
    const met = this.#met;
    this.#stamp += 1;
    let gain = values[bid] as number;
    const end = starts[bid + 1] as number;
    for (let at = starts[bid] as number; at < end; at++) {
      const row = rowsOf[at] as number;
      if ((this.#room[row] as number) > 0) continue;
      const blocker = capacity[row] === 1 ? (this.#holder[row] as number) : this.#cheapestIn(row);
      if (met[blocker] === this.#stamp) continue;
      met[blocker] = this.#stamp;
      gain -= values[blocker] as number;
    }
    return gain;
  }

  /** Adds whatever fits, in this order. */
  fill(order: Iterable<number>): void {
    for (const bid of order) if (this.fits(bid)) this.add(bid);
  }

  selection(): Selection {
    const bids: number[] = [];
    for (let bid = 0; bid < this.chosen.length; bid++) if (this.chosen[bid]) bids.push(bid);
    return { bids, value: this.value };
  }

  /** Changes to this selection. */
  become({ bids }: Selection): void {
    for (let bid = 0; bid < this.chosen.length; bid++) if (this.chosen[bid]) this.remove(bid);
    for (const bid of bids) this.add(bid);
  }

  #cheapestIn(row: number): number {
    const { starts, bidsIn } = this.#inRow;
    let cheapest = -1;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const bid = bidsIn[at] as number;
      if (!this.chosen[bid]) continue;
      if (cheapest < 0 || (this.#packing.values[bid] as number) < (this.#packing.values[cheapest] as number)) {
        cheapest = bid;
      }
    }
    return cheapest;
  }
}

/** All bids, the greatest score first; equals as they came. */
export function byScore(scores: Float64Array): Int32Array {
  return upTo(scores.length).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

/** Value by the number of rows to a power: 0 ranks by value, 1 by value a row, 1/2 as Lehmann, O'Callaghan and Shoham do. */
export function valuePerRow({ bids, values, starts }: Packing, power: number): Float64Array {
  return Float64Array.from(
    { length: bids },
    (_, bid) => (values[bid] as number) / ((starts[bid + 1] as number) - (starts[bid] as number) || 1) ** power,
  );
}

/** What greedy comes to in this order. */
export function greedySelection(packing: Packing, order: Int32Array, inRow?: RowBids): Selection {
  const working = new WorkingSelection(packing, inRow);
  working.fill(order);
  return working.selection();
}

/** The best of greedy by value, by value a row and by what lies between. */
export function bestGreedy(packing: Packing, inRow?: RowBids): Selection {
  let best: Selection = { bids: [], value: 0 };
  for (const power of [0.5, 1, 0]) {
    const found = greedySelection(packing, byScore(valuePerRow(packing, power)), inRow);
    if (found.value > best.value) best = found;
  }
  return best;
}

/** How the walk of exchanges goes on. */
export interface Walk {
  /** The bids it chooses from, the most promising first. */
  readonly order: Int32Array;
  readonly steps: number;
  readonly inRow?: RowBids;
  /** Where there is one, the walk ends with it. */
  readonly budget?: Budget;
}

const shortestTenure = 4;
const patience = 300;
const mostLooked = 1500;

/**
 * The best selection met on a walk of exchanges from the given one: the bid that gains most over those in its way comes in, or loses
 * least, and what went out stays out for some steps. The walk is the same every time.
 */
export function exchanged(
  packing: Packing,
  start: Selection,
  { order, steps, inRow = bidsByRow(packing), budget }: Walk,
): Selection {
  if (order.length === 0) return start;
  const working = new WorkingSelection(packing, inRow);
  working.become(start);
  const gains = new Gains(packing, inRow, working, order);
  gains.all();
  let best = start;
  const barredUntil = new Int32Array(packing.bids);
  const looked = Math.min(order.length, mostLooked);
  let word = 0x9e3779b9;
  let first = 0;
  let sinceBest = 0;
  for (let step = 1; step <= steps; step++) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    let chosen = -1;
    let most = -Infinity;
    for (let look = 0; look < looked; look++) {
      const at = first + look;
      const bid = order[at < order.length ? at : at - order.length] as number;
      const gain = gains.of[bid] as number;
      if (gain <= most) continue;
      if (working.chosen[bid]) continue;
      if ((barredUntil[bid] as number) > step && working.value + gain <= best.value) continue;
      most = gain;
      chosen = bid;
    }
    if (order.length > looked) first = (word >>> 0) % order.length;
    if (chosen < 0) continue;
    const dropped = working.force(chosen);
    for (const bid of dropped) barredUntil[bid] = step + shortestTenure + ((word >>> 8) & 7);
    sinceBest += 1;
    if (working.value > best.value) {
      best = working.selection();
      sinceBest = 0;
    } else if (sinceBest > patience) {
      working.become(best);
      gains.all();
      sinceBest = 0;
      continue;
    }
    const work = looked + gains.around(chosen, dropped);
    if (budget !== undefined && !budget.worked(work)) break;
  }
  return best;
}

/** What each bid would gain over those in its way, kept up as the selection changes: only bids that want the same things are looked at again. */
class Gains {
  readonly of: Float64Array;
  readonly #packing: Packing;
  readonly #inRow: RowBids;
  readonly #working: WorkingSelection;
  readonly #order: Int32Array;
  readonly #counts: Uint8Array;
  readonly #met: Int32Array;
  #stamp = 0;

  constructor(packing: Packing, inRow: RowBids, working: WorkingSelection, order: Int32Array) {
    this.of = new Float64Array(packing.bids);
    this.#packing = packing;
    this.#inRow = inRow;
    this.#working = working;
    this.#order = order;
    this.#counts = new Uint8Array(packing.bids);
    for (const bid of order) this.#counts[bid] = 1;
    this.#met = new Int32Array(packing.bids);
  }

  all(): void {
    for (const bid of this.#order) if (!this.#working.chosen[bid]) this.of[bid] = this.#working.gainOf(bid);
  }

  /** After a bid came in for others; gives how many entries were looked at. */
  around(came: number, went: readonly number[]): number {
    this.#stamp += 1;
    return went.reduce((looked, bid) => looked + this.#beside(bid), this.#beside(came));
  }

  #beside(changed: number): number {
    let looked = 0;
    const { starts: rowStarts, rowsOf } = this.#packing;
    const { starts, bidsIn } = this.#inRow;
    const met = this.#met;
    for (let at = rowStarts[changed] as number; at < (rowStarts[changed + 1] as number); at++) {
      const row = rowsOf[at] as number;
      const end = starts[row + 1] as number;
      looked += end - (starts[row] as number);
      for (let index = starts[row] as number; index < end; index++) {
        const bid = bidsIn[index] as number;
        if (met[bid] === this.#stamp) continue;
        met[bid] = this.#stamp;
        if (this.#counts[bid] && !this.#working.chosen[bid]) this.of[bid] = this.#working.gainOf(bid);
      }
    }
    return looked;
  }
}
