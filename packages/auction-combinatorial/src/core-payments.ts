/*
 * Payments in the core: Day and Raghavan, "Fair payments for efficient allocations in public sector combinatorial auctions", Management
 * Science 53 (2007), find the coalitions that object one by one; Day and Cramton, "Quadratic core-selecting payment rules for combinatorial
 * auctions", Operations Research 60 (2012), choose among the payments of least revenue the point nearest to a reference.
 */
import type { AgentId } from '@mechane/core';
import { type AuctionPacking, type PlacedBid, winningBids } from './auction-packing.ts';
import { unprovedOptimum } from './errors.ts';
import { type HalfSpace, nearestPoint } from './nearest-point.ts';
import type { VickreyPayment } from './vickrey-payments.ts';
import type { Budget } from './winner-determination/budget.ts';
import { type Determination, determineWinners } from './winner-determination/determine-winners.ts';
import { packingOf, rowsOfBid, valueOfBids } from './winner-determination/packing.ts';
import { toUnits, type Units, unitsFor } from './winner-determination/units.ts';

/** What payments should be near to. */
export type Reference = 'vcg' | 'zero' | 'bid';

export interface CorePayments {
  readonly payments: ReadonlyMap<AgentId, number>;
  /** Coalitions that would object if payments were any lower. */
  readonly binding: readonly (readonly AgentId[])[];
}

/** A coalition that could do better by itself than the winners who are not in it pay. */
interface Objection {
  readonly coalition: readonly AgentId[];
  /** Winners who are not in the coalition, as positions. */
  readonly outside: readonly number[];
  /** What they must pay together, in units. */
  readonly least: number;
}

/** Of the core payments of least revenue, those nearest to the reference. */
export function corePayments(
  auction: AuctionPacking,
  determination: Determination,
  vickrey: ReadonlyMap<AgentId, VickreyPayment>,
  reference: Reference,
  budget: Budget,
): CorePayments {
  const { units, packing } = auction;
  const winners = [...winningBids(auction, determination.selection.bids)].map(([agent, own]) => ({
    agent,
    bid: valueOfBids(packing, own),
    least: Math.round((vickrey.get(agent) as VickreyPayment).payment * units.perMoney),
  }));
  const bids = Float64Array.from(winners, ({ bid }) => bid);
  const lows = Float64Array.from(winners, ({ least }) => least);
  const towards = { vcg: lows, zero: new Float64Array(winners.length), bid: bids }[reference];
  const agents = winners.map(({ agent }) => agent);
  const objections: Objection[] = [];
  let payments: Float64Array = lows;
  const slack = determination.selection.value * 1e-10;
  for (;;) {
    const objection = strongestObjection(auction, agents, bids, payments, budget);
    const paid = objection.outside.reduce((sum, winner) => sum + (payments[winner] as number), 0);
    if (objection.least - paid <= slack) break;
    // Rounding may leave a coalition a little to object to for ever.
    if (objections.some(({ coalition }) => same(coalition, objection.coalition))) break;
    objections.push(objection);
    payments = leastRevenue(lows, bids, objections, towards, slack);
  }
  const paidBy = (outside: readonly number[]): number =>
    outside.reduce((sum, winner) => sum + (payments[winner] as number), 0);
  const alone = winners.map(
    ({ agent, least }, winner): Objection => ({
      coalition: (vickrey.get(agent) as VickreyPayment).rivals,
      outside: [winner],
      least,
    }),
  );
  const binding = [...alone, ...objections]
    .filter(({ outside, least }) => least > 0 && least >= paidBy(outside) - 2 * slack)
    .map(({ coalition }) => coalition);
  const inMoney = (payment: number | undefined): number => (payment as number) / units.perMoney;
  return { payments: new Map(agents.map((agent, winner) => [agent, inMoney(payments[winner])])), binding };
}

/** Least revenue first: steps down along it end at it after finitely many (the proximal method on a linear program). */
function leastRevenue(
  lows: Float64Array,
  highs: Float64Array,
  objections: readonly Objection[],
  reference: Float64Array,
  tolerance: number,
): Float64Array {
  const size = lows.length;
  const everybody = Array.from({ length: size }, (_, winner) => winner);
  const spaces: HalfSpace[] = [
    ...everybody.map((winner) => ({ coordinates: [winner], sign: 1 as const, least: lows[winner] as number })),
    ...everybody.map((winner) => ({ coordinates: [winner], sign: -1 as const, least: -(highs[winner] as number) })),
    ...objections.map(({ outside, least }) => ({ coordinates: outside, sign: 1 as const, least })),
  ];
  const step = highs.reduce((sum, high) => sum + high, 0);
  const within = tolerance / 16;
  let point = nearestPoint(lows, spaces, within);
  let revenue = total(point);
  for (;;) {
    const next = nearestPoint(
      point.map((payment) => payment - step),
      spaces,
      within,
    );
    if (total(next) >= revenue - within) break;
    point = next;
    revenue = total(next);
  }
  const most = revenue + 2 * (size + 1) * within;
  const cheapest: HalfSpace = { coordinates: everybody, sign: -1, least: -most };
  const nearest = nearestPoint(reference, [...spaces, cheapest], within);
  return nearest.map((payment, winner) => Math.min(tidy(payment, within / size), highs[winner] as number));
}

function same(one: readonly AgentId[], other: readonly AgentId[]): boolean {
  return one.length === other.length && one.every((agent, index) => agent === other[index]);
}

function total(point: Float64Array): number {
  return point.reduce((sum, part) => sum + part, 0);
}

/** Simple fractions of a unit that rounding errors hide. */
function tidy(payment: number, tolerance: number): number {
  for (let parts = 1; parts <= 12; parts++) {
    const simple = Math.round(payment * parts) / parts;
    if (Math.abs(payment - simple) <= tolerance) return simple;
  }
  return payment;
}

/**
 * The coalition that objects most to these payments: the best allocation when every winner may also keep its surplus and stay out. What
 * a bid is worth and what a surplus is worth are counted in units of their own, as payments may be fractions.
 */
function strongestObjection(
  auction: AuctionPacking,
  winners: readonly AgentId[],
  highest: Float64Array,
  payments: Float64Array,
  budget: Budget,
): Objection {
  const { packing, bids, oneOfThese } = auction;
  const rows: number[][] = bids.map((_, bid) => [...rowsOfBid(packing, bid)]);
  const capacity = [...packing.capacity];
  const values = [...packing.values];
  const stays: number[] = [];
  const ofAgent = new Map<AgentId, number[]>();
  for (const [bid, { agent }] of bids.entries()) ofAgent.set(agent, [...(ofAgent.get(agent) ?? []), bid]);
  for (const [winner, agent] of winners.entries()) {
    const surplus = (highest[winner] as number) - (payments[winner] as number);
    if (surplus <= 0) continue;
    const exclusive = oneOfThese.get(agent);
    const own: number[] = exclusive === undefined ? [] : [exclusive];
    if (exclusive === undefined) {
      for (const bid of ofAgent.get(agent) as number[]) {
        own.push(capacity.push(1) - 1);
        rows[bid]?.push(capacity.length - 1);
      }
    }
    stays.push(winner);
    rows.push(own);
    values.push(surplus);
  }
  const units: Units = unitsFor(values);
  const { selection, bound } = determineWinners(
    packingOf(
      values.map((value) => toUnits(value, units)),
      rows,
      capacity,
    ),
    budget,
  );
  if (bound !== selection.value) throw unprovedOptimum('core', undefined, (bound - selection.value) / bound);
  const coalition = new Set<AgentId>();
  let least = 0;
  for (const bid of selection.bids) {
    if (bid >= bids.length) continue;
    coalition.add((bids[bid] as PlacedBid).agent);
    least += packing.values[bid] as number;
  }
  const outside: number[] = [];
  for (const [winner, agent] of winners.entries()) {
    if (coalition.has(agent)) least -= highest[winner] as number;
    else outside.push(winner);
  }
  return { coalition: [...coalition], outside, least };
}
