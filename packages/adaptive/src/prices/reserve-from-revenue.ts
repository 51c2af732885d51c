import { invalidValue } from '../errors.ts';

/**
 * Sets the reserve of one second-price auction after another, and sees only what it earns.
 *
 * @category Prices
 */
export interface ReserveFromRevenue {
  /** The reserve for the next auction. */
  reserve(): number;
  /**
   * Takes note of the price that was paid, or `null` where nobody bid the reserve.
   *
   * @throws MechaneError `invalid-value` for what is no price: negative, infinite or no number
   */
  learn(price: number | null): void;
  /** The reserve that is best by all that is known. */
  best(): number;
}

/** @category Prices */
export interface RevenueOptions {
  /** How many bidders there are, 2 or more. */
  readonly bidders: number;
  /** The highest value a bidder may have. */
  readonly highest: number;
  /** How many auctions there will be. */
  readonly auctions: number;
  /** How likely the bound on the regret may fail: 0.05 unless given. */
  readonly risk?: number;
}

const bins = 512;

/**
 * A reserve learnt from revenue alone (Cesa-Bianchi, Gentile and Mansour, "Regret minimization for reserve prices in second-price
 * auctions", SODA 2013): for bidders whose values are drawn independently from one distribution, its regret against the best reserve grows as
 * √T up to logarithms. It plays in stages, each with the least reserve that may still be the best, since a low reserve shows more of
 * what bids are; from the distribution of the second highest bid follows that of all, and from it what every higher reserve would earn.
 *
 * @category Prices
 */
export function reserveFromRevenue({ bidders, highest, auctions, risk = 0.05 }: RevenueOptions): ReserveFromRevenue {
  const stages = Math.max(1, Math.ceil(Math.log2(Math.log2(Math.max(4, auctions)))));
  const lengthOf = (stage: number): number => Math.ceil(auctions ** (1 - 2 ** -stage));
  // How often the second highest bid fell into each bin, and how often it was hidden below the reserve.
  let hidden = 0;
  let seconds = new Float64Array(bins + 1);
  let current = 0;
  let best = 0;
  let seen = 0;
  let stage = 1;
  const priceOf = (bin: number): number => (highest * bin) / bins;

  const endStage = (): void => {
    const revenue = new Float64Array(bins + 1).fill(Number.NEGATIVE_INFINITY);
    let below = hidden;
    let integral = 0;
    for (let bin = current; bin <= bins; bin++) {
      // The share of second highest bids below this price; the distribution of all bids from it; how likely nobody bids it.
      const share = below / seen;
      revenue[bin] = integral - (bin / bins) * shareOfAll(share, bidders) ** bidders;
      below += seconds[bin] as number;
      integral += below / seen / bins;
    }
    best = revenue.reduce((most, value, bin) => (value > (revenue[most] as number) ? bin : most), current);
    const doubt = Math.sqrt((2 / Math.max(1, seen - hidden)) * Math.log((6 * stages) / risk));
    const least = (bin: number): number => (revenue[best] as number) - (2 * doubt * (best + bin)) / bins;
    let next = current;
    while (next < best && (revenue[next] as number) < least(next)) next += 1;
    current = next;
    stage += 1;
    seen = 0;
    hidden = 0;
    seconds = new Float64Array(bins + 1);
  };

  return {
    reserve: () => priceOf(current),
    learn(price) {
      if (price !== null && !(price >= 0 && price < Number.POSITIVE_INFINITY)) throw invalidValue(price);
      seen += 1;
      if (price === null || price <= priceOf(current)) hidden += 1;
      else {
        const bin = Math.min(bins, Math.floor((price / highest) * bins));
        seconds[bin] = (seconds[bin] as number) + 1;
      }
      if (seen >= lengthOf(stage)) endStage();
    },
    best: () => priceOf(best),
  };
}

/** F from F₂ = m·F^(m−1) − (m−1)·F^m, which rises in F, by bisection. */
function shareOfAll(ofSecond: number, bidders: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (bidders * middle ** (bidders - 1) - (bidders - 1) * middle ** bidders < ofSecond) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
