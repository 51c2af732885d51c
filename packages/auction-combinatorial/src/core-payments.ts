/*
 * Payments in the core: Day and Raghavan, "Fair payments for efficient allocations in public sector combinatorial auctions", Management
 * Science 53 (2007), find the coalitions that object one by one; Day and Cramton, "Quadratic core-selecting payment rules for combinatorial
 * auctions", Operations Research 60 (2012), choose among the payments of least revenue the point nearest to a reference.
 */
import type { AgentId } from '@mechane/core';
import { type AuctionPacking, type PlacedBid, winningBids } from './auction-packing.ts';
import { unprovedOptimum } from './errors.ts';
import { type HalfSpace, NearestPoint } from './nearest-point.ts';
import type { VickreyPayment } from './vickrey-payments.ts';
import type { Budget } from './winner-determination/budget.ts';
import { componentsOf } from './winner-determination/components.ts';
import type { Determination } from './winner-determination/determine-winners.ts';
import {
  type Packing,
  packingOf,
  restricted,
  rowsOfBid,
  type Selection,
  valueOfBids,
} from './winner-determination/packing.ts';
import { type Effort, RelatedAuctions } from './winner-determination/related-auctions.ts';
import { toUnits, unitsFor } from './winner-determination/units.ts';

/** Steps towards the least payments between two searches for the best. */
const mostTries = 3;

/** So many times what winners bid together, and payments near to a point that far down are of least revenue, but for rare cases. */
const farDown = 4;

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
  const known = new Set<string>();
  const search = new Objections(auction, agents, bids, determination.selection, budget);
  for (const { without } of vickrey.values()) search.consider(without);
  const cheap = new CheapPayments(lows, bids, towards, slack);
  const fresh = (found: readonly Objection[]): Objection[] =>
    // Rounding may leave a coalition a little to object to for ever.
    found.filter(({ outside, least }) => known.size < known.add(`${outside.join()} ${least}`).size);
  // Winners who pay their bids leave nobody anything to object to. Between such payments and the least, coalitions are found that
  // matter more than those that object to the least (Ben-Ameur and Neto 2007).
  let content = bids.slice();
  let tries = mostTries;
  /** The least payments as far as objections are known. */
  let settled: Float64Array | undefined;
  for (;;) {
    const found = fresh(search.to(payments, slack, 'quick'));
    let worthIt = false;
    for (let tried = 0; tried < tries && !worthIt; tried++) {
      const between = payments.map((payment, winner) => (payment + (content[winner] as number)) / 2);
      const further = fresh(search.to(between, slack, 'quick'));
      found.push(...further);
      worthIt = further.length > 0;
      if (!worthIt) content = between;
    }
    tries = worthIt ? mostTries : Math.max(0, tries - 2);
    if (found.length === 0) found.push(...fresh(search.to(payments, slack, 'all')));
    if (found.length === 0) {
      if (payments === settled) break;
      settled = leastByGroup(payments, { lows, highs: bids, reference: towards, objections, slack });
      const moved = settled.some((payment, winner) => payment !== payments[winner]);
      payments = settled;
      if (moved) continue;
      break;
    }
    objections.push(...found);
    for (const objection of found) raise(content, bids, objection);
    payments = cheap.within(found);
  }
  const alone = winners.map(
    ({ agent, least }, winner): Objection => ({
      coalition: (vickrey.get(agent) as VickreyPayment).rivals,
      outside: [winner],
      least,
    }),
  );
  const binding = [...alone, ...objections]
    .filter(({ outside, least }) => least > 0 && least >= total(payments, outside) - 2 * slack)
    .map(({ coalition }) => coalition);
  const inMoney = (payment: number | undefined): number => (payment as number) / units.perMoney;
  return {
    payments: new Map(agents.map((agent, winner) => [agent, inMoney(payments[winner])])),
    binding: eachOnce(binding, auction.agents),
  };
}

/** Every coalition once, in the order of the agents, as are its members. */
function eachOnce(
  coalitions: readonly (readonly AgentId[])[],
  agents: readonly AgentId[],
): readonly (readonly AgentId[])[] {
  const rank = new Map(agents.map((agent, index) => [agent, index]));
  const ranked = new Map<string, number[]>();
  for (const coalition of coalitions) {
    const members = coalition.map((agent) => rank.get(agent) as number).sort((a, b) => a - b);
    ranked.set(members.join(), members);
  }
  const byMembers = (a: readonly number[], b: readonly number[]): number => {
    const differs = a.findIndex((member, index) => member !== b[index]);
    return differs < 0 ? a.length - b.length : (a[differs] as number) - (b[differs] ?? -1);
  };
  return [...ranked.values()].sort(byMembers).map((members) => members.map((member) => agents[member] as AgentId));
}

/** Lets those outside a coalition pay what it objects for, in equal parts as far as their bids go. */
function raise(payments: Float64Array, highs: Float64Array, { outside, least }: Objection): void {
  let short = least - total(payments, outside);
  let open = [...outside];
  while (short > 1e-9 * least && open.length > 0) {
    const part = short / open.length;
    for (const winner of open) {
      const more = Math.min(part, (highs[winner] as number) - (payments[winner] as number));
      payments[winner] = (payments[winner] as number) + more;
      short -= more;
    }
    open = open.filter((winner) => (payments[winner] as number) < (highs[winner] as number));
  }
}

/** Winners whose payments no objection ties together can be decided apart. */
interface Group {
  readonly winners: number[];
  readonly objections: Objection[];
  /** The same with winners as positions in the group. */
  readonly local: readonly HalfSpace[];
}

function groupsOf(winners: number, objections: readonly Objection[]): readonly Group[] {
  const groups = Array.from({ length: winners }, (_, winner) => ({ winners: [winner], objections: [] as Objection[] }));
  const groupOf = groups.slice();
  for (const objection of objections) {
    const [first, ...others] = new Set(objection.outside.map((winner) => groupOf[winner]));
    if (first === undefined) continue;
    for (const other of others) {
      if (other === undefined) continue;
      first.winners.push(...other.winners);
      first.objections.push(...other.objections);
      for (const winner of other.winners) groupOf[winner] = first;
    }
    first.objections.push(objection);
  }
  return [...new Set(groupOf)].map((group) => {
    const place = new Map(group.winners.map((winner, index) => [winner, index]));
    const local = group.objections.map(
      ({ outside, least }): HalfSpace => ({
        coordinates: outside.map((winner) => place.get(winner) as number),
        sign: 1,
        least,
      }),
    );
    return { ...group, local };
  });
}

interface Sought {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly reference: Float64Array;
  readonly objections: readonly Objection[];
  readonly slack: number;
}

/** The payments of least revenue, nearest to the reference, that leave no objection; from such that leave none. */
function leastByGroup(start: Float64Array, { lows, highs, reference, objections, slack }: Sought): Float64Array {
  const payments = lows.slice();
  for (const group of groupsOf(lows.length, objections)) {
    if (group.local.length === 0) continue;
    const of = (all: Float64Array): Float64Array => Float64Array.from(group.winners, (winner) => all[winner] as number);
    const own = { lows: of(lows), highs: of(highs), reference: of(reference), slack };
    const paid = leastRevenue(of(start), group.local, own);
    for (const [index, winner] of group.winners.entries()) payments[winner] = paid[index] as number;
  }
  return payments;
}

/** Payments no lower than these and no higher than bids. */
function withinBids(lows: Float64Array, highs: Float64Array): readonly HalfSpace[] {
  return [
    ...Array.from(lows, (low, winner): HalfSpace => ({ coordinates: [winner], sign: 1, least: low })),
    ...Array.from(highs, (high, winner): HalfSpace => ({ coordinates: [winner], sign: -1, least: -high })),
  ];
}

/**
 * Payments of little revenue that leave no objection, as objections become known: nearest to a point so far down from the reference that
 * the least revenue decides, or nearly so.
 */
class CheapPayments {
  readonly #nearest: NearestPoint;
  readonly #highs: Float64Array;
  readonly #tidiness: number;

  constructor(lows: Float64Array, highs: Float64Array, reference: Float64Array, slack: number) {
    const step = farDown * total(highs);
    this.#highs = highs;
    this.#tidiness = slack / 16 / lows.length;
    this.#nearest = new NearestPoint(
      reference.map((payment) => payment - step),
      slack / 16,
    );
    this.#nearest.within(withinBids(lows, highs));
  }

  within(objections: readonly Objection[]): Float64Array {
    this.#nearest.within(objections.map(({ outside, least }) => ({ coordinates: outside, sign: 1, least })));
    return this.#nearest.point.map((payment, winner) =>
      Math.min(tidy(payment, this.#tidiness), this.#highs[winner] as number),
    );
  }
}

/**
 * Least revenue first: steps down along it end at it after finitely many (the proximal method on a linear program). Starts from payments that
 * leave no objection and are as near to the reference as their revenue allows: they stay where none are cheaper. The objections that
 * bind there are likely to bind where it ends.
 */
function leastRevenue(
  start: Float64Array,
  objections: readonly HalfSpace[],
  at: Omit<Sought, 'objections'>,
): Float64Array {
  const { lows, highs, reference, slack } = at;
  const within = slack / 16;
  const binds = ({ coordinates, least }: HalfSpace): boolean => least >= total(start, coordinates) - slack;
  const likely = [...withinBids(lows, highs), ...objections.filter(binds)];
  const nearest = (from: Float64Array, further: readonly HalfSpace[]): Float64Array => {
    const search = new NearestPoint(from, within);
    search.within([...likely, ...further]);
    search.within(objections.filter((objection) => !binds(objection)));
    return search.point;
  };
  const step = total(highs);
  let point = start;
  for (;;) {
    const next = nearest(
      point.map((payment) => payment - step),
      [],
    );
    if (total(next) >= total(point) - within) break;
    point = next;
  }
  if (point === start) return start;
  const most = total(point) + 2 * (lows.length + 1) * within;
  const cheapest: HalfSpace = { coordinates: [...lows.keys()], sign: -1, least: -most };
  return nearest(reference, [cheapest]).map((payment, winner) =>
    Math.min(tidy(payment, within / lows.length), highs[winner] as number),
  );
}

function total(point: Float64Array, coordinates: Iterable<number> = point.keys()): number {
  let sum = 0;
  for (const at of coordinates) sum += point[at] as number;
  return sum;
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
 * Finds coalitions that object to payments: the best allocation when every winner may also keep its surplus and stay out. Where at most one
 * bid of a winner can win, its bids are worth less by its surplus; where several can, staying out stands as a bid of its own.
 */
class Objections {
  readonly #auction: AuctionPacking;
  readonly #winners: readonly AgentId[];
  readonly #highest: Float64Array;
  readonly #chosen: Selection;
  readonly #packing: Packing;
  /** By bid, the winner whose surplus it is worth less by; and by winner, the bid that stands for staying out. */
  readonly #lessBy: Int32Array;
  readonly #stays: readonly (number | undefined)[];
  readonly #related: RelatedAuctions;

  constructor(
    auction: AuctionPacking,
    winners: readonly AgentId[],
    highest: Float64Array,
    chosen: Selection,
    budget: Budget,
  ) {
    const { packing, bids, oneOfThese } = auction;
    this.#auction = auction;
    this.#winners = winners;
    this.#highest = highest;
    this.#chosen = chosen;
    const rows: number[][] = bids.map((_, bid) => [...rowsOfBid(packing, bid)]);
    const capacity = [...packing.capacity];
    const values = [...packing.values];
    const ofAgent = new Map<AgentId, number[]>();
    for (const [bid, { agent }] of bids.entries()) {
      const own = ofAgent.get(agent);
      if (own) own.push(bid);
      else ofAgent.set(agent, [bid]);
    }
    this.#lessBy = new Int32Array(bids.length).fill(-1);
    this.#stays = winners.map((agent, winner) => {
      const bidsOf = ofAgent.get(agent) as number[];
      if (bidsOf.length === 1 || oneOfThese.has(agent)) {
        for (const bid of bidsOf) this.#lessBy[bid] = winner;
        return undefined;
      }
      const own: number[] = [];
      for (const bid of bidsOf) {
        own.push(capacity.push(1) - 1);
        rows[bid]?.push(capacity.length - 1);
      }
      values.push(highest[winner] as number);
      return rows.push(own) - 1;
    });
    this.#packing = packingOf(values, rows, capacity);
    this.#related = new RelatedAuctions(this.#packing, budget);
  }

  /** Notes a selection that may make a coalition object. */
  consider(selection: Selection): void {
    this.#related.know(selection);
  }

  /** Some coalitions that object to these payments; none only where that is proved, or where not all effort is asked for. */
  to(payments: Float64Array, tolerance: number, effort: 'all' | 'quick'): readonly Objection[] {
    const worth = this.#worthAt(payments);
    for (const each of effort === 'quick' ? (['quick'] as const) : (['until better', 'all'] as const)) {
      const { found, gap } = this.#found(worth, payments, tolerance, each);
      if (found.length > 0 || gap === 0 || effort === 'quick') return found;
      if (each === 'all') throw unprovedOptimum('core', undefined, gap);
    }
    return [];
  }

  /** What bids are worth where winners keep their surplus unless they take part. */
  #worthAt(payments: Float64Array): Float64Array {
    const worth = this.#packing.values.slice();
    for (const [bid, winner] of this.#lessBy.entries()) {
      if (winner >= 0) worth[bid] = Math.max(0, (worth[bid] as number) - this.#surplus(winner, payments));
    }
    for (const [winner, stay] of this.#stays.entries()) {
      if (stay !== undefined) worth[stay] = this.#surplus(winner, payments);
    }
    return worth;
  }

  /** Coalitions that object, and what share of the bound is not proved to be unreachable. */
  #found(
    worth: Float64Array,
    payments: Float64Array,
    tolerance: number,
    effort: Effort,
  ): { readonly found: readonly Objection[]; readonly gap: number } {
    const units = unitsFor(worth);
    const { selection, bound, better } = this.#related.at(
      worth.map((value) => toUnits(value, units)),
      this.#chosen,
      { effort, margin: tolerance * units.perMoney },
    );
    const gap = bound === selection.value ? 0 : (bound - selection.value) / bound;
    const real = ({ outside, least }: Objection): boolean => least - total(payments, outside) > tolerance;
    const worthy = better.map(({ bids }) => bids.filter((bid) => (worth[bid] as number) > 0));
    const changes = worthy
      .flatMap((bids) => this.#changes(bids))
      .map((bids) => this.#objection(bids))
      .filter(real);
    // Changes that are each too small to count may not be so together.
    const found = changes.length > 0 ? changes : worthy.map((bids) => this.#objection(bids)).filter(real);
    return { found, gap };
  }

  /** The changes to what is chosen that another selection is made of: those that touch no common row could each be made alone. */
  #changes(bids: readonly number[]): readonly (readonly number[])[] {
    const before = new Set(this.#chosen.bids);
    const after = new Set(bids);
    const came = bids.filter((bid) => !before.has(bid));
    const went = this.#chosen.bids.filter((bid) => !after.has(bid));
    const changed = Int32Array.from([...came, ...went]);
    const parts = componentsOf(restricted(this.#packing, changed));
    return parts.map((part) => {
      const own = new Set(Array.from(part, (at) => changed[at] as number));
      return [...this.#chosen.bids.filter((bid) => !own.has(bid)), ...came.filter((bid) => own.has(bid))];
    });
  }

  #surplus(winner: number, payments: Float64Array): number {
    return Math.max(0, (this.#highest[winner] as number) - (payments[winner] as number));
  }

  #objection(chosen: readonly number[]): Objection {
    const { bids, packing } = this.#auction;
    const coalition = new Set<AgentId>();
    let least = 0;
    for (const bid of chosen) {
      if (bid >= bids.length) continue;
      coalition.add((bids[bid] as PlacedBid).agent);
      least += packing.values[bid] as number;
    }
    const outside: number[] = [];
    for (const [winner, agent] of this.#winners.entries()) {
      if (coalition.has(agent)) least -= this.#highest[winner] as number;
      else outside.push(winner);
    }
    return { coalition: [...coalition], outside, least };
  }
}
