/**
 * A matrix of which only the entries that are not zero are written down, column by column (compressed sparse columns).
 * Column `j` has the entries from `starts[j]` up to, and without, `starts[j + 1]`: entry `k` is `values[k]` in row `indices[k]`.
 * Rows of a column may come in any order, each once.
 *
 * @category Programs
 */
export interface SparseMatrix {
  /** One number per column and one more: where each column begins, and where the last one ends. */
  readonly starts: Int32Array;
  /** The row of every entry, from 0. */
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** `A x`: what every row comes to at a point. */
export function product({ starts, indices, values }: SparseMatrix, point: Float64Array, rows: number): Float64Array {
  const activities = new Float64Array(rows);
  for (let column = 0; column < point.length; column++) {
    const x = point[column] as number;
    if (x === 0) continue;
    for (let entry = starts[column] as number; entry < (starts[column + 1] as number); entry++) {
      const row = indices[entry] as number;
      activities[row] = (activities[row] as number) + (values[entry] as number) * x;
    }
  }
  return activities;
}

/** `Q x`, where only the lower triangle of the symmetric `Q` is written down. */
export function symmetricProduct({ starts, indices, values }: SparseMatrix, point: Float64Array): Float64Array {
  const result = new Float64Array(point.length);
  for (let column = 0; column < point.length; column++) {
    for (let entry = starts[column] as number; entry < (starts[column + 1] as number); entry++) {
      const row = indices[entry] as number;
      const value = values[entry] as number;
      result[row] = (result[row] as number) + value * (point[column] as number);
      if (row !== column) result[column] = (result[column] as number) + value * (point[row] as number);
    }
  }
  return result;
}

/** A matrix of so many rows, with those of a symmetric one, of which only the lower triangle is written down, below it. */
export function symmetricColumns(triangle: SparseMatrix, above: SparseMatrix, rows: number): SparseMatrix {
  const columns = above.starts.length - 1;
  const entries: [row: number, value: number][][] = Array.from({ length: columns }, () => []);
  for (let column = 0; column < columns; column++) {
    for (let entry = above.starts[column] as number; entry < (above.starts[column + 1] as number); entry++) {
      entries[column]?.push([above.indices[entry] as number, above.values[entry] as number]);
    }
    for (let entry = triangle.starts[column] as number; entry < (triangle.starts[column + 1] as number); entry++) {
      const [row, value] = [triangle.indices[entry] as number, triangle.values[entry] as number];
      entries[column]?.push([rows + row, value]);
      if (row !== column) entries[row]?.push([rows + column, value]);
    }
  }
  return compressed(entries);
}

/** Writes down columns that are given entry by entry. */
export function compressed(columns: readonly Iterable<readonly [row: number, value: number]>[]): SparseMatrix {
  const entries = columns.map((column) => [...column]);
  const starts = new Int32Array(columns.length + 1);
  entries.forEach((column, index) => {
    starts[index + 1] = (starts[index] as number) + column.length;
  });
  return {
    starts,
    indices: Int32Array.from(entries.flatMap((column) => column.map(([row]) => row))),
    values: Float64Array.from(entries.flatMap((column) => column.map(([, value]) => value))),
  };
}
