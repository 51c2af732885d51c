import type { Program } from './program.ts';
import { symmetricProduct } from './sparse-matrix.ts';

/** @category Solutions */
export interface DualBoundOptions {
  /** Where to take the slope of a quadratic part: best at the optimum. The bound holds wherever it is taken. */
  readonly at?: Float64Array;
  /**
   * How far a reduced cost may point towards a bound that does not exist and still count as 0: 1e-7, as solvers have it, unless
   * said otherwise. 0 makes the bound exact but for rounding, and infinite where duals are a solver's.
   */
  readonly tolerance?: number;
}

/**
 * The bound that row duals prove: no feasible point has a better objective. Any duals prove one; the better they are, the closer
 * it is, and those of an optimum prove the optimum (strong duality). It takes one pass over the program and shares nothing with
 * any solver. Whole numbers are not asked for, so of an integer program it bounds the relaxation.
 *
 * @category Solutions
 * @example
 * ```ts
 * import { dualBound, linearProgram } from '@mechane/optimization';
 *
 * const program = linearProgram('maximize');
 * const doors = program.variable({ cost: 3, upper: 4 });
 * const windows = program.variable({ cost: 5 });
 * program.constraint([[windows, 2]], { atMost: 12 });
 * program.constraint([[doors, 3], [windows, 2]], { atMost: 18 });
 * dualBound(program.build(), Float64Array.of(1.5, 1)); // => 36
 * dualBound(program.build(), Float64Array.of(2.5, 0)); // => 42
 * ```
 */
export function dualBound(
  { sense, offset = 0, costs, lower, upper, rowLower, rowUpper, matrix, hessian }: Program,
  rowDuals: Float64Array,
  { at, tolerance = 1e-7 }: DualBoundOptions = {},
): number {
  const minimizing = sense === 'minimize';
  let bound = offset;
  const reduced = Float64Array.from(costs);
  if (hessian && at) {
    // A convex objective lies above its tangent, so the best of the tangent bounds the best of the objective.
    const slope = symmetricProduct(hessian, at);
    slope.forEach((s, column) => {
      reduced[column] = (reduced[column] as number) + s;
      bound -= (s * (at[column] as number)) / 2;
    });
  }
  const duals = rowDuals.map((dual, row) =>
    Number.isFinite(limit(dual, rowLower, rowUpper, row, minimizing)) ? dual : 0,
  );
  duals.forEach((dual, row) => {
    if (dual !== 0) bound += dual * limit(dual, rowLower, rowUpper, row, minimizing);
  });
  for (let column = 0; column < costs.length; column++) {
    let cost = reduced[column] as number;
    for (let entry = matrix.starts[column] as number; entry < (matrix.starts[column + 1] as number); entry++) {
      cost -= (matrix.values[entry] as number) * (duals[matrix.indices[entry] as number] as number);
    }
    const best = limit(cost, lower, upper, column, minimizing);
    if (Number.isFinite(best)) bound += cost * best;
    else if (Math.abs(cost) > tolerance) return minimizing ? -Infinity : Infinity;
  }
  return bound;
}

/** The bound at which something that is paid this price is worst: the lower one for a positive price in a minimum. */
function limit(price: number, lower: Float64Array, upper: Float64Array, index: number, minimizing: boolean): number {
  return (price > 0 === minimizing ? lower[index] : upper[index]) as number;
}
