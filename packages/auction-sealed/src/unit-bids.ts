import {
  type AgentId,
  amount,
  byCodeUnit,
  count,
  type Mechanism,
  marginals,
  type Payments,
  perAgent,
  type ReportRequest,
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

/** Who gets how many units, and who pays how much. */
export interface MultiUnitOutcome {
  /** Units by agent; whoever is missing gets none. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
}

export const multiUnitOutcome: z.ZodObject<
  { allocation: z.ZodRecord<z.ZodString, z.ZodInt>; payments: z.ZodRecord<z.ZodString, z.ZodNumber> },
  z.core.$strip
> = z.object({ allocation: z.record(z.string(), z.int()), payments: z.record(z.string(), z.number()) });

/** A sealed-bid auction of several identical units. */
export type MultiUnitAuction<
  Id extends string,
  Settings = z.input<typeof unitSettings>,
  Outcome extends MultiUnitOutcome = MultiUnitOutcome,
> = Mechanism<{
  id: Id;
  settings: Settings;
  report: z.input<typeof unitBid>;
  outcome: Outcome;
  message: z.input<typeof unitBid>;
  ask: ReportRequest;
}>;

/** The units awarded to the highest marginal bids. */
export interface Award {
  /** How many units each winner gets, by the tie order where bids are equal. */
  readonly units: ReadonlyMap<AgentId, number>;
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
  const awarded = new Map<AgentId, number>();
  if (lowest === undefined) return { units: awarded, accepted, rejected };

  const tied: AgentId[] = [];
  let left = accepted.length;
  for (const [agent, { bids: marginal }] of bids) {
    const won = countAbove(marginal, lowest);
    if (won > 0) awarded.set(agent, won);
    if (marginal[won] === lowest) tied.push(agent);
    left -= won;
  }
  for (const agent of tied.sort(tieOrder)) {
    if (left === 0) break;
    const before = awarded.get(agent) ?? 0;
    const won = Math.min(left, countAtLeast(bids.get(agent)?.bids ?? [], lowest) - before);
    awarded.set(agent, before + won);
    left -= won;
  }
  return { units: awarded, accepted, rejected };
}

/** All marginal bids at or above the reserve, highest first: numbers without their bidders, which sort ten times as fast. */
function standingBids(bids: UnitBids, reserve: number): Float64Array {
  let standing = 0;
  for (const { bids: marginal } of bids.values()) standing += countAtLeast(marginal, reserve);
  const sorted = new Float64Array(standing);
  let next = 0;
  for (const { bids: marginal } of bids.values()) {
    for (const bid of marginal) {
      if (bid < reserve) break;
      sorted[next++] = bid;
    }
  }
  return sorted.sort().reverse();
}

function countAbove(marginal: readonly number[], level: number): number {
  const first = marginal.findIndex((bid) => bid <= level);
  return first < 0 ? marginal.length : first;
}

function countAtLeast(marginal: readonly number[], level: number): number {
  const first = marginal.findIndex((bid) => bid < level);
  return first < 0 ? marginal.length : first;
}

/** The outcome of an award, given what each winner of some units pays for them. */
export function awardedOutcome(
  participants: readonly AgentId[],
  { units }: Award,
  paymentOf: (agent: AgentId, units: number) => number,
): MultiUnitOutcome {
  return {
    allocation: perAgent(units.keys(), (agent) => units.get(agent) ?? 0),
    payments: perAgent(participants, (agent) => {
      const won = units.get(agent);
      return won === undefined ? 0 : paymentOf(agent, won);
    }),
  };
}

/** The units that an agent gets are worth its first so many marginal bids, if it is truthful. */
export function valueOfUnits(agent: AgentId, type: UnitBid, { allocation }: MultiUnitOutcome): number {
  return sumOfFirst(type.bids, allocation[agent] ?? 0);
}

/** The sum of the highest marginal values, added up agent by agent as the welfare of an outcome is. */
export function bestUnitWelfare(types: UnitBids, { units }: { readonly units: number }): number {
  const { units: awarded } = awardUnits(types, units, 0, byCodeUnit);
  let best = 0;
  for (const [agent, { bids }] of types) best += sumOfFirst(bids, awarded.get(agent) ?? 0);
  return best;
}

/** The sum of an agent's first so many marginal bids. */
export function sumOfFirst(marginal: readonly number[], units: number): number {
  let sum = 0;
  for (let unit = 0; unit < units; unit++) sum += marginal[unit] ?? 0;
  return sum;
}

/** A bidder whom a reserve turns away: what shows that an auction of units with a reserve is not efficient. */
export const turnedAwayUnit: Witness<z.input<typeof unitSettings>, z.input<typeof unitBid>> = {
  settings: { units: 1, reserve: 5 },
  reports: { ann: { bids: [3] } },
  agent: 'ann',
};
