import { invalidPacking } from './errors.ts';

/**
 * Weighted set packing: choose sets of the greatest total value so that no row holds more of them than its capacity. Values are whole
 * numbers of {@link Units units}, so that sums are exact.
 *
 * @category Packings
 */
export interface Packing {
  readonly sets: number;
  readonly rows: number;
  /** What each set is worth, in units. */
  readonly values: Float64Array;
  /** Set `b` needs one of each of `rowsOf[starts[b]] … rowsOf[starts[b + 1] - 1]`, in rising order. */
  readonly starts: Int32Array;
  readonly rowsOf: Int32Array;
  /** How many sets each row holds at most: no more than there are in it, since there is room for all then. */
  readonly capacity: Int32Array;
  /** Which sets and rows of the whole packing these are, where this is a part of one. */
  readonly origin: Origin;
}

/**
 * What the sets and rows of a part are in the whole packing.
 *
 * @category Packings
 */
export interface Origin {
  readonly sets: Int32Array;
  readonly rows: Int32Array;
}

/** A row's sets: the transpose of a packing. */
export interface RowSets {
  readonly starts: Int32Array;
  readonly setsIn: Int32Array;
}

/**
 * Which sets are chosen, and what they are worth together.
 *
 * @category Packings
 */
export interface Selection {
  readonly sets: readonly number[];
  readonly value: number;
}

/**
 * Builds a packing.
 *
 * @param values what each set is worth: whole numbers, which {@link unitsFor} makes of others
 * @param rowsOfSets the rows of each set, each row once
 * @param capacity how many sets each row holds at most: whole numbers up to 2⁵³
 * @throws PackingError `invalid-packing`
 * @category Packings
 *
 * @example
 * ```ts
 * import { packingOf, solvePacking } from '@mechane/packing';
 *
 * // Sets 0 and 1 share row 0, which holds one of them; row 1 holds two sets.
 * const packing = packingOf([5, 4, 3], [[0], [0, 1], [1]], [1, 2]);
 * solvePacking(packing).selection; // => { sets: [0, 2], value: 8 }
 * ```
 */
export function packingOf(
  values: readonly number[] | Float64Array,
  rowsOfSets: readonly (readonly number[])[],
  capacity: readonly number[] | Int32Array | Float64Array,
): Packing {
  refuseValues(values, rowsOfSets.length);
  refuseCapacity(capacity);
  refuseRows(rowsOfSets, capacity.length);
  const useful = usefulCapacity(rowsOfSets, capacity);
  return laidOut(values, rowsOfSets, useful, { sets: upTo(values.length), rows: upTo(capacity.length) });
}

/** More room than for all sets of a row is room for nothing, and would not fit the arrays. */
function usefulCapacity(rowsOfSets: readonly (readonly number[])[], capacity: ArrayLike<number>): Int32Array {
  const wanted = new Int32Array(capacity.length);
  for (const rows of rowsOfSets) for (const row of rows) wanted[row] = (wanted[row] as number) + 1;
  return wanted.map((count, row) => Math.max(1, Math.min(count, capacity[row] as number)));
}

function refuseValues(values: ArrayLike<number>, sets: number): void {
  if (values.length !== sets)
    throw invalidPacking(
      ['values'],
      `there are ${values.length}`,
      `one for each of ${sets} sets`,
      'give every set a value',
    );
  let total = 0;
  for (let set = 0; set < sets; set++) {
    const value = values[set] as number;
    if (!(value >= 0 && Number.isInteger(value))) {
      throw invalidPacking(
        ['values', set],
        `this is ${value}`,
        'a whole number, 0 or more',
        'count in units: see unitsFor',
      );
    }
    total += value;
  }
  if (total > Number.MAX_SAFE_INTEGER) {
    throw invalidPacking(['values'], `they come to ${total}`, 'sums below 2^53', 'count in larger units: see unitsFor');
  }
}

function refuseCapacity(capacity: ArrayLike<number>): void {
  for (let row = 0; row < capacity.length; row++) {
    const most = capacity[row] as number;
    if (most >= 1 && Number.isSafeInteger(most)) continue;
    const fix = 'leave out the sets that need a row without room';
    throw invalidPacking(
      ['capacity', row],
      `this is ${most}`,
      `a whole number from 1 to ${Number.MAX_SAFE_INTEGER}`,
      fix,
    );
  }
}

function refuseRows(rowsOfSets: readonly (readonly number[])[], rows: number): void {
  const lastIn = new Int32Array(rows).fill(-1);
  for (let set = 0; set < rowsOfSets.length; set++) {
    const own = rowsOfSets[set] as readonly number[];
    if (own.length === 0) {
      const fix = 'leave the set out: nothing is in its way';
      throw invalidPacking(['rowsOfSets', set], 'the set has no rows', 'one row or more', fix);
    }
    for (let at = 0; at < own.length; at++) {
      const row = own[at] as number;
      const last = lastIn[row];
      if (last === undefined) {
        throw invalidPacking(
          ['rowsOfSets', set, at],
          `there is no row ${row}`,
          `a row from 0 to ${rows - 1}`,
          'count rows from 0, and give each a capacity',
        );
      }
      if (last === set)
        throw invalidPacking(
          ['rowsOfSets', set, at],
          `row ${row} is named twice`,
          'each row once',
          'name it once: a set takes one of each of its rows',
        );
      lastIn[row] = set;
    }
  }
}

/** A packing as it is stored, from each set's rows; what is left of one may have rows without room, and sets without rows. */
export function laidOut(
  values: readonly number[] | Float64Array,
  rowsOfSets: readonly (readonly number[])[],
  capacity: readonly number[] | Int32Array,
  origin: Origin,
): Packing {
  const starts = new Int32Array(rowsOfSets.length + 1);
  for (const [set, rows] of rowsOfSets.entries()) starts[set + 1] = (starts[set] as number) + rows.length;
  const rowsOf = new Int32Array(starts[rowsOfSets.length] as number);
  for (const [set, rows] of rowsOfSets.entries()) {
    rowsOf.set(
      [...rows].sort((a, b) => a - b),
      starts[set] as number,
    );
  }
  return {
    sets: rowsOfSets.length,
    rows: capacity.length,
    values: Float64Array.from(values),
    starts,
    rowsOf,
    capacity: Int32Array.from(capacity),
    origin,
  };
}

/** 0, 1, 2 and so on: so many numbers. */
export function upTo(count: number): Int32Array {
  const all = new Int32Array(count);
  for (let index = 0; index < count; index++) all[index] = index;
  return all;
}

/** The sets of every row, in rising order. */
export function setsByRow({ sets, rows, starts, rowsOf }: Packing): RowSets {
  const rowStarts = new Int32Array(rows + 1);
  for (const row of rowsOf) rowStarts[row + 1] = (rowStarts[row + 1] as number) + 1;
  for (let row = 0; row < rows; row++) {
    rowStarts[row + 1] = (rowStarts[row + 1] as number) + (rowStarts[row] as number);
  }
  const next = rowStarts.slice();
  const setsIn = new Int32Array(rowsOf.length);
  for (let set = 0; set < sets; set++) {
    for (let at = starts[set] as number; at < (starts[set + 1] as number); at++) {
      const row = rowsOf[at] as number;
      setsIn[next[row] as number] = set;
      next[row] = (next[row] as number) + 1;
    }
  }
  return { starts: rowStarts, setsIn };
}

/**
 * The rows of one set.
 *
 * @category Packings
 */
export function rowsOfSet({ starts, rowsOf }: Packing, set: number): Int32Array {
  return rowsOf.subarray(starts[set], starts[set + 1]);
}

/**
 * A part of a packing: some of its sets and rows, both in rising order; without `rows`, the rows that these sets are in. `origin` says what
 * they are in the whole.
 *
 * @category Packings
 * @example
 * ```ts
 * import { packingOf, restricted, solvePacking } from '@mechane/packing';
 *
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * const part = restricted(packing, Int32Array.of(0, 2));
 * const { sets } = solvePacking(part).selection;
 * sets.map((set) => part.origin.sets[set]); // => [2]
 * ```
 */
export function restricted(packing: Packing, sets: Int32Array, rows?: Int32Array): Packing {
  const rank = new Int32Array(packing.rows).fill(-1);
  const kept = rows ?? usedRows(packing, sets);
  for (const [index, row] of kept.entries()) rank[row] = index;
  const starts = new Int32Array(sets.length + 1);
  let entries = 0;
  for (const [index, set] of sets.entries()) {
    for (let at = packing.starts[set] as number; at < (packing.starts[set + 1] as number); at++) {
      if ((rank[packing.rowsOf[at] as number] as number) >= 0) entries += 1;
    }
    starts[index + 1] = entries;
  }
  const rowsOf = new Int32Array(entries);
  let next = 0;
  for (const set of sets) {
    for (let at = packing.starts[set] as number; at < (packing.starts[set + 1] as number); at++) {
      const index = rank[packing.rowsOf[at] as number] as number;
      if (index >= 0) rowsOf[next++] = index;
    }
  }
  return {
    sets: sets.length,
    rows: kept.length,
    values: Float64Array.from(sets, (set) => packing.values[set] as number),
    starts,
    rowsOf,
    capacity: Int32Array.from(kept, (row) => packing.capacity[row] as number),
    origin: {
      sets: sets.map((set) => packing.origin.sets[set] as number),
      rows: kept.map((row) => packing.origin.rows[row] as number),
    },
  };
}

function usedRows(packing: Packing, sets: Int32Array): Int32Array {
  const used = new Uint8Array(packing.rows);
  for (const set of sets) for (const row of rowsOfSet(packing, set)) used[row] = 1;
  const kept: number[] = [];
  for (let row = 0; row < packing.rows; row++) if (used[row]) kept.push(row);
  return Int32Array.from(kept);
}

/**
 * The value of some sets.
 *
 * @category Packings
 */
export function valueOfSets({ values }: Packing, sets: Iterable<number>): number {
  let value = 0;
  for (const set of sets) value += values[set] as number;
  return value;
}
