import { invalidReward } from '../errors.ts';

/**
 * Chooses among arms and learns from what they bring. Rewards lie between 0 and 1.
 *
 * @category Policies
 */
export interface Policy {
  readonly arms: number;
  /** The arm to pull next; `context` says what is known beforehand, where the policy looks at it. */
  choose(context?: Float64Array): number;
  /**
   * Takes note of what pulling an arm brought.
   *
   * @throws MechaneError `invalid-value` for a reward that is not between 0 and 1
   */
  learn(arm: number, reward: number, context?: Float64Array): void;
}

/** Lets rewards between 0 and 1 pass: another, or no number, would spoil all that comes after. */
export function checkReward(reward: number): void {
  if (!(reward >= 0 && reward <= 1)) throw invalidReward(reward, 'a reward between 0 and 1');
}

/** The first of the largest, so that runs repeat. */
export function firstLargest(scores: Float64Array): number {
  let best = 0;
  for (let arm = 1; arm < scores.length; arm++) if ((scores[arm] as number) > (scores[best] as number)) best = arm;
  return best;
}

/** The first arm that was never pulled; -1 where all were. */
export function firstUntried(pulls: Float64Array): number {
  return pulls.indexOf(0);
}
