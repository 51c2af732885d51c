/*
 * Payments in the core: Day and Raghavan, "Fair payments for efficient allocations in public sector combinatorial auctions", Management
 * Science 53 (2007), find the coalitions that object one by one; Day and Cramton, "Quadratic core-selecting payment rules for combinatorial
 * auctions", Operations Research 60 (2012), choose among the payments of least revenue the point nearest to a reference.
 */
import type { AgentId } from '@mechane/core';
import { type Budget, type PackingSolution, valueOfSets } from '@mechane/packing';
import { type AuctionPacking, bidsByAgent } from './auction-packing.ts';
import { CheapPayments, leastByGroup } from './least-revenue.ts';
import { type Objection, Objections, total } from './objections.ts';
import type { VickreyPayment } from './vickrey-payments.ts';

/** Steps towards the least payments between two searches for the best. */
const mostTries = 3;

/** What payments should be near to. */
export type Reference = 'vcg' | 'zero' | 'bid';

export interface CorePayments {
  readonly payments: ReadonlyMap<AgentId, number>;
  /** Coalitions that would object if payments were any lower. */
  readonly binding: readonly (readonly AgentId[])[];
}

/** Of the core payments of least revenue, those nearest to the reference. */
export function corePayments(
  auction: AuctionPacking,
  determination: PackingSolution,
  vickrey: ReadonlyMap<AgentId, VickreyPayment>,
  reference: Reference,
  budget: Budget,
): CorePayments {
  const { units, packing } = auction;
  const winners = [...bidsByAgent(auction, determination.selection.sets)].map(([agent, own]) => ({
    agent,
    bid: valueOfSets(packing, own),
    least: Math.round((vickrey.get(agent) as VickreyPayment).payment * units.scale),
  }));
  const bids = Float64Array.from(winners, ({ bid }) => bid);
  const lows = Float64Array.from(winners, ({ least }) => least);
  const towards = { vcg: lows, zero: new Float64Array(winners.length), bid: bids }[reference];
  const agents = winners.map(({ agent }) => agent);
  const slack = determination.selection.value * 1e-10;
  const search = new Objections(auction, agents, bids, determination.selection, budget);
  for (const { without } of vickrey.values()) search.consider(without);
  const separation = new Separation(search, bids, slack);
  const cheap = new CheapPayments(lows, bids, towards, slack);
  const objections: Objection[] = [];
  let payments: Float64Array = lows;
  for (let isLeast = false; ; ) {
    const found = separation.objectionsTo(payments);
    if (found.length > 0) {
      objections.push(...found);
      payments = cheap.within(found);
      isLeast = false;
      continue;
    }
    if (isLeast) break;
    const least = leastByGroup(payments, { lows, highs: bids, reference: towards, objections, slack });
    isLeast = true;
    if (least.every((payment, winner) => payment === payments[winner])) break;
    payments = least;
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
  const inMoney = (payment: number | undefined): number => (payment as number) / units.scale;
  return {
    payments: new Map(agents.map((agent, winner) => [agent, inMoney(payments[winner])])),
    binding: eachOnce(binding, auction.agents),
  };
}

/**
 * Objections to payments, those that are quickly found first: also to payments on the way to such as leave nobody anything to object to,
 * where coalitions are found that matter more than those that object to the least (Ben-Ameur and Neto 2007).
 */
class Separation {
  readonly #search: Objections;
  readonly #bids: Float64Array;
  readonly #slack: number;
  /** What nobody is known to object to: at first, winners pay what they bid. */
  #content: Float64Array;
  #tries = mostTries;
  readonly #known = new Set<string>();

  constructor(search: Objections, bids: Float64Array, slack: number) {
    this.#search = search;
    this.#bids = bids;
    this.#slack = slack;
    this.#content = bids.slice();
  }

  /** New objections; none only where it is proved that there are none. */
  objectionsTo(payments: Float64Array): readonly Objection[] {
    const found = [...this.#fresh(payments, 'quick'), ...this.#onTheWayFrom(payments)];
    const all = found.length > 0 ? found : this.#fresh(payments, 'all');
    for (const objection of all) raise(this.#content, this.#bids, objection);
    return all;
  }

  #onTheWayFrom(payments: Float64Array): readonly Objection[] {
    for (let tried = 0; tried < this.#tries; tried++) {
      const between = payments.map((payment, winner) => (payment + (this.#content[winner] as number)) / 2);
      const found = this.#fresh(between, 'quick');
      if (found.length > 0) {
        this.#tries = mostTries;
        return found;
      }
      this.#content = between;
    }
    this.#tries = Math.max(0, this.#tries - 2);
    return [];
  }

  /** Those that are not known yet: rounding may leave a coalition a little to object to for ever. */
  #fresh(payments: Float64Array, effort: 'all' | 'quick'): readonly Objection[] {
    const known = this.#known;
    return this.#search
      .to(payments, this.#slack, effort)
      .filter(({ outside, least }) => known.size < known.add(`${outside.join()} ${least}`).size);
  }
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
