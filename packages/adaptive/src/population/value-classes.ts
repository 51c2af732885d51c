import type { Values } from './value-distribution.ts';

/**
 * Values that a learner does not tell apart: what it learns of one, it uses for all of its class.
 *
 * @category Populations
 */
export interface ValueClasses {
  readonly count: number;
  of(value: number): number;
}

/**
 * Classes that are equally likely; a single one where there is a single value.
 *
 * @category Populations
 */
export function valueClasses(values: Values, most: number): ValueClasses {
  const count = values.lowest === values.highest ? 1 : most;
  return { count, of: (value) => Math.min(count - 1, Math.floor(values.shareBelow(value) * count)) };
}
