import { ucb1 } from '../policies/ucb1.ts';

/**
 * Sets a price for one buyer after another, and sees who buys.
 *
 * @category Prices
 */
export interface PriceLearner {
  /** The price for the next buyer. */
  price(): number;
  /** Takes note of whether the buyer bought at it. */
  learn(bought: boolean): void;
  /** The price that has earned most so far. */
  best(): number;
}

/** @category Prices */
export interface PriceBanditOptions {
  /** The highest value a buyer may have. */
  readonly highest: number;
  /** How many buyers there will be, which sets how fine the prices are. */
  readonly buyers: number;
}

/**
 * Posted prices by UCB1 over (T / ln T)^(1/4) of them, evenly spaced (Kleinberg and Leighton, "The value of knowing a demand curve", FOCS 2003,
 * section 3): for buyers whose values come from one distribution with a smooth revenue curve, what it loses against the best fixed
 * price grows as √(T ln T).
 *
 * @category Prices
 */
export function priceBandit({ highest, buyers }: PriceBanditOptions): PriceLearner {
  const count = Math.max(2, Math.ceil((buyers / Math.log(Math.max(buyers, 3))) ** 0.25));
  const policy = ucb1(count);
  const priceOf = (arm: number): number => (highest * (arm + 1)) / count;
  const pulls = new Float64Array(count);
  const earned = new Float64Array(count);
  let current: number | undefined;
  return {
    price() {
      current ??= policy.choose();
      return priceOf(current);
    },
    learn(bought) {
      const arm = current ?? policy.choose();
      current = undefined;
      const reward = bought ? (arm + 1) / count : 0;
      policy.learn(arm, reward);
      pulls[arm] = (pulls[arm] as number) + 1;
      earned[arm] = (earned[arm] as number) + reward;
    },
    best() {
      let best = 0;
      const mean = (arm: number): number => (earned[arm] as number) / Math.max(1, pulls[arm] as number);
      for (let arm = 1; arm < count; arm++) if (mean(arm) > mean(best)) best = arm;
      return priceOf(best);
    },
  };
}
