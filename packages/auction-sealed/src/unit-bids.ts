import {
  type AgentId,
  amount,
  byCodeUnit,
  type Certificate,
  count,
  type Mechanism,
  marginals,
  type Payments,
  paymentsByAgent,
  perAgent,
  type ReportRequest,
  sumOfFirst,
  type TieOrder,
  type Witness,
} from '@mechane/core';
import * as z from 'zod';

/** What the seller of several identical units sets: how many there are, and the least that each sells for. */
export const unitSettings: z.ZodObject<{ units: z.ZodInt; reserve: z.ZodDefault<z.ZodNumber> }, z.core.$strict> =
  z.strictObject({
    units: count.describe('How many identical units are for sale'),
    reserve: amount.default(0).describe('The least a unit sells for; a marginal bid below it is no bid'),
  });

/** A bid for each further unit, never increasing. */
export const unitBid: z.ZodObject<{ bids: typeof marginals }, z.core.$strict> = z.strictObject({
  bids: marginals.describe('What the agent offers for a first unit, for a second, and so on'),
});

export type UnitBid = z.output<typeof unitBid>;
export type UnitBids = ReadonlyMap<AgentId, UnitBid>;

/**
 * Who gets how many units, and who pays how much.
 *
 * @category Types of mechanisms
 */
export interface MultiUnitOutcome {
  /** Units by agent; whoever is missing gets none. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
}

export const multiUnitOutcome: z.ZodObject<
  { allocation: z.ZodRecord<z.ZodString, z.ZodInt>; payments: typeof paymentsByAgent },
  z.core.$strict
> = z.strictObject({ allocation: z.record(z.string(), count), payments: paymentsByAgent });

/**
 * A sealed-bid auction of several identical units.
 *
 * @category Types of mechanisms
 */
export type MultiUnitAuction<
  Id extends string,
  Settings = z.input<typeof unitSettings>,
  Outcome extends MultiUnitOutcome = MultiUnitOutcome,
  Proof extends Certificate | undefined = undefined,
> = Mechanism<{
  id: Id;
  settings: Settings;
  report: z.input<typeof unitBid>;
  outcome: Outcome;
  message: z.input<typeof unitBid>;
  ask: ReportRequest;
  certificate: Proof;
}>;

/** What an agent wins: so many units, for the first so many of its marginal bids. */
export interface Won {
  readonly units: number;
  readonly bids: readonly number[];
}

/** The units awarded to the highest marginal bids. */
export interface Award {
  /** Who gets some, by the tie order where bids are equal. */
  readonly winners: ReadonlyMap<AgentId, Won>;
  /** The marginal bids that won, highest first. */
  readonly accepted: Float64Array;
  /** The marginal bids at or above the reserve that did not, highest first. */
  readonly rejected: Float64Array;
}

/** Awards the units to the highest marginal bids at or above the reserve. */
export function awardUnits(bids: UnitBids, units: number, reserve: number, tieOrder: TieOrder): Award {
  const standing = standingBids(bids, reserve);
  const accepted = standing.subarray(0, units);
  const rejected = standing.subarray(units);
  const lowest = accepted.at(-1);
  const winners = new Map<AgentId, Won>();
  if (lowest === undefined) return { winners, accepted, rejected };

  const tied: { readonly agent: AgentId; readonly sure: number; readonly bids: readonly number[] }[] = [];
  let left = accepted.length;
  for (const [agent, { bids: marginal }] of bids) {
    const sure = countWhile(marginal, (bid) => bid > lowest);
    if (sure > 0) winners.set(agent, { units: sure, bids: marginal });
    if (marginal[sure] === lowest) tied.push({ agent, sure, bids: marginal });
    left -= sure;
  }
  for (const { agent, sure, bids: marginal } of tied.sort((a, b) => tieOrder(a.agent, b.agent))) {
    if (left === 0) break;
    const more = Math.min(left, countWhile(marginal, (bid) => bid >= lowest) - sure);
    winners.set(agent, { units: sure + more, bids: marginal });
    left -= more;
  }
  return { winners, accepted, rejected };
}

/** All marginal bids at or above the reserve, highest first: plain numbers in a typed array, which sort without a comparator. */
function standingBids(bids: UnitBids, reserve: number): Float64Array {
  const stands = (bid: number): boolean => bid >= reserve;
  let standing = 0;
  for (const { bids: marginal } of bids.values()) standing += countWhile(marginal, stands);
  const sorted = new Float64Array(standing);
  let next = 0;
  for (const { bids: marginal } of bids.values()) {
    for (const bid of marginal) {
      if (!stands(bid)) break;
      sorted[next++] = bid;
    }
  }
  return sorted.sort().reverse();
}

/** How many marginal bids, from the first, pass a test. */
function countWhile(marginal: readonly number[], passes: (bid: number) => boolean): number {
  let count = 0;
  for (const bid of marginal) {
    if (!passes(bid)) break;
    count += 1;
  }
  return count;
}

/** The outcome of an award, given what each winner pays for its units. */
export function awardedOutcome(
  participants: readonly AgentId[],
  { winners }: Award,
  paymentOf: (won: Won) => number,
): MultiUnitOutcome {
  const wonBy = (agent: AgentId): Won => winners.get(agent) ?? nothing;
  return {
    allocation: perAgent(winners.keys(), (agent) => wonBy(agent).units),
    payments: perAgent(participants, (agent) => paymentOf(wonBy(agent))),
  };
}

const nothing: Won = { units: 0, bids: [] };

/** The units that an agent gets are worth its first so many marginal bids, if it is truthful. */
export function valueOfUnits(agent: AgentId, type: UnitBid, { allocation }: MultiUnitOutcome): number {
  return sumOfFirst(type.bids, allocation[agent] ?? 0);
}

/** The sum of the highest marginal values, added up agent by agent as the welfare of an outcome is. */
export function bestUnitWelfare(types: UnitBids, { units }: { readonly units: number }): number {
  const { winners } = awardUnits(types, units, 0, byCodeUnit);
  let best = 0;
  for (const agent of types.keys()) best += bidFor(winners.get(agent) ?? nothing);
  return best;
}

/** What a winner bid for the units that it won. */
export function bidFor({ bids, units }: Won): number {
  return sumOfFirst(bids, units);
}

/** A bidder whom a reserve turns away: what shows that an auction of units with a reserve is not efficient. */
export const turnedAwayUnit: Witness<z.input<typeof unitSettings>, z.input<typeof unitBid>> = {
  settings: { units: 1, reserve: 5 },
  reports: { ann: { bids: [3] } },
  agent: 'ann',
};
