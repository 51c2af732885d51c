import type { AgentId, SingleItemOutcome, Told } from '@mechane/core';

/**
 * A bid that came to stand.
 *
 * @category Types of mechanisms
 */
export interface StandingBid {
  readonly round: number;
  readonly price: number;
  readonly agent: AgentId;
}

/**
 * Who won at what price, after how many rounds, and every bid that stood for a while: the first 10,000 of them.
 *
 * @category Types of mechanisms
 */
export interface OpenOutcryOutcome extends SingleItemOutcome, Told<StandingBid> {
  readonly rounds: number;
}
