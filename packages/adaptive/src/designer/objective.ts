import type { PlayedRound } from '../play/repeated-play.ts';

/** What a designer wants: as much as possible of it in each round. */
export type Objective = 'revenue' | 'welfare' | 'efficiency' | ((round: PlayedRound) => number);

/** What a round brought by an objective; `null` where the outcome does not have it. */
export function objectiveOf(objective: Objective): (round: PlayedRound) => number | null {
  if (typeof objective === 'function') return objective;
  return (round) => round[objective];
}

/**
 * Scales rewards to [0, 1], as policies want them: by the range given, or by the range seen so far, beginning at 0. With the range seen, early
 * rewards are scaled by less of it than later ones, and what policies promise holds from when the range is settled.
 */
export class RewardScale {
  #low: number;
  #high: number;
  readonly #given: boolean;

  constructor(range?: readonly [low: number, high: number]) {
    this.#given = range !== undefined;
    [this.#low, this.#high] = range ?? [0, 0];
  }

  scaled(reward: number): number {
    if (!this.#given) {
      if (reward < this.#low) this.#low = reward;
      if (reward > this.#high) this.#high = reward;
    }
    const width = this.#high - this.#low;
    return width === 0 ? 0 : Math.min(1, Math.max(0, (reward - this.#low) / width));
  }
}
