import type { Program, Sense, SparseMatrix } from '../src/index.ts';

export interface Dense {
  readonly sense: Sense;
  readonly costs: readonly number[];
  /** Row by row. */
  readonly matrix?: readonly (readonly number[])[];
  readonly rowLower?: readonly number[];
  readonly rowUpper?: readonly number[];
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  readonly integer?: boolean;
  readonly hessian?: readonly (readonly number[])[];
  readonly offset?: number;
}

/** A program from matrices as they are printed: variables are 0 or more, rows without bounds are free. */
export function dense(given: Dense): Program {
  const { sense, costs, matrix = [], rowLower, rowUpper, lower, upper, integer, hessian, offset } = given;
  const columns = costs.length;
  return {
    sense,
    offset,
    costs: Float64Array.from(costs),
    lower: Float64Array.from(lower ?? costs.map(() => 0)),
    upper: Float64Array.from(upper ?? costs.map(() => Infinity)),
    integer: integer ? new Uint8Array(columns).fill(1) : undefined,
    rowLower: Float64Array.from(rowLower ?? matrix.map(() => -Infinity)),
    rowUpper: Float64Array.from(rowUpper ?? matrix.map(() => Infinity)),
    matrix: sparse(matrix, columns),
    hessian: hessian && sparse(lowerTriangle(hessian), columns),
  };
}

/** The columns of a matrix that is given row by row. */
export function sparse(rows: readonly (readonly number[])[], columns: number): SparseMatrix {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let column = 0; column < columns; column++) {
    for (const [row, entries] of rows.entries()) {
      const value = entries[column] ?? 0;
      if (value === 0) continue;
      indices.push(row);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return { starts: Int32Array.from(starts), indices: Int32Array.from(indices), values: Float64Array.from(values) };
}

function lowerTriangle(square: readonly (readonly number[])[]): number[][] {
  return square.map((row, index) => row.map((value, column) => (column <= index ? value : 0)));
}
