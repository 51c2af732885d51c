/*
 * Good selections early: greedy by a score, then a walk of exchanges that brings a set in for those in its way, fills up, and does not
 * take back at once what it gave up (Glover's tabu rule). Holte, "Combinatorial auctions, knapsack problems, and hill-climbing search"
 * (2001): this comes close to the optimum at a small share of the cost.
 */
import type { Budget } from './budget.ts';
import { type Packing, type RowSets, rowsOfSet, type Selection, setsByRow, upTo } from './packing.ts';

/**
 * A selection under change: what is chosen, and what room is left.
 *
 * @category Search
 * @example
 * ```ts
 * import { packingOf, WorkingSelection } from '@mechane/packing';
 *
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * const working = new WorkingSelection(packing);
 * working.fill([2, 0, 1]);
 * working.gainOf(0); // => -4
 * working.force(0); // => [2]
 * working.fill([1]);
 * working.selection(); // => { sets: [0, 1], value: 48 }
 * ```
 */
export class WorkingSelection {
  /** By set, 1 where it is in. */
  readonly chosen: Uint8Array;
  /** What the sets that are in are worth together. */
  value = 0;
  readonly #packing: Packing;
  readonly #inRow: RowSets;
  readonly #room: Int32Array;
  /** The last set that came into each row. */
  readonly #holder: Int32Array;
  readonly #seen: Int32Array;
  #stamp = 0;

  constructor(packing: Packing, inRow: RowSets = setsByRow(packing)) {
    this.#packing = packing;
    this.#inRow = inRow;
    this.#room = packing.capacity.slice();
    this.#holder = new Int32Array(packing.rows);
    this.#seen = new Int32Array(packing.sets);
    this.chosen = new Uint8Array(packing.sets);
  }

  /** Whether a set can come in as things stand. */
  fits(set: number): boolean {
    if (this.chosen[set]) return false;
    const { starts, rowsOf } = this.#packing;
    const room = this.#room;
    const end = starts[set + 1] as number;
    for (let at = starts[set] as number; at < end; at++) if ((room[rowsOf[at] as number] as number) < 1) return false;
    return true;
  }

  /** Takes a set in, which has to fit. */
  add(set: number): void {
    const { starts, rowsOf, values } = this.#packing;
    this.chosen[set] = 1;
    this.value += values[set] as number;
    for (let at = starts[set] as number; at < (starts[set + 1] as number); at++) {
      const row = rowsOf[at] as number;
      this.#room[row] = (this.#room[row] as number) - 1;
      this.#holder[row] = set;
    }
  }

  /** Takes a set out again, which has to be in. */
  remove(set: number): void {
    const { starts, rowsOf, values } = this.#packing;
    this.chosen[set] = 0;
    this.value -= values[set] as number;
    for (let at = starts[set] as number; at < (starts[set + 1] as number); at++) {
      const row = rowsOf[at] as number;
      this.#room[row] = (this.#room[row] as number) + 1;
    }
  }

  /** Brings a set in and drops what is in its way: of a row with several copies, the least valuable. Gives what was dropped. */
  force(set: number): readonly number[] {
    const dropped: number[] = [];
    for (const row of rowsOfSet(this.#packing, set)) {
      if ((this.#room[row] as number) > 0) continue;
      const blocker = this.#packing.capacity[row] === 1 ? (this.#holder[row] as number) : this.#cheapestIn(row);
      this.remove(blocker);
      dropped.push(blocker);
    }
    this.add(set);
    return dropped;
  }

  /** What bringing a set in would gain over what is in its way. */
  gainOf(set: number): number {
    const { starts, rowsOf, values, capacity } = this.#packing;
    const seen = this.#seen;
    this.#stamp += 1;
    let gain = values[set] as number;
    const end = starts[set + 1] as number;
    for (let at = starts[set] as number; at < end; at++) {
      const row = rowsOf[at] as number;
      if ((this.#room[row] as number) > 0) continue;
      const blocker = capacity[row] === 1 ? (this.#holder[row] as number) : this.#cheapestIn(row);
      if (seen[blocker] === this.#stamp) continue;
      seen[blocker] = this.#stamp;
      gain -= values[blocker] as number;
    }
    return gain;
  }

  /** Adds whatever fits, in this order. */
  fill(order: Iterable<number>): void {
    for (const set of order) if (this.fits(set)) this.add(set);
  }

  /** What is chosen now. */
  selection(): Selection {
    const sets: number[] = [];
    for (let set = 0; set < this.chosen.length; set++) if (this.chosen[set]) sets.push(set);
    return { sets, value: this.value };
  }

  /** Changes to this selection. */
  become({ sets }: Selection): void {
    for (let set = 0; set < this.chosen.length; set++) if (this.chosen[set]) this.remove(set);
    for (const set of sets) this.add(set);
  }

  #cheapestIn(row: number): number {
    const { starts, setsIn } = this.#inRow;
    let cheapest = -1;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const set = setsIn[at] as number;
      if (!this.chosen[set]) continue;
      if (cheapest < 0 || (this.#packing.values[set] as number) < (this.#packing.values[cheapest] as number)) {
        cheapest = set;
      }
    }
    return cheapest;
  }
}

/** All sets, the greatest score first; equals as they came. */
export function byScore(scores: Float64Array): Int32Array {
  return upTo(scores.length).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

/** Value by the number of rows to a power: 0 ranks by value, 1 by value a row, 1/2 as Lehmann, O'Callaghan and Shoham do. */
export function valuePerRow({ sets, values, starts }: Packing, power: number): Float64Array {
  return Float64Array.from(
    { length: sets },
    (_, set) => (values[set] as number) / ((starts[set + 1] as number) - (starts[set] as number) || 1) ** power,
  );
}

/** What greedy comes to in this order. */
export function greedySelection(packing: Packing, order: Int32Array, inRow?: RowSets): Selection {
  const working = new WorkingSelection(packing, inRow);
  working.fill(order);
  return working.selection();
}

/** The best of greedy by value, by value a row and by what lies between. */
export function bestGreedy(packing: Packing, inRow?: RowSets): Selection {
  let best: Selection = { sets: [], value: 0 };
  for (const power of [0.5, 1, 0]) {
    const found = greedySelection(packing, byScore(valuePerRow(packing, power)), inRow);
    if (found.value > best.value) best = found;
  }
  return best;
}

/** How the walk of exchanges goes on. */
export interface Walk {
  /** The sets it chooses from, the most promising first. */
  readonly order: Int32Array;
  readonly steps: number;
  readonly inRow?: RowSets;
  /** Where there is one, the walk ends with it. */
  readonly budget?: Budget;
}

const shortestTenure = 4;
const patience = 300;
const mostLooked = 1500;

/**
 * The best selection found on a walk of exchanges from the given one: the set that gains most over those in its way comes in, or loses
 * least, and what went out stays out for some steps. The walk is the same every time.
 */
export function exchanged(
  packing: Packing,
  start: Selection,
  { order, steps, inRow = setsByRow(packing), budget }: Walk,
): Selection {
  if (order.length === 0) return start;
  const working = new WorkingSelection(packing, inRow);
  working.become(start);
  const gains = new Gains(packing, inRow, working, order);
  gains.all();
  let best = start;
  const barredUntil = new Int32Array(packing.sets);
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
      const set = order[at < order.length ? at : at - order.length] as number;
      const gain = gains.of[set] as number;
      if (gain <= most) continue;
      if (working.chosen[set]) continue;
      if ((barredUntil[set] as number) > step && working.value + gain <= best.value) continue;
      most = gain;
      chosen = set;
    }
    if (order.length > looked) first = (word >>> 0) % order.length;
    if (chosen < 0) continue;
    const dropped = working.force(chosen);
    for (const set of dropped) barredUntil[set] = step + shortestTenure + ((word >>> 8) & 7);
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

/** What each set would gain over those in its way, kept up as the selection changes: only sets that want the same things are looked at again. */
class Gains {
  readonly of: Float64Array;
  readonly #packing: Packing;
  readonly #inRow: RowSets;
  readonly #working: WorkingSelection;
  readonly #order: Int32Array;
  readonly #counts: Uint8Array;
  readonly #seen: Int32Array;
  #stamp = 0;

  constructor(packing: Packing, inRow: RowSets, working: WorkingSelection, order: Int32Array) {
    this.of = new Float64Array(packing.sets);
    this.#packing = packing;
    this.#inRow = inRow;
    this.#working = working;
    this.#order = order;
    this.#counts = new Uint8Array(packing.sets);
    for (const set of order) this.#counts[set] = 1;
    this.#seen = new Int32Array(packing.sets);
  }

  all(): void {
    for (const set of this.#order) if (!this.#working.chosen[set]) this.of[set] = this.#working.gainOf(set);
  }

  /** After a set came in for others; gives how many entries were looked at. */
  around(came: number, went: readonly number[]): number {
    this.#stamp += 1;
    return went.reduce((looked, set) => looked + this.#beside(set), this.#beside(came));
  }

  #beside(changed: number): number {
    let looked = 0;
    const { starts: rowStarts, rowsOf } = this.#packing;
    const { starts, setsIn } = this.#inRow;
    const seen = this.#seen;
    for (let at = rowStarts[changed] as number; at < (rowStarts[changed + 1] as number); at++) {
      const row = rowsOf[at] as number;
      const end = starts[row + 1] as number;
      looked += end - (starts[row] as number);
      for (let index = starts[row] as number; index < end; index++) {
        const set = setsIn[index] as number;
        if (seen[set] === this.#stamp) continue;
        seen[set] = this.#stamp;
        if (this.#counts[set] && !this.#working.chosen[set]) this.of[set] = this.#working.gainOf(set);
      }
    }
    return looked;
  }
}
