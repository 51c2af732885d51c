import type { AgentId } from '@mechane/core';
import {
  type Budget,
  fromUnits,
  type PackingSolution,
  RelatedPackings,
  type Selection,
  valueOfSets,
} from '@mechane/packing';
import { type AuctionPacking, bidsByAgent } from './auction-packing.ts';
import { unprovedOptimum } from './unproved-optimum.ts';

/** What a winner pays, and on whose account. */
export interface VickreyPayment {
  readonly payment: number;
  /** Who would win without it. */
  readonly rivals: readonly AgentId[];
  /** What would win without it. */
  readonly without: Selection;
}

/**
 * What each winner pays by Vickrey, Clarke and Groves: the best for the others without it, less what they get beside it.
 *
 * @throws `unproved-optimum` where the best, or the best without a winner, is not proved.
 */
export function vickreyPayments(
  rule: string,
  auction: AuctionPacking,
  determination: PackingSolution,
  budget: Budget,
): ReadonlyMap<AgentId, VickreyPayment> {
  requireProof(rule, determination, undefined, budget);
  const { packing, units, bids } = auction;
  const { selection } = determination;
  const marginal = new RelatedPackings(packing, budget);
  const ofAgent = bidsByAgent(auction, bids.keys());
  const others = new Uint8Array(bids.length).fill(1);
  const payments = new Map<AgentId, VickreyPayment>();
  for (const [agent, own] of bidsByAgent(auction, selection.sets)) {
    const all = ofAgent.get(agent) as readonly number[];
    for (const bid of all) others[bid] = 0;
    const without = marginal.without(others, selection);
    for (const bid of all) others[bid] = 1;
    requireProof(rule, without, agent, budget);
    const beside = selection.value - valueOfSets(packing, own);
    const payment = fromUnits(without.selection.value - beside, units);
    payments.set(agent, {
      payment,
      rivals: [...bidsByAgent(auction, without.selection.sets).keys()],
      without: without.selection,
    });
  }
  return payments;
}

function requireProof(
  rule: string,
  { selection, bound }: PackingSolution,
  without: AgentId | undefined,
  budget: Budget,
): void {
  if (bound !== selection.value)
    throw unprovedOptimum({ rule, without, gap: (bound - selection.value) / bound }, budget);
}
