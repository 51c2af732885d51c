import { overflow } from '../errors.ts';

/**
 * Smith's coefficient of convergence: how far prices are from the equilibrium price, as the root of the mean square and a share of that price
 * (Smith, "An experimental study of competitive market behavior", Journal of Political Economy 70, 1962). As a share, where he gives percent.
 *
 * @returns `null` without prices, or where the equilibrium price is 0
 * @throws MechaneError `overflow` for what is not finite, and where squares are beyond what numbers can say
 * @category Measures
 *
 * @example
 * ```ts
 * import { smithsAlpha } from '@mechane/adaptive';
 *
 * smithsAlpha([90, 110], 100); // => 0.1
 * ```
 */
export function smithsAlpha(prices: readonly number[], equilibriumPrice: number): number | null {
  const running = new RunningAlpha();
  for (const price of prices) running.add(price, equilibriumPrice);
  return running.alpha;
}

/**
 * Smith's alpha of prices that come one by one, each with the equilibrium price of its round, in constant memory.
 *
 * @category Measures
 */
export class RunningAlpha {
  #squares = 0;
  #equilibrium = 0;
  #count = 0;

  /** @throws MechaneError `overflow` for what is not finite, and where squares are beyond what numbers can say */
  add(price: number, equilibriumPrice: number): void {
    this.#squares += (price - equilibriumPrice) ** 2;
    this.#equilibrium += equilibriumPrice;
    this.#count += 1;
    if (!(this.#squares < Number.POSITIVE_INFINITY)) throw overflow();
  }

  /** Over all rounds: the root of the mean square distance, as a share of the mean equilibrium price. */
  get alpha(): number | null {
    if (this.#count === 0 || this.#equilibrium === 0) return null;
    return Math.sqrt(this.#squares / this.#count) / Math.abs(this.#equilibrium / this.#count);
  }
}
