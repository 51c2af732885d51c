import { amount, positiveAmount, type Random } from '@mechane/core';
import * as z from 'zod';

/**
 * What an agent's value is drawn from in each round.
 *
 * @category Populations
 */
export type ValueDistribution =
  | { kind: 'uniform'; low: number; high: number }
  | { kind: 'exponential'; mean: number }
  | { kind: 'empirical'; samples: number[] }
  | { kind: 'constant'; value: number };

export const valueDistribution: z.ZodType<ValueDistribution, ValueDistribution> = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('uniform'), low: amount, high: amount })
    .refine(({ low, high }) => low < high, { path: ['high'], message: 'expected high above low' }),
  z.strictObject({ kind: z.literal('exponential'), mean: positiveAmount }),
  z.strictObject({ kind: z.literal('empirical'), samples: z.array(amount).min(1) }),
  z.strictObject({ kind: z.literal('constant'), value: amount }),
]);

/**
 * What values are drawn from, ready for use.
 *
 * @category Populations
 */
export interface Values {
  /** The least value there is. */
  readonly lowest: number;
  /** The highest value, or where there is none, one that 1 draw in 1,000 exceeds. */
  readonly highest: number;
  draw(random: Random): number;
  /** The share of draws below a value. */
  shareBelow(value: number): number;
}

/** How many draws of a distribution without end exceed what is taken as its highest value. */
const beyond = 1e-3;

/**
 * Readies a distribution.
 *
 * @category Populations
 * @example
 * ```ts
 * import { valuesOf } from '@mechane/adaptive';
 *
 * valuesOf({ kind: 'uniform', low: 0, high: 4 }).shareBelow(1); // => 0.25
 * ```
 */
export function valuesOf(distribution: ValueDistribution): Values {
  switch (distribution.kind) {
    case 'uniform': {
      const { low, high } = distribution;
      const width = high - low;
      return {
        lowest: low,
        highest: high,
        draw: (random) => low + width * random.next(),
        shareBelow: (value) => Math.min(1, Math.max(0, (value - low) / width)),
      };
    }
    case 'exponential': {
      const { mean } = distribution;
      return {
        lowest: 0,
        highest: -mean * Math.log(beyond),
        // One less the draw is never 0, whose logarithm would be infinite.
        draw: (random) => -mean * Math.log(1 - random.next()),
        shareBelow: (value) => 1 - Math.exp(-Math.max(0, value) / mean),
      };
    }
    case 'empirical': {
      const sorted = Float64Array.from(distribution.samples).sort();
      return {
        lowest: sorted[0] as number,
        highest: sorted.at(-1) as number,
        draw: (random) => sorted[random.below(sorted.length)] as number,
        shareBelow: (value) => countBelow(sorted, value) / sorted.length,
      };
    }
    case 'constant': {
      const { value } = distribution;
      return { lowest: value, highest: value, draw: () => value, shareBelow: (other) => (other > value ? 1 : 0) };
    }
  }
}

function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
