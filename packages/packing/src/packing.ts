/**
 * Winner determination as weighted set packing: choose bids of the greatest total value so that no row holds more of them than its
 * capacity. A row is a good with its copies, the one-of-these of an XOR bidder, or a dummy good. Values are whole numbers of
 * {@link Units units}, so that sums are exact.
 */
export interface Packing {
  readonly bids: number;
  readonly rows: number;
  /** What each bid is worth, in units. */
  readonly values: Float64Array;
  /** Bid `b` needs one of each of `rowsOf[starts[b]] … rowsOf[starts[b + 1] - 1]`, in rising order. */
  readonly starts: Int32Array;
  readonly rowsOf: Int32Array;
  readonly capacity: Int32Array;
  /** Which bids and rows of the whole packing these are, where this is a part of one. */
  readonly origin: Origin;
}

export interface Origin {
  readonly bids: Int32Array;
  readonly rows: Int32Array;
}

/** A row's bids: the transpose of a packing. */
export interface RowBids {
  readonly starts: Int32Array;
  readonly bidsIn: Int32Array;
}

/** Which bids win, and what they are worth together. */
export interface Selection {
  readonly bids: readonly number[];
  readonly value: number;
}

/** Builds a packing from each bid's rows. */
export function packingOf(
  values: readonly number[] | Float64Array,
  rowsOfBids: readonly (readonly number[])[],
  capacity: readonly number[] | Int32Array,
  origin: Origin = { bids: upTo(values.length), rows: upTo(capacity.length) },
): Packing {
  const starts = new Int32Array(rowsOfBids.length + 1);
  for (const [bid, rows] of rowsOfBids.entries()) starts[bid + 1] = (starts[bid] as number) + rows.length;
  const rowsOf = new Int32Array(starts[rowsOfBids.length] as number);
  for (const [bid, rows] of rowsOfBids.entries()) {
    rowsOf.set(
      [...rows].sort((a, b) => a - b),
      starts[bid] as number,
    );
  }
  return {
    bids: rowsOfBids.length,
    rows: capacity.length,
    values: Float64Array.from(values),
    starts,
    rowsOf,
    capacity: Int32Array.from(capacity),
    origin,
  };
}

/** 0, 1, 2 and so on. */
export function upTo(count: number): Int32Array {
  const all = new Int32Array(count);
  for (let index = 0; index < count; index++) all[index] = index;
  return all;
}

/** The bids of every row, in rising order. */
export function bidsByRow({ bids, rows, starts, rowsOf }: Packing): RowBids {
  const rowStarts = new Int32Array(rows + 1);
  for (const row of rowsOf) rowStarts[row + 1] = (rowStarts[row + 1] as number) + 1;
  for (let row = 0; row < rows; row++) {
    rowStarts[row + 1] = (rowStarts[row + 1] as number) + (rowStarts[row] as number);
  }
  const next = rowStarts.slice();
  const bidsIn = new Int32Array(rowsOf.length);
  for (let bid = 0; bid < bids; bid++) {
    for (let at = starts[bid] as number; at < (starts[bid + 1] as number); at++) {
      const row = rowsOf[at] as number;
      bidsIn[next[row] as number] = bid;
      next[row] = (next[row] as number) + 1;
    }
  }
  return { starts: rowStarts, bidsIn };
}

/** The rows of one bid. */
export function rowsOfBid({ starts, rowsOf }: Packing, bid: number): Int32Array {
  return rowsOf.subarray(starts[bid], starts[bid + 1]);
}

/** The same packing with some of its bids and rows, both in rising order. */
export function restricted(packing: Packing, bids: Int32Array, rows?: Int32Array): Packing {
  const rank = new Int32Array(packing.rows).fill(-1);
  const kept = rows ?? usedRows(packing, bids);
  for (const [index, row] of kept.entries()) rank[row] = index;
  const starts = new Int32Array(bids.length + 1);
  let entries = 0;
  for (const [index, bid] of bids.entries()) {
    for (let at = packing.starts[bid] as number; at < (packing.starts[bid + 1] as number); at++) {
      if ((rank[packing.rowsOf[at] as number] as number) >= 0) entries += 1;
    }
    starts[index + 1] = entries;
  }
  const rowsOf = new Int32Array(entries);
  let next = 0;
  for (const bid of bids) {
    for (let at = packing.starts[bid] as number; at < (packing.starts[bid + 1] as number); at++) {
      const index = rank[packing.rowsOf[at] as number] as number;
      if (index >= 0) rowsOf[next++] = index;
    }
  }
  return {
    bids: bids.length,
    rows: kept.length,
    values: Float64Array.from(bids, (bid) => packing.values[bid] as number),
    starts,
    rowsOf,
    capacity: Int32Array.from(kept, (row) => packing.capacity[row] as number),
    origin: {
      bids: bids.map((bid) => packing.origin.bids[bid] as number),
      rows: kept.map((row) => packing.origin.rows[row] as number),
    },
  };
}

function usedRows(packing: Packing, bids: Int32Array): Int32Array {
  const used = new Uint8Array(packing.rows);
  for (const bid of bids) for (const row of rowsOfBid(packing, bid)) used[row] = 1;
  const kept: number[] = [];
  for (let row = 0; row < packing.rows; row++) if (used[row]) kept.push(row);
  return Int32Array.from(kept);
}

/** The value of a set of bids. */
export function valueOfBids({ values }: Packing, bids: Iterable<number>): number {
  let value = 0;
  for (const bid of bids) value += values[bid] as number;
  return value;
}
