import type { PackageBid } from '../package-bids.ts';
import { bundleKey } from './package-choices.ts';

/** What packages cost. No package costs less than a package within it. */
export class PackagePrices {
  readonly #first: number;
  readonly #raised = new Map<string, PackageBid>();

  /** @param first what packages cost whose price has not been raised */
  constructor(first: number) {
    this.#first = first;
  }

  of(bundle: readonly string[]): number {
    return priceWithin(this.list(), bundle, this.#first);
  }

  /** The prices that have been raised. */
  list(): readonly PackageBid[] {
    return [...this.#raised.values()];
  }

  /** Raises a package's price, unless it is there already. */
  raise(bundle: string[], price: number): void {
    if (price > this.of(bundle)) this.#raised.set(bundleKey(bundle), { bundle, value: price });
  }
}

/** What a package costs: the most that a package within it does. */
export function priceWithin(prices: readonly PackageBid[], bundle: readonly string[], first: number): number {
  let most = first;
  for (const { bundle: part, value } of prices) {
    if (value > most && part.every((good) => bundle.includes(good))) most = value;
  }
  return most;
}
