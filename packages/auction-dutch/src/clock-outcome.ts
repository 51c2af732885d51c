import type { SingleItemOutcome } from '@mechane/core';

/**
 * Who won at what price, after how many rounds.
 *
 * @category Types of mechanisms
 */
export interface ClockOutcome extends SingleItemOutcome {
  readonly rounds: number;
}
