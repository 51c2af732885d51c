/*
 * What can be said about a packing before any search. Sandholm, "Algorithm for optimal winner determination in combinatorial
 * auctions", Artificial Intelligence 135 (2002), and Fujishima, Leyton-Brown and Shoham (CASS, 1999): dominated sets are never needed, rows
 * that bind nobody or are implied by others can be forgotten, and a set that outweighs all it is in the way of is in.
 */
import { type Packing, restricted, rowsOfSet, setsByRow, upTo } from './packing.ts';
import type { ReductionStep } from './proof.ts';

/** A smaller packing with the same optimum, but for the sets that are known to be in. */
export interface Reduction {
  readonly packing: Packing;
  /** The set of the given packing that each set left was. */
  readonly origin: Int32Array;
  /** Sets of the given packing that are in some optimum whatever else is. */
  readonly certain: readonly number[];
  /** Why, in sets and rows of the whole packing; rows that everybody fits in are not mentioned. */
  readonly steps: readonly ReductionStep[];
}

/** Reduces until nothing changes. */
export function reduced(given: Packing, among?: Int32Array): Reduction {
  const certain: number[] = [];
  const steps: ReductionStep[] = [];
  let origin = (among ?? upTo(given.sets)).filter((set) => (given.values[set] as number) > 0);
  let packing = restricted(given, origin);
  for (;;) {
    const rows = bindingRows(packing, steps);
    if (rows.length < packing.rows) packing = restricted(packing, upTo(packing.sets), rows);
    const { taken, left } = withoutObvious(packing);
    for (const set of taken) {
      certain.push(origin[set] as number);
      steps.push({ obvious: packing.origin.sets[set] as number });
    }
    const kept = withoutDominated(packing, left, steps);
    if (kept.length === packing.sets) return { packing, origin, certain, steps };
    packing = restricted(packing, kept);
    origin = kept.map((set) => origin[set] as number);
  }
}

/** Rows that more sets want than can have them, and that no other row implies. */
export function bindingRows(packing: Packing, steps: ReductionStep[] = []): Int32Array {
  const { starts, setsIn } = setsByRow(packing);
  const { capacity, origin } = packing;
  const size = (row: number): number => (starts[row + 1] as number) - (starts[row] as number);
  const isContested = (row: number): boolean => size(row) > (capacity[row] as number);
  const mayImply = (row: number, other: number): boolean => {
    if (other === row || !isContested(other) || (capacity[other] as number) > (capacity[row] as number)) return false;
    const same = size(other) === size(row) && capacity[other] === capacity[row];
    return size(other) >= size(row) && (!same || other < row);
  };
  const lastSetIn = new Int32Array(packing.rows).fill(-1);
  return upTo(packing.rows)
    .filter(isContested)
    .filter((row) => {
      // A row that implies this one holds all of its sets.
      const sets = setsIn.subarray(starts[row], starts[row + 1]);
      const candidates = rowsOfSet(packing, sets[0] as number).filter((other) => mayImply(row, other));
      const implying = rowOfAll(packing, sets, candidates, lastSetIn);
      if (implying < 0) return true;
      steps.push({ row: origin.rows[row] as number, impliedBy: origin.rows[implying] as number });
      return false;
    });
}

/** The first of these rows that all of the sets are in, or -1; the rows are used up. */
function rowOfAll({ starts, rowsOf }: Packing, sets: Int32Array, rows: Int32Array, lastSetIn: Int32Array): number {
  let left = rows.length;
  for (let index = 0; index < sets.length && left > 0; index++) {
    const set = sets[index] as number;
    for (let at = starts[set] as number; at < (starts[set + 1] as number); at++) lastSetIn[rowsOf[at] as number] = set;
    let kept = 0;
    for (let at = 0; at < left; at++) if (lastSetIn[rows[at] as number] === set) rows[kept++] = rows[at] as number;
    left = kept;
  }
  return left > 0 ? (rows[0] as number) : -1;
}

/** Takes every set that is worth no less than the best in each of its rows together, and leaves out what it is in the way of. */
function withoutObvious(packing: Packing): { taken: number[]; left: Int32Array } {
  const { starts, setsIn } = setsByRow(packing);
  const gone = new Uint8Array(packing.sets);
  const taken: number[] = [];
  const best = new Float64Array(packing.rows);
  const second = new Float64Array(packing.rows);
  for (let set = 0; set < packing.sets; set++) {
    const value = packing.values[set] as number;
    for (const row of rowsOfSet(packing, set)) {
      if (value > (best[row] as number)) {
        second[row] = best[row] as number;
        best[row] = value;
      } else if (value > (second[row] as number)) {
        second[row] = value;
      }
    }
  }
  for (let set = 0; set < packing.sets; set++) {
    if (gone[set]) continue;
    const value = packing.values[set] as number;
    let rivals = 0;
    for (const row of rowsOfSet(packing, set)) {
      if ((packing.capacity[row] as number) > 1) rivals = Infinity;
      rivals += (value === best[row] ? second[row] : best[row]) as number;
      if (rivals > value) break;
    }
    if (rivals > value) continue;
    taken.push(set);
    gone[set] = 1;
    for (const row of rowsOfSet(packing, set)) {
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) gone[setsIn[at] as number] = 1;
    }
  }
  return { taken, left: upTo(packing.sets).filter((set) => !gone[set]) };
}

/** A set is dominated by another in its way that needs nothing more and is worth no less. */
function withoutDominated(packing: Packing, sets: Int32Array, steps: ReductionStep[]): Int32Array {
  const { starts, setsIn } = setsByRow(packing);
  const { values, capacity } = packing;
  const dominated = new Uint8Array(packing.sets).fill(1);
  for (const set of sets) dominated[set] = 0;
  const signatures = Int32Array.from({ length: packing.sets }, (_, set) =>
    rowsOfSet(packing, set).reduce((bits, row) => bits | (1 << (row & 31)), 0),
  );
  for (const set of sets) {
    if (dominated[set]) continue;
    const rows = rowsOfSet(packing, set);
    const value = values[set] as number;
    const signature = signatures[set] as number;
    // All that it dominates are in each of its rows: the shortest will do. One in its way is in one of those of a single thing.
    let shortest = -1;
    let single = false;
    for (const row of rows) {
      single ||= capacity[row] === 1;
      const length = (starts[row + 1] as number) - (starts[row] as number);
      if (shortest < 0 || length < (starts[shortest + 1] as number) - (starts[shortest] as number)) shortest = row;
    }
    if (!single) continue;
    for (let at = starts[shortest] as number; at < (starts[shortest + 1] as number); at++) {
      const other = setsIn[at] as number;
      if (dominated[other] || other === set || (values[other] as number) > value) continue;
      if ((signature & ~(signatures[other] as number)) !== 0) continue;
      const theirs = rowsOfSet(packing, other);
      if (theirs.length < rows.length || !contains(theirs, rows)) continue;
      if (theirs.length === rows.length && values[other] === value && set > other) continue;
      dominated[other] = 1;
      const names = packing.origin.sets;
      steps.push({ set: names[other] as number, dominatedBy: names[set] as number });
    }
  }
  return sets.filter((set) => !dominated[set]);
}

/** Whether all of some rows are among others; both in rising order. */
function contains(rows: Int32Array, some: Int32Array): boolean {
  let at = 0;
  for (let index = 0; index < some.length; index++) {
    const row = some[index] as number;
    while (at < rows.length && (rows[at] as number) < row) at += 1;
    if (rows[at] !== row) return false;
    at += 1;
  }
  return true;
}
