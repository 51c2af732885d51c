/**
 * Mean and variance of numbers that come one by one, in constant memory and without cancellation.
 *
 * Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962).
 *
 * @category Statistics
 * @example
 * ```ts
 * import { RunningMoments } from '@mechane/numerics';
 *
 * const moments = new RunningMoments();
 * for (const value of [1, 2, 3]) moments.add(value);
 * moments.mean; // => 2
 * moments.variance; // => 1
 * moments.standardError.toFixed(3); // => '0.577'
 * ```
 */
export class RunningMoments {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  get count(): number {
    return this.#count;
  }

  /** 0 of none. */
  get mean(): number {
    return this.#mean;
  }

  /** The variance of a draw, without bias; 0 of fewer than two, not finite where its squares are beyond what numbers can say. */
  get variance(): number {
    return this.#count < 2 ? this.#squares * 0 : this.#squares / (this.#count - 1);
  }

  /** How far the mean may be from that of all there could be: the root of its variance. */
  get standardError(): number {
    return Math.sqrt(this.variance / Math.max(1, this.#count));
  }
}
