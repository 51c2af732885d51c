import { seededRandom } from '@mechane/core';
import { type Packing, packingOf, rowsOfSet } from '../src/packing.ts';

/** Sets on a few rows, small enough to try every way in which the rows can be filled. */
export function randomPacking(seed: number): Packing {
  const random = seededRandom(seed);
  const rows = 3 + random.below(6);
  const copies = random.below(3) === 0;
  const capacity = Array.from({ length: rows }, () => (copies && random.below(3) === 0 ? 2 : 1));
  const sets = 1 + random.below(60);
  const sparse = 2 + random.below(4);
  const rowsOf = Array.from({ length: sets }, () => {
    const wanted = Array.from({ length: rows }, (_, row) => row).filter(() => random.below(sparse) === 0);
    const own = wanted.length === 0 ? [random.below(rows)] : wanted;
    if (own.every((row) => (capacity[row] as number) > 1)) own.push(capacity.push(1) - 1);
    return own;
  });
  const values = rowsOf.map((own) => random.below(own.length * 20));
  return packingOf(values, rowsOf, capacity);
}

/** Sets of two to five rows, so that few pairs conflict and relaxations are fractional; some rows have two copies. */
export function sparsePacking(seed: number, sets: number, rows: number): Packing {
  const random = seededRandom(seed);
  const capacity = Array.from({ length: rows }, () => (random.below(8) === 0 ? 2 : 1));
  const rowsOf = Array.from({ length: sets }, () => {
    const own = new Set<number>();
    const size = 2 + random.below(4);
    while (own.size < size) own.add(random.below(rows));
    return [...own];
  });
  const values = rowsOf.map((own) => own.length * 100 + random.below(60));
  return packingOf(values, rowsOf, capacity);
}

/** Sets of two rows in three, so that nearly all of them conflict. */
export function densePacking(seed: number, sets: number, rows: number): Packing {
  const random = seededRandom(seed);
  const rowsOf = Array.from({ length: sets }, () => {
    const own = Array.from({ length: rows }, (_, row) => row).filter(() => random.below(3) > 0);
    return own.length === 0 ? [random.below(rows)] : own;
  });
  const values = rowsOf.map((own) => own.length * 1000 + random.below(1000));
  return packingOf(values, rowsOf, new Int32Array(rows).fill(1));
}

/** The best value by dynamic programming over what is used, a digit a row. Rows that all of their sets fit in are left out. */
export function bestByTrying(packing: Packing): number {
  const wanted = new Int32Array(packing.rows);
  for (const row of packing.rowsOf) wanted[row] = (wanted[row] as number) + 1;
  const digits = new Map<number, { readonly unit: number; readonly capacity: number }>();
  let uses = 1;
  for (const [row, capacity] of packing.capacity.entries()) {
    if ((wanted[row] as number) <= capacity) continue;
    digits.set(row, { unit: uses, capacity });
    uses *= capacity + 1;
  }
  let best = new Float64Array(uses).fill(-Infinity);
  best[0] = 0;
  for (let set = 0; set < packing.sets; set++) {
    const own = [...rowsOfSet(packing, set)].flatMap((row) => digits.get(row) ?? []);
    const further = own.reduce((sum, { unit }) => sum + unit, 0);
    const next = best.slice();
    for (const [use, value] of best.entries()) {
      if (value < 0 || own.some(({ unit, capacity }) => Math.floor(use / unit) % (capacity + 1) === capacity)) continue;
      const after = use + further;
      next[after] = Math.max(next[after] as number, value + (packing.values[set] as number));
    }
    best = next;
  }
  return best.reduce((most, value) => Math.max(most, value), 0);
}
