import type { Random } from '@mechane/core';
import type { Policy } from './policy.ts';

export interface Exp3Options {
  /** How many pulls there will be, which sets how much it explores. */
  readonly rounds: number;
  /** The share of pulls that explore; from `rounds` by the paper's rule unless given. */
  readonly exploration?: number;
}

/** A policy that says how likely it makes each arm. */
export interface Exp3Policy extends Policy {
  /** How likely each arm is to be pulled next, as a new array. */
  chances(): Float64Array;
}

/**
 * Exp3 (Auer, Cesa-Bianchi, Freund and Schapire, "The nonstochastic multiarmed bandit problem", SIAM Journal on Computing 32, 2002): for
 * rewards that an adversary may choose. Its expected regret after T pulls of K arms is at most 2·√((e-1)·T·K·ln K).
 */
export function exp3(arms: number, random: Random, { rounds, exploration }: Exp3Options): Exp3Policy {
  const usual = Math.sqrt((arms * Math.log(arms)) / ((Math.E - 1) * rounds));
  const share = exploration ?? Math.min(1, usual);
  // Logarithms of the weights, less the largest of them.
  const logs = new Float64Array(arms);
  const chances = new Float64Array(arms).fill(1 / arms);
  return {
    arms,
    chances: () => chances.slice(),
    choose() {
      let left = random.next();
      for (let arm = 0; arm < arms - 1; arm++) {
        left -= chances[arm] as number;
        if (left < 0) return arm;
      }
      return arms - 1;
    },
    learn(arm, reward) {
      logs[arm] = (logs[arm] as number) + (share * reward) / (chances[arm] as number) / arms;
      let largest = Number.NEGATIVE_INFINITY;
      for (const log of logs) largest = Math.max(largest, log);
      let sum = 0;
      for (let other = 0; other < arms; other++) {
        logs[other] = (logs[other] as number) - largest;
        sum += Math.exp(logs[other] as number);
      }
      for (let other = 0; other < arms; other++) {
        chances[other] = ((1 - share) * Math.exp(logs[other] as number)) / sum + share / arms;
      }
    },
  };
}
