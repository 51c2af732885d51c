import type { Random } from '@mechane/core';
import { drawBeta } from './beta-draw.ts';
import { checkReward, firstLargest, type Policy } from './policy.ts';

/**
 * Thompson sampling (Thompson 1933) for rewards between 0 and 1 (Agrawal and Goyal, "Analysis of Thompson sampling for the multi-armed bandit
 * problem", COLT 2012): draws each arm's mean from what is believed of it, and pulls the best. A reward counts as a success with just
 * that probability.
 *
 * @category Policies
 */
export function thompson(arms: number, random: Random): Policy {
  const successes = new Float64Array(arms).fill(1);
  const failures = new Float64Array(arms).fill(1);
  const drawn = new Float64Array(arms);
  return {
    arms,
    choose() {
      for (let arm = 0; arm < arms; arm++) {
        drawn[arm] = drawBeta(random, successes[arm] as number, failures[arm] as number);
      }
      return firstLargest(drawn);
    },
    learn(arm, reward) {
      checkReward(reward);
      const counts = random.next() < reward ? successes : failures;
      counts[arm] = (counts[arm] as number) + 1;
    },
  };
}
