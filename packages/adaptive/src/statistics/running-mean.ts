import { RunningMoments } from '@mechane/numerics';
import { overflow } from '../errors.ts';

/**
 * A mean with how sure it is: `halfWidth` to either side, at 95 %.
 *
 * @category Measures
 */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
  readonly count: number;
}

/**
 * The mean of numbers that come one by one, in constant memory, and how sure it is.
 *
 * @category Measures
 */
export class RunningMean {
  readonly #moments = new RunningMoments();

  /** @throws MechaneError `overflow` for what is not finite, and where squares are beyond what numbers can say */
  add(value: number): void {
    this.#moments.add(value);
    if (!Number.isFinite(this.#moments.variance)) throw overflow();
  }

  get mean(): number {
    return this.#moments.mean;
  }

  /** The variance of a draw, without bias; 0 of fewer than two. */
  get variance(): number {
    return this.#moments.variance;
  }

  /** The mean and Student's 95 % interval; infinite where a single number says nothing about spread, `null` where there is none. */
  estimate(): Estimate | null {
    const { count, mean, standardError } = this.#moments;
    if (count === 0) return null;
    const halfWidth = count < 2 ? Number.POSITIVE_INFINITY : studentQuantile(count - 1) * standardError;
    return { mean, halfWidth, count };
  }
}

/**
 * Student's 95 % interval for a mean.
 *
 * @throws MechaneError `overflow` for what is not finite, and where squares are beyond what numbers can say
 * @category Measures
 *
 * @example
 * ```ts
 * import { meanOf } from '@mechane/adaptive';
 *
 * meanOf([1, 2, 3])?.mean; // => 2
 * meanOf([1, 2, 3])?.halfWidth.toFixed(2); // => '2.48'
 * ```
 */
export function meanOf(values: Iterable<number>): Estimate | null {
  const running = new RunningMean();
  for (const value of values) running.add(value);
  return running.estimate();
}

/** The 0.975 quantiles of Student's t distribution, by degrees of freedom from 1. */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

function studentQuantile(freedom: number): number {
  // Beyond the table, the first terms of Cornish and Fisher's expansion.
  return quantiles[freedom - 1] ?? 1.959964 + 2.3722 / freedom + 2.8225 / freedom ** 2;
}
