import type { Program } from './program.ts';
import { symmetricProduct } from './sparse-matrix.ts';

/**
 * What the objective of a program comes to at a point, feasible or not.
 *
 * @category Solutions
 * @example
 * ```ts
 * import { linearProgram, objectiveAt } from '@mechane/optimization';
 *
 * const program = linearProgram('minimize');
 * const x = program.variable({ cost: 1 });
 * program.product(x, x, 2);
 * objectiveAt(program.build(), Float64Array.of(3)); // => 21
 * ```
 */
export function objectiveAt({ offset = 0, costs, hessian }: Program, point: Float64Array): number {
  const linear = point.reduce((sum, x, column) => sum + (costs[column] as number) * x, offset);
  if (hessian === undefined) return linear;
  const slope = symmetricProduct(hessian, point);
  return linear + point.reduce((sum, x, column) => sum + (x * (slope[column] as number)) / 2, 0);
}
