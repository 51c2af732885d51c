import { refusedSelection } from './errors.ts';
import type { Packing, Selection } from './packing.ts';

/**
 * Confirms that a selection is one: every set is there and in it once, no row holds more sets than its capacity, and together they are worth
 * what is said. Shares nothing with the search.
 *
 * @throws PackingError `refused-selection`
 * @category Proofs
 *
 * @example
 * ```ts
 * import { packingOf, recheckSelection } from '@mechane/packing';
 *
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * recheckSelection(packing, { sets: [0, 1], value: 48 });
 * let refused = '';
 * try {
 *   recheckSelection(packing, { sets: [0, 2], value: 60 });
 * } catch (error) {
 *   refused = String(error);
 * }
 * refused; // => 'PackingError: row 0 holds more than 1. Fix: pass the sets and the value of one result, and the packing that it is of.'
 * ```
 */
export function recheckSelection({ rows, values, starts, rowsOf, capacity }: Packing, selection: Selection): void {
  const used = new Int32Array(rows);
  let worth = 0;
  for (const set of selection.sets) {
    const value = values[set];
    if (value === undefined) throw refusedSelection(`there is no set ${set}`);
    worth += value;
    for (const row of rowsOf.subarray(starts[set], starts[set + 1])) used[row] = (used[row] as number) + 1;
  }
  for (const [row, most] of capacity.entries()) {
    if ((used[row] as number) > most) throw refusedSelection(`row ${row} holds more than ${most}`);
  }
  if (new Set(selection.sets).size < selection.sets.length) throw refusedSelection('a set is in twice');
  if (worth !== selection.value) throw refusedSelection(`the sets are worth ${worth}, not ${selection.value}`);
}
