import type { PlayedRound } from '../play/round-play.ts';

/**
 * What a designer wants: as much as possible of it in each round.
 *
 * @category Designer
 */
export type Objective = 'revenue' | 'welfare' | 'efficiency' | ((round: PlayedRound) => number);

/** What a round brought by an objective; `null` where the outcome does not have it. */
export function objectiveOf(objective: Objective): (round: PlayedRound) => number | null {
  if (typeof objective === 'function') return objective;
  return (round) => round[objective];
}

/**
 * Scales rewards to [0, 1], as policies want them: by the range known beforehand, or by the range seen so far, beginning at 0. With the range seen,
 * early rewards are scaled by less of it than later ones, and what policies promise holds from when the range is settled.
 */
export class RewardScale {
  #low: number;
  #high: number;
  readonly #known: boolean;

  constructor(range?: readonly [low: number, high: number]) {
    this.#known = range !== undefined;
    [this.#low, this.#high] = range ?? [0, 0];
  }

  /** What comes to 0, and what to 1. */
  get range(): readonly [low: number, high: number] {
    return [this.#low, this.#high];
  }

  /** Takes note of a reward; whether it is beyond all that came before, so that the same reward is scaled otherwise from now on. */
  widens(reward: number): boolean {
    if (this.#known || (reward >= this.#low && reward <= this.#high)) return false;
    this.#low = Math.min(this.#low, reward);
    this.#high = Math.max(this.#high, reward);
    return true;
  }

  scaled(reward: number): number {
    const width = this.#high - this.#low;
    return width === 0 ? 0 : Math.min(1, Math.max(0, (reward - this.#low) / width));
  }
}
