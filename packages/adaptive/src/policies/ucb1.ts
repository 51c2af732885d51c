import { checkReward, firstLargest, firstUntried, type Policy } from './policy.ts';

/**
 * UCB1 (Auer, Cesa-Bianchi and Fischer, "Finite-time analysis of the multiarmed bandit problem", Machine Learning 47, 2002): pulls the arm whose
 * mean could be largest. Its expected regret after T pulls is at most 8 Σ ln(T)/Δ + (1 + π²/3) Σ Δ over the arms that are worse by Δ.
 *
 * @category Policies
 * @example
 * ```ts
 * import { ucb1 } from '@mechane/adaptive';
 *
 * const policy = ucb1(2);
 * for (let pull = 0; pull < 100; pull++) {
 *   const arm = policy.choose();
 *   policy.learn(arm, arm === 1 ? 0.9 : 0.1);
 * }
 * policy.choose(); // => 1
 * ```
 */
export function ucb1(arms: number): Policy {
  const pulls = new Float64Array(arms);
  const sums = new Float64Array(arms);
  const indices = new Float64Array(arms);
  let total = 0;
  return {
    arms,
    choose() {
      const untried = firstUntried(pulls);
      if (untried !== -1) return untried;
      const width = 2 * Math.log(total);
      for (let arm = 0; arm < arms; arm++) {
        const own = pulls[arm] as number;
        indices[arm] = (sums[arm] as number) / own + Math.sqrt(width / own);
      }
      return firstLargest(indices);
    },
    learn(arm, reward) {
      checkReward(reward);
      total += 1;
      pulls[arm] = (pulls[arm] as number) + 1;
      sums[arm] = (sums[arm] as number) + reward;
    },
  };
}
