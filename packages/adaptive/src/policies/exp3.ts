import type { Random } from '@mechane/core';
import { checkReward, type Policy } from './policy.ts';

/** @category Policies */
export interface Exp3Options {
  /** How many pulls there will be, which sets how much it explores. */
  readonly rounds: number;
  /** The share of pulls that explore; from `rounds` by the paper's rule unless given. */
  readonly exploration?: number;
}

/**
 * A policy that says how likely it makes each arm.
 *
 * @category Policies
 */
export interface Exp3Policy extends Policy {
  /** How likely each arm is to be pulled next, as a new array. */
  chances(): Float64Array;
}

/** e^32 is 8·10¹³: sums of such numbers still tell weights near 1 apart. */
const largestLog = 32;

/**
 * Exp3 (Auer, Cesa-Bianchi, Freund and Schapire, "The nonstochastic multiarmed bandit problem", SIAM Journal on Computing 32, 2002): for
 * rewards that an adversary may choose. Its expected regret after T pulls of K arms is at most 2·√((e-1)·T·K·ln K).
 *
 * @category Policies
 */
export function exp3(arms: number, random: Random, { rounds, exploration }: Exp3Options): Exp3Policy {
  const usual = Math.sqrt((arms * Math.log(arms)) / ((Math.E - 1) * rounds));
  const share = exploration ?? Math.min(1, usual);
  const explored = share / arms;
  // Logarithms of the weights, and the weights, all divided by the same number now and then, lest they grow too large.
  const logs = new Float64Array(arms);
  const weights = new Float64Array(arms).fill(1);
  let total = arms;
  const divide = (): void => {
    const largest = logs.reduce((most, log) => Math.max(most, log));
    total = 0;
    for (let arm = 0; arm < arms; arm++) {
      logs[arm] = (logs[arm] as number) - largest;
      weights[arm] = Math.exp(logs[arm] as number);
      total += weights[arm] as number;
    }
  };
  const chanceOf = (arm: number): number => ((1 - share) * (weights[arm] as number)) / total + explored;
  return {
    arms,
    chances: () => weights.map((_, arm) => chanceOf(arm)),
    choose() {
      const each = (1 - share) / total;
      let left = random.next();
      for (let arm = 0; arm < arms - 1; arm++) {
        left -= each * (weights[arm] as number) + explored;
        if (left < 0) return arm;
      }
      return arms - 1;
    },
    learn(arm, reward) {
      checkReward(reward);
      const log = (logs[arm] as number) + (share * reward) / chanceOf(arm) / arms;
      logs[arm] = log;
      // One pull makes a logarithm 1 larger at the most, so that this is rare.
      if (log > largestLog) return divide();
      const weight = Math.exp(log);
      total += weight - (weights[arm] as number);
      weights[arm] = weight;
    },
  };
}
