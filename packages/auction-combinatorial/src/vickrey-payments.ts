import { type AgentId, perAgent, type Setup } from '@mechane/core';
import {
  type Budget,
  fromUnits,
  type PackingSolution,
  RelatedPackings,
  type Selection,
  valueOfSets,
} from '@mechane/packing';
import { type AuctionPacking, bidsByAgent } from './auction-packing.ts';
import type { AuctionSettings } from './goods.ts';
import { type PackageOutcome, remember } from './package-auction.ts';
import type { PackageBids } from './package-bids.ts';
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
  const { selection } = determination;
  const marginal = new MarginalAuctions(rule, auction, budget);
  return paymentsGiven(auction, selection, (agent) => marginal.without(agent, selection));
}

/** What each winner pays, given what would win without it. */
export function paymentsGiven(
  auction: AuctionPacking,
  selection: Selection,
  withoutOf: (agent: AgentId) => Selection,
): ReadonlyMap<AgentId, VickreyPayment> {
  const { packing, units } = auction;
  const payments = new Map<AgentId, VickreyPayment>();
  for (const [agent, own] of bidsByAgent(auction, selection.sets)) {
    const without = withoutOf(agent);
    const beside = selection.value - valueOfSets(packing, own);
    const payment = fromUnits(without.value - beside, units);
    payments.set(agent, { payment, rivals: [...bidsByAgent(auction, without.sets).keys()], without });
  }
  return payments;
}

/** The auction without one of its winners, for one after the other: what is found of one helps with the next. */
export class MarginalAuctions {
  readonly #rule: string;
  readonly #budget: Budget;
  readonly #related: RelatedPackings;
  readonly #bidsOf: ReadonlyMap<AgentId, readonly number[]>;
  readonly #others: Uint8Array;

  constructor(rule: string, auction: AuctionPacking, budget: Budget) {
    this.#rule = rule;
    this.#budget = budget;
    this.#related = new RelatedPackings(auction.packing, budget);
    this.#bidsOf = bidsByAgent(auction, auction.bids.keys());
    this.#others = new Uint8Array(auction.bids.length).fill(1);
  }

  /**
   * What would win without an agent, given what wins with it.
   *
   * @throws `unproved-optimum`
   */
  without(agent: AgentId, best: Selection): Selection {
    const own = this.#bidsOf.get(agent) as readonly number[];
    for (const bid of own) this.#others[bid] = 0;
    const found = this.#related.without(this.#others, best);
    for (const bid of own) this.#others[bid] = 1;
    requireProof(this.#rule, found, agent, this.#budget);
    return found.selection;
  }
}

/** An efficient allocation for these reports, and what is paid for it. */
export function vickreyOutcome(
  reports: ReadonlyMap<AgentId, PackageBids>,
  { settings, participants, written }: Setup<AuctionSettings>,
  allocation: PackageOutcome['allocation'],
  payments: ReadonlyMap<AgentId, VickreyPayment>,
): PackageOutcome {
  remember(settings, { reports, written, best: allocation });
  return { allocation, payments: perAgent(participants, (agent) => payments.get(agent)?.payment ?? 0) };
}

/** @throws `unproved-optimum` */
export function requireProof(
  rule: string,
  { selection, bound }: PackingSolution,
  without: AgentId | undefined,
  budget: Budget,
): void {
  if (bound !== selection.value)
    throw unprovedOptimum({ rule, without, gap: (bound - selection.value) / bound }, budget);
}
