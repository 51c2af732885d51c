import type { AgentId, SingleItemOutcome, Told } from '@mechane/core';

/**
 * A bidder that left: in which round, at what price.
 *
 * @category Types of mechanisms
 */
export interface Departure {
  readonly round: number;
  readonly price: number;
  readonly agent: AgentId;
}

/**
 * Who won at what price, after how many rounds, and who left when. The history has every bidder that left, in order, up to 10,000 of them; those
 * who leave in one round by the tie order, the least preferred first. Where all the rest leave together, the winner is among them.
 *
 * @category Types of mechanisms
 */
export interface ClockOutcome extends SingleItemOutcome, Told<Departure> {
  readonly rounds: number;
}
