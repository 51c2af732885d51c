import type { SparseMatrix } from './sparse-matrix.ts';

/**
 * Which way the objective should go.
 *
 * @category Programs
 */
export type Sense = 'minimize' | 'maximize';

/**
 * A linear, mixed-integer or convex quadratic program:
 *
 *     minimize or maximize   offset + costs·x + ½ xᵀ hessian x
 *     subject to             rowLower ≤ matrix x ≤ rowUpper
 *                            lower ≤ x ≤ upper,  x_j integer where integer[j] is 1
 *
 * `-Infinity` and `Infinity` say that there is no bound. Integer columns and a quadratic part exclude one another. Finite
 * bounds and costs are below 1e20, and entries of the matrix are 0 or between 1e-9 and 1e15 in size: beyond that, change units.
 *
 * @category Programs
 */
export interface Program {
  readonly sense: Sense;
  /** Added to the objective: 0 unless said otherwise. */
  readonly offset?: number | undefined;
  /** The linear part of the objective: one number per column, as in `lower` and `upper`. */
  readonly costs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 where a column is to be a whole number, 0 elsewhere; all columns are continuous unless said otherwise. */
  readonly integer?: Uint8Array | undefined;
  /** One number per row, as in `rowUpper`; equal ones make an equation. */
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly matrix: SparseMatrix;
  /**
   * The lower triangle of the symmetric matrix of the quadratic part, which counts by half: `x²` is an entry of 2 on the
   * diagonal, `x y` one of 1 off it. Positive semidefinite to minimize, negative semidefinite to maximize.
   */
  readonly hessian?: SparseMatrix | undefined;
}

/** A program that has a quadratic part. */
export interface QuadraticProgram extends Program {
  readonly hessian: SparseMatrix;
}

/**
 * Columns to add to a model: one number each, and their entries in the rows there are.
 *
 * @category Programs
 */
export interface ColumnBatch {
  readonly costs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly integer?: Uint8Array | undefined;
  readonly matrix: SparseMatrix;
}

/**
 * Rows to add to a model. Their matrix is written down row by row: row `i` has the entries from `starts[i]` up to, and without,
 * `starts[i + 1]`, and `indices` are columns.
 *
 * @category Programs
 */
export interface RowBatch {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly matrix: SparseMatrix;
}
