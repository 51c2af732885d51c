import type { AgentId, SingleItemOutcome } from '@mechane/core';

/** A bidder that left: in which round, at what price. */
export interface Departure {
  readonly round: number;
  readonly price: number;
  readonly agent: AgentId;
}

/** Who won at what price, after how many rounds, and who left when. */
export interface ClockOutcome extends SingleItemOutcome {
  readonly rounds: number;
  /**
   * Every bidder that left, in order; those who leave in one round by the tie order, the least preferred first. Where all the rest
   * leave together, the winner is among them.
   */
  readonly history: readonly Departure[];
}
