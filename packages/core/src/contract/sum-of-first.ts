/**
 * What so many units are worth to whom each further unit is worth a marginal value; what there is no value for is worth nothing.
 *
 * @category Amounts
 * @example
 * ```ts
 * import { sumOfFirst } from '@mechane/core';
 *
 * sumOfFirst([10, 7, 7], 2); // => 17
 * ```
 */
export function sumOfFirst(marginals: readonly number[], units: number): number {
  let sum = 0;
  for (let unit = 0; unit < units && unit < marginals.length; unit++) sum += marginals[unit] as number;
  return sum;
}
