/*
 * What the ascending proxy auction comes to as the increment goes to nothing (Ausubel and Milgrom 2002, who describe it by the profits that
 * proxies aim at). A proxy that aims at a profit bids, on every package, its value less that profit. Whoever does not win lowers its aim.
 * Where several coalitions of winners are worth the same, they take turns so that none falls behind: the aims move along the shortest
 * vector that such turns leave, the steepest descent of a convex function whose minima are the core. It is followed exactly, from one
 * coalition that catches up to the next.
 */
import type { AgentId, TieOrder } from '@mechane/core';
import type { Budget } from '@mechane/packing';
import { unsettledProxies } from '../errors.ts';
import type { AuctionSettings } from '../goods.ts';
import { unprovedOptimum } from '../unproved-optimum.ts';
import { leastNorm } from './least-norm.ts';
import type { PackageChoice } from './package-choices.ts';
import { type ProvisionalAllocation, provisionalAllocation } from './provisional-allocation.ts';

/** Winners together, and what they get is worth to them. */
interface Coalition {
  readonly members: Uint8Array;
  readonly worth: number;
}

/** Everything is counted to this share of all values. */
const precision = 1e-10;
const mostSteps = 100_000;

/**
 * The profits that bidders end with.
 *
 * @throws `unproved-optimum` where a limit leaves open who would win.
 */
export function limitProfits(
  choices: ReadonlyMap<AgentId, readonly PackageChoice[]>,
  settings: AuctionSettings,
  tieOrder: TieOrder,
  budget: Budget,
): ReadonlyMap<AgentId, number> {
  const agents = [...choices.keys()].sort(tieOrder);
  const offers = agents.map((agent) => choices.get(agent) as readonly PackageChoice[]);
  const aims = Float64Array.from(offers, (own) => own.reduce((most, { value }) => Math.max(most, value), 0));
  const slack = precision * Math.max(Number.MIN_VALUE, sum(aims));

  /** The winners when proxies aim at these profits. */
  const winnersAt = (targets: Float64Array): Coalition => {
    const bids = new Map(
      agents.map((agent, at) => {
        const own = (offers[at] ?? []).map(({ bundle, value }) => ({ bundle, value: value - (targets[at] as number) }));
        return [agent, { xor: own.filter(({ value }) => value > 0) }];
      }),
    );
    const allocation = provisionalAllocation(bids, settings, tieOrder, budget);
    requireProved(allocation, budget);
    const { winners, revenue } = allocation;
    const members = Uint8Array.from(agents, (agent) => (winners.has(agent) ? 1 : 0));
    return { members, worth: revenue + within(members, targets) };
  };

  let tied: Coalition[] = [{ members: new Uint8Array(agents.length), worth: 0 }];
  const known = [...tied];
  for (let step = 0; step < mostSteps; step++) {
    if (!budget.look()) throw unprovedOptimum({ rule: 'ascending-proxy', gap: 1 }, budget);
    const descent = steepest(tied, aims);
    if (descent.every((rate) => rate <= 1e-9)) return new Map(agents.map((agent, at) => [agent, aims[at] as number]));
    const rateOf = ({ members }: Coalition): number => within(members, descent);
    const standing = Math.max(...tied.map((coalition) => netOf(coalition, aims)));
    const rising = Math.max(...tied.map(rateOf));
    let length = aims.reduce((least, aim, at) => {
      const rate = descent[at] as number;
      return rate > 1e-9 ? Math.min(least, aim / rate) : least;
    }, Infinity);
    let caughtUp: Coalition | undefined;
    const gainOf = (coalition: Coalition): number =>
      length * (rateOf(coalition) - rising) - (standing - netOf(coalition, aims));
    // The first length at which another coalition is worth as much, by Newton's method on a convex function. Coalitions that are known
    // already are looked at first: to look for others costs more.
    for (;;) {
      let best = known.reduce((most, coalition) => (gainOf(coalition) > gainOf(most) ? coalition : most));
      if (gainOf(best) <= slack) {
        best = winnersAt(aims.map((aim, at) => Math.max(0, aim - length * (descent[at] as number))));
        if (gainOf(best) <= slack) break;
        known.push(best);
      }
      const behind = standing - netOf(best, aims);
      const faster = rateOf(best) - rising;
      caughtUp = best;
      length = Math.max(0, behind / faster);
      if (behind <= slack) break;
    }
    for (const [at, aim] of aims.entries()) {
      const lowered = aim - length * (descent[at] as number);
      aims[at] = lowered <= slack ? 0 : lowered;
    }
    if (caughtUp) tied.push(caughtUp);
    const highest = Math.max(...tied.map((coalition) => netOf(coalition, aims)));
    tied = tied.filter((coalition) => netOf(coalition, aims) >= highest - 4 * slack);
  }
  throw unsettledProxies(mostSteps);
}

/** How fast each aim falls while coalitions that are tied take turns. An aim of nothing stays. */
function steepest(tied: readonly Coalition[], aims: Float64Array): Float64Array {
  // A coalition within another takes no turns: the other does all that it does.
  const largest = tied.filter((one) => !tied.some((other) => isLess(one.members, other.members)));
  return leastNorm(largest.map(({ members }) => aims.map((aim, at) => (aim > 0 && members[at] === 0 ? 1 : 0))));
}

function isLess(one: Uint8Array, other: Uint8Array): boolean {
  let less = false;
  for (const [at, member] of one.entries()) {
    if (member > (other[at] as number)) return false;
    if (member < (other[at] as number)) less = true;
  }
  return less;
}

/** What a coalition bids together. */
function netOf({ members, worth }: Coalition, aims: Float64Array): number {
  return worth - within(members, aims);
}

function within(members: Uint8Array, amounts: Float64Array): number {
  return amounts.reduce((total, amount, at) => total + amount * (members[at] as number), 0);
}

function sum(amounts: Float64Array): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** @throws `unproved-optimum` where an allocation is not known to be the best. */
export function requireProved({ certificate }: ProvisionalAllocation, budget: Budget): void {
  const { status, gap } = certificate();
  if (status !== 'optimal') throw unprovedOptimum({ rule: 'ascending-proxy', gap }, budget);
}

const mostParts = 12;

/** The simple fraction that a payment was before it was rounded, and no more than the bid. */
export function simplified(payment: number, bid: number): number {
  for (let parts = 1; parts <= mostParts; parts++) {
    const simple = Math.round(payment * parts) / parts;
    if (Math.abs(payment - simple) <= 1e-9 * Math.max(1, bid)) return Math.min(simple, bid);
  }
  return Math.min(payment, bid);
}
