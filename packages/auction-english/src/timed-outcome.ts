import { type AgentId, type SingleItemOutcome, sold, type Told, unsold } from '@mechane/core';
import type { BiddingPeriod, TimedLead } from './bidding-period.ts';

/**
 * Who won at what price, whether the reserve was met, when it closed, how often the end was moved, and every change of the leader or of the
 * standing price: the first 10,000 of them.
 *
 * @category Types of mechanisms
 */
export interface TimedOutcome extends SingleItemOutcome, Told<TimedLead> {
  readonly reserveMet: boolean;
  /** In milliseconds since the opening. */
  readonly closedAt: number;
  readonly extensions: number;
}

/** What came out of an auction that has ended. */
export function timedOutcome(participants: readonly AgentId[], period: BiddingPeriod, closedAt: number): TimedOutcome {
  const { leader, standing, reserveMet, extensions, history } = period;
  const sale = leader !== undefined && reserveMet ? sold(participants, leader, standing) : unsold(participants);
  return { ...sale, reserveMet, closedAt, extensions, ...history.told() };
}
