import { type AgentId, type Payments, perAgent, type Told } from '@mechane/core';

/**
 * A bidder that demands so many units from this price on.
 *
 * @category Types of mechanisms
 */
export interface DemandChange {
  readonly round: number;
  readonly price: number;
  readonly agent: AgentId;
  readonly demand: number;
}

/**
 * Who gets how many units for how much, what bidders demand at first, and the first 10,000 changes of it.
 *
 * @category Types of mechanisms
 */
export interface ClinchingOutcome extends Told<DemandChange> {
  /** Units by agent; whoever is missing gets none. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
  /** Every unit sold: at which price, to whom, in the order in which they were clinched. */
  readonly clinches: readonly (readonly [number, AgentId])[];
  readonly rounds: number;
}

/** The outcome in which these units were clinched. */
export function clinchedOutcome(
  participants: readonly AgentId[],
  clinches: ClinchingOutcome['clinches'],
  rounds: number,
  changes: Told<DemandChange>,
): ClinchingOutcome {
  const won = new Map<AgentId, number>();
  const paid = new Map<AgentId, number>();
  for (const [price, agent] of clinches) {
    won.set(agent, (won.get(agent) ?? 0) + 1);
    paid.set(agent, (paid.get(agent) ?? 0) + price);
  }
  return {
    allocation: perAgent(won.keys(), (agent) => won.get(agent) as number),
    payments: perAgent(participants, (agent) => paid.get(agent) ?? 0),
    clinches,
    rounds,
    ...changes,
  };
}
