import type { Program } from './program.ts';
import { product } from './sparse-matrix.ts';

/**
 * By how much a point breaks the bound, the row or the wholeness that it breaks worst: 0 where it is feasible. It takes one
 * pass over the program and shares nothing with any solver. A point that is not one number per column breaks it infinitely.
 *
 * @category Solutions
 * @example
 * ```ts
 * import { linearProgram, violationAt } from '@mechane/optimization';
 *
 * const builder = linearProgram('maximize');
 * const x = builder.variable({ upper: 3, integer: true });
 * builder.constraint([[x, 2]], { atMost: 5 });
 * const program = builder.build();
 * violationAt(program, Float64Array.of(2)); // => 0
 * violationAt(program, Float64Array.of(2.25)); // => 0.25
 * violationAt(program, Float64Array.of(4)); // => 3
 * ```
 */
export function violationAt(program: Program, point: Float64Array): number {
  const { lower, upper, integer, rowLower, rowUpper, matrix } = program;
  if (point.length !== lower.length || point.some(Number.isNaN)) return Infinity;
  const activities = product(matrix, point, rowLower.length);
  const worst = Math.max(outside(point, lower, upper), outside(activities, rowLower, rowUpper));
  if (integer === undefined) return worst;
  return point.reduce(
    (most, x, column) => (integer[column] ? Math.max(most, Math.abs(x - Math.round(x))) : most),
    worst,
  );
}

function outside(values: Float64Array, lower: Float64Array, upper: Float64Array): number {
  return values.reduce(
    (most, value, index) => Math.max(most, (lower[index] as number) - value, value - (upper[index] as number)),
    0,
  );
}
