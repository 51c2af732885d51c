import {
  type AgentId,
  amount,
  byCodeUnit,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
  type ReportRequest,
  type TieOrder,
  type Witness,
} from '@mechane/core';
import * as z from 'zod';

/** How often each position is clicked, best position first. */
const clickThroughRates: z.ZodArray<z.ZodNumber> = z
  .array(z.number().nonnegative())
  .min(1)
  .check(({ value: rates, issues }) => {
    const position = rates.findIndex((rate, index) => rate > (rates[index - 1] ?? rate));
    if (position < 0) return;
    const message = `expected positions from the most clicked to the least, but ${rates[position]} follows ${rates[position - 1]}`;
    issues.push({ code: 'custom', message, path: [position], input: rates });
  });

/** What the seller of positions sets: how often each is clicked, and the least that a click sells for. */
export const positionSettings: z.ZodObject<
  { clickThroughRates: typeof clickThroughRates; reserve: z.ZodDefault<z.ZodNumber> },
  z.core.$strict
> = z.strictObject({
  clickThroughRates: clickThroughRates.describe('Clicks that each position gets, the best position first'),
  reserve: amount.default(0).describe('The least a click sells for; a bid below it is no bid'),
});

/** A bid for a click, whatever the position. */
export const clickBid: z.ZodObject<{ bid: z.ZodNumber }, z.core.$strict> = z.strictObject({
  bid: amount.describe('What the agent offers for a click'),
});

export type ClickBid = z.output<typeof clickBid>;
export type ClickBids = ReadonlyMap<AgentId, ClickBid>;

/**
 * Who gets which position, and at what price.
 *
 * @category Types of mechanisms
 */
export interface PositionOutcome {
  /** The agent in each position, best first; `null` where nobody is. */
  readonly slots: readonly (AgentId | null)[];
  /** What each agent that has a position pays for a click. */
  readonly pricePerClick: Readonly<Record<AgentId, number>>;
  /** The clicks that each agent that has a position gets. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  /** Clicks times price. */
  readonly payments: Payments;
}

export const positionOutcome: z.ZodType<PositionOutcome> = z.strictObject({
  slots: z.array(z.string().nullable()),
  pricePerClick: z.record(z.string(), amount),
  allocation: z.record(z.string(), z.number().nonnegative()),
  payments: paymentsByAgent,
});

/**
 * A sealed-bid auction of positions.
 *
 * @category Types of mechanisms
 */
export type PositionAuction<Id extends string> = Mechanism<{
  id: Id;
  settings: z.input<typeof positionSettings>;
  report: z.input<typeof clickBid>;
  outcome: PositionOutcome;
  message: z.input<typeof clickBid>;
  ask: ReportRequest;
}>;

/** A bidder in the ranking. */
export interface Ranked {
  readonly agent: AgentId;
  readonly bid: number;
}

/** The bidders at or above the reserve, highest bid first, equals by the tie order. */
export function rankedBids(bids: ClickBids, reserve: number, tieOrder: TieOrder): readonly Ranked[] {
  const ranked: Ranked[] = [];
  for (const [agent, { bid }] of bids) if (bid >= reserve) ranked.push({ agent, bid });
  return ranked.sort((a, b) => b.bid - a.bid || tieOrder(a.agent, b.agent));
}

/** A position, and what it costs whoever gets it. */
export interface Position {
  readonly clicks: number;
  readonly pricePerClick: number;
  readonly payment: number;
}

const noPosition: Position = { clicks: 0, pricePerClick: 0, payment: 0 };

/** The outcome in which the first in the ranking get the first of these positions. */
export function positionsFilled(
  participants: readonly AgentId[],
  ranked: readonly Ranked[],
  positions: readonly Position[],
): PositionOutcome {
  const filled = inOrder(ranked, positions);
  const positionOf = (agent: AgentId): Position => filled.get(agent) ?? noPosition;
  return {
    slots: positions.map((_, position) => ranked[position]?.agent ?? null),
    pricePerClick: perAgent(filled.keys(), (agent) => positionOf(agent).pricePerClick),
    allocation: perAgent(filled.keys(), (agent) => positionOf(agent).clicks),
    payments: perAgent(participants, (agent) => positionOf(agent).payment),
  };
}

/** Gives the first of some things to the first in the ranking, the second to the second, as far as both go. */
function inOrder<Thing>(ranked: readonly Ranked[], things: readonly Thing[]): ReadonlyMap<AgentId, Thing> {
  const given = new Map<AgentId, Thing>();
  things.forEach((thing, position) => {
    const next = ranked[position];
    if (next !== undefined) given.set(next.agent, thing);
  });
  return given;
}

/** The clicks that an agent gets are worth its bid each, if it is truthful. */
export function valueOfClicks(agent: AgentId, type: ClickBid, { allocation }: PositionOutcome): number {
  return (allocation[agent] ?? 0) * type.bid;
}

/** The best that could be done with the positions: the most clicks for the highest values, added up agent by agent. */
export function bestClickWelfare(
  types: ClickBids,
  { clickThroughRates: rates }: { readonly clickThroughRates: readonly number[] },
): number {
  const clicks = inOrder(rankedBids(types, 0, byCodeUnit), rates);
  let best = 0;
  for (const [agent, { bid }] of types) best += (clicks.get(agent) ?? 0) * bid;
  return best;
}

/** A bidder whom a reserve turns away: what shows that an auction of positions with a reserve is not efficient. */
export const turnedAwayClick: Witness<z.input<typeof positionSettings>, z.input<typeof clickBid>> = {
  settings: { clickThroughRates: [1], reserve: 5 },
  reports: { ann: { bid: 3 } },
  agent: 'ann',
};
