import { BitMatrix } from './bitset.ts';
import { bidsByRow, type Packing } from './packing.ts';

/** Which bids cannot both win because they need the same single thing. */
export interface ConflictGraph {
  readonly bids: number;
  /** Row `b` holds the bids in conflict with `b`. */
  readonly conflicts: BitMatrix;
  /** Rows that are not said by conflicts alone: those of several copies. */
  readonly sharedRows: readonly number[];
}

export function conflictGraphOf(packing: Packing): ConflictGraph {
  const conflicts = new BitMatrix(packing.bids, packing.bids);
  const { starts, bidsIn } = bidsByRow(packing);
  const sharedRows: number[] = [];
  const inRow = new Int32Array(conflicts.words);
  for (let row = 0; row < packing.rows; row++) {
    if ((packing.capacity[row] as number) > 1) {
      sharedRows.push(row);
      continue;
    }
    const bids = bidsIn.subarray(starts[row], starts[row + 1]);
    inRow.fill(0);
    for (const bid of bids) inRow[bid >>> 5] = (inRow[bid >>> 5] as number) | (1 << (bid & 31));
    for (const bid of bids) {
      const offset = bid * conflicts.words;
      for (let word = 0; word < conflicts.words; word++) {
        conflicts.bits[offset + word] = (conflicts.bits[offset + word] as number) | (inRow[word] as number);
      }
    }
  }
  for (let bid = 0; bid < packing.bids; bid++) {
    const at = bid * conflicts.words + (bid >>> 5);
    conflicts.bits[at] = (conflicts.bits[at] as number) & ~(1 << (bid & 31));
  }
  return { bids: packing.bids, conflicts, sharedRows };
}

/** The share of pairs that conflict. */
export function densityOf({ bids, conflicts }: ConflictGraph, popcount: (word: number) => number): number {
  let pairs = 0;
  for (const word of conflicts.bits) pairs += popcount(word);
  return bids < 2 ? 1 : pairs / (bids * (bids - 1));
}
