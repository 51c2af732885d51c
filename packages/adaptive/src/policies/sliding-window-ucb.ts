import { checkReward, firstLargest, firstUntried, type Policy } from './policy.ts';

/** @category Policies */
export interface SlidingWindowOptions {
  /** How many pulls back it looks: 1,000 unless given. For T pulls with C changes, 2·√(T ln(T)/C) is a good choice. */
  readonly window?: number;
  /** How wide the bounds are: 0.6 unless given; the paper asks for more than 1/2. */
  readonly width?: number;
}

/**
 * Sliding-window UCB (Garivier and Moulines, "On upper-confidence bound policies for switching bandit problems", ALT 2011): UCB over the last
 * pulls only, so that it follows arms that change.
 *
 * @category Policies
 */
export function slidingWindowUcb(arms: number, { window = 1_000, width = 0.6 }: SlidingWindowOptions = {}): Policy {
  const pulls = new Float64Array(arms);
  const sums = new Float64Array(arms);
  const indices = new Float64Array(arms);
  const lastArms = new Int32Array(window);
  const lastRewards = new Float64Array(window);
  let total = 0;
  return {
    arms,
    choose() {
      const untried = firstUntried(pulls);
      if (untried !== -1) return untried;
      const bound = width * Math.log(Math.min(total, window));
      for (let arm = 0; arm < arms; arm++) {
        const own = pulls[arm] as number;
        indices[arm] = (sums[arm] as number) / own + Math.sqrt(bound / own);
      }
      return firstLargest(indices);
    },
    learn(arm, reward) {
      checkReward(reward);
      const place = total % window;
      if (total >= window) {
        const old = lastArms[place] as number;
        pulls[old] = (pulls[old] as number) - 1;
        // An arm without pulls has no rewards either: what is left of the sum is rounding.
        sums[old] = pulls[old] === 0 ? 0 : (sums[old] as number) - (lastRewards[place] as number);
      }
      lastArms[place] = arm;
      lastRewards[place] = reward;
      pulls[arm] = (pulls[arm] as number) + 1;
      sums[arm] = (sums[arm] as number) + reward;
      total += 1;
    },
  };
}
