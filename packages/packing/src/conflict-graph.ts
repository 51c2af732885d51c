import { BitMatrix } from './bitset.ts';
import { type Packing, rowsOfSet, setsByRow } from './packing.ts';

/** Which sets cannot both be in because they need the same single thing. */
export interface ConflictGraph {
  readonly sets: number;
  /** Row `b` holds the sets in conflict with `b`. */
  readonly conflicts: BitMatrix;
  /** Rows that are not said by conflicts alone: those of several copies. */
  readonly sharedRows: readonly number[];
}

export function conflictGraphOf(packing: Packing): ConflictGraph {
  const conflicts = new BitMatrix(packing.sets, packing.sets);
  const { words, bits } = conflicts;
  const { starts, setsIn } = setsByRow(packing);
  const inRow = new BitMatrix(packing.rows, packing.sets);
  const sharedRows: number[] = [];
  for (let row = 0; row < packing.rows; row++) {
    if ((packing.capacity[row] as number) > 1) {
      sharedRows.push(row);
      continue;
    }
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) inRow.add(row, setsIn[at] as number);
  }
  const open = new Int32Array(words);
  for (let set = 0; set < packing.sets; set++) {
    const rows = rowsOfSet(packing, set);
    const own = set * words;
    let left = words;
    for (let word = 0; word < words; word++) open[word] = word;
    for (let index = 0; index < rows.length; index++) {
      const offset = (rows[index] as number) * words;
      for (let at = 0; at < left; at++) {
        const word = open[at] as number;
        bits[own + word] = (bits[own + word] as number) | (inRow.bits[offset + word] as number);
      }
      if ((index & 7) !== 7) continue;
      // Where most sets conflict, few rows say so of nearly all.
      let kept = 0;
      for (let at = 0; at < left; at++) {
        const word = open[at] as number;
        if (bits[own + word] !== -1) open[kept++] = word;
      }
      left = kept;
    }
  }
  for (let set = 0; set < packing.sets; set++) {
    const at = set * conflicts.words + (set >>> 5);
    conflicts.bits[at] = (conflicts.bits[at] as number) & ~(1 << (set & 31));
  }
  return { sets: packing.sets, conflicts, sharedRows };
}

/** At least the share of pairs that conflict: pairs that want several single things in common count several times. */
export function densityAtMost(packing: Packing): number {
  const { starts } = setsByRow(packing);
  let pairs = 0;
  for (let row = 0; row < packing.rows; row++) {
    const size = (starts[row + 1] as number) - (starts[row] as number);
    if (packing.capacity[row] === 1) pairs += size * (size - 1);
  }
  return packing.sets < 2 ? 1 : pairs / (packing.sets * (packing.sets - 1));
}

/** The share of pairs that conflict. */
export function densityOf({ sets, conflicts }: ConflictGraph, popcount: (word: number) => number): number {
  let pairs = 0;
  for (const word of conflicts.bits) pairs += popcount(word);
  return sets < 2 ? 1 : pairs / (sets * (sets - 1));
}
