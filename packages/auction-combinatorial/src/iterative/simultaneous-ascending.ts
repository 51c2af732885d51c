/*
 * The simultaneous ascending auction: all goods are open at once, each with its own standing high bid, until nobody raises any of them. An
 * activity rule takes from bidders what they do not use.
 *
 * Milgrom, "Putting auction theory to work: the simultaneous ascending auction", Journal of Political Economy 108 (2000). Where goods are
 * substitutes for all bidders and all bid straightforwardly, it ends near a competitive equilibrium: efficient and in the core, up
 * to an increment for each good. Where they are complements, a bidder may be left with goods that are worth little without the others.
 */
import {
  type AgentId,
  amount,
  type Certificate,
  type Conversation,
  certified,
  defineMechanism,
  History,
  historyOmitted,
  type Mechanism,
  membersOf,
  type Path,
  perAgent,
  positiveAmount,
  type Setup,
  type Strategy,
  type Told,
} from '@mechane/core';
import * as z from 'zod';
import { beyondEligibility, beyondHighest, bidTooLow, heldAlready, namedTwice, strangerEligible } from '../errors.ts';
import { copiesOf, type GoodsForSale } from '../goods.ts';
import { bestPackageWelfare, type PackageOutcome, packageOutcome, valueOfPackage } from '../package-auction.ts';
import { type PackageBids, packageBids } from '../package-bids.ts';
import { Eligibility } from './activity.ts';
import { incrementsOf } from './increments.ts';
import { highestBid, iterativeSettings } from './iterative-settings.ts';
import { choicesOf, type PackageChoice } from './package-choices.ts';
import { refuseBundle, refusePackages } from './refuse-packages.ts';
import { playedBy, proxiesOf, type Searches, type Stop, searchesApart, searchesTogether } from './searches.ts';
import { simultaneousClaims } from './simultaneous-claims.ts';
import { type GoodBid, type PlacedGoodBid, StandingHighBids } from './standing-high-bids.ts';

/**
 * What every bidder is asked: on which goods it bids. `prices` are the least bids, `holding` the bidder's own bids that stand. What it holds and
 * what it bids on may come to `eligibility` points at most.
 *
 * @category Types of mechanisms
 */
export interface SimultaneousAsk {
  readonly round: number;
  readonly prices: Readonly<Record<string, number>>;
  readonly holding: Readonly<Record<string, number>>;
  readonly points: Readonly<Record<string, number>>;
  readonly eligibility: number;
}

/**
 * Bids on single goods, each on one copy. No bids is passing.
 *
 * @category Types of mechanisms
 */
export interface SimultaneousMessage {
  bids: { good: string; price: number }[];
}

/**
 * What was bid in a round, and the least bids after it.
 *
 * @category Types of mechanisms
 */
export interface SimultaneousRound {
  readonly round: number;
  readonly bids: readonly PlacedGoodBid[];
  readonly prices: Readonly<Record<string, number>>;
}

/**
 * Who gets what for how much, and how bids rose in the first 10,000 rounds.
 *
 * @category Types of mechanisms
 */
export interface SimultaneousOutcome extends PackageOutcome, Told<SimultaneousRound> {
  readonly rounds: number;
}

const goodBid = z.strictObject({ good: z.string(), price: positiveAmount });
const points: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodInt>> = z
  .record(z.string(), z.int().nonnegative())
  .optional();
const eligibility: typeof points = points;
const activity: z.ZodDefault<z.ZodNumber> = z.number().positive().max(1).default(1);

const settings: z.ZodObject<
  typeof iterativeSettings.shape & {
    points: typeof points;
    eligibility: typeof eligibility;
    activity: typeof activity;
  },
  z.core.$strict
> = iterativeSettings
  .extend({
    points: points.describe('Activity points by good: 1 unless given'),
    eligibility: eligibility.describe('Points that an agent may bid on at first: those of all goods unless given'),
    activity: activity.describe('The share of its points that an agent has to be active on in order to keep them'),
  })
  .check(({ value, issues }) => {
    const stranger = Object.keys(value.points ?? {}).find((good) => !copiesOf(value.goods).has(good));
    if (stranger === undefined) return;
    issues.push({
      code: 'custom',
      message: 'expected a good of the settings',
      path: ['points', stranger],
      input: value,
    });
  });

/** @category Types of mechanisms */
export type SimultaneousAscending = Mechanism<{
  id: 'auction-combinatorial/simultaneous-ascending';
  settings: z.input<typeof settings>;
  report: z.input<typeof packageBids>;
  outcome: SimultaneousOutcome;
  message: SimultaneousMessage;
  ask: SimultaneousAsk;
  certificate: StandingCertificate;
}>;

/**
 * What standing bids are worth: no other allocation of them is worth more.
 *
 * @category Types of mechanisms
 */
export interface StandingCertificate extends Certificate {
  readonly status: 'converged' | Stop;
  readonly welfare: number;
  readonly bound: number;
  readonly gap: number;
}

/**
 * The simultaneous ascending auction. In each round bidders bid on as many goods as their eligibility allows, at least an `increment` above the
 * bid that stands, or an `increment` where none does. The highest bid for a copy of a good stands and cannot be withdrawn. Whoever
 * holds and bids on less than a share `activity` of its points keeps only as many as that is the share of. It ends after a round
 * without a bid, or after `maxRounds`; whoever's bid stands gets the good and pays it. Silence means passing.
 *
 * The proxy of a report bids for the package that is most profitable, goods that it holds at its bids and others at the least
 * bids, as if it could let go of what it holds. That is straightforward, and costs a bidder for whom goods are complements.
 *
 * @throws `invalid-report` for a value above 50,000 increments; `invalid-settings` for `eligibility` of an agent who does not take part.
 * @category Mechanisms
 *
 * @example
 * ```ts
 * import { combinatorialAuctions } from '@mechane/auction-combinatorial';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(combinatorialAuctions);
 * const settings = { goods: ['A', 'B'], increment: 1 };
 * const either = (a: number, b: number) => ({
 *   xor: [
 *     { bundle: ['A'], value: a },
 *     { bundle: ['B'], value: b },
 *   ],
 * });
 * const reports = { ann: either(10, 4), bob: either(9, 8), cat: either(3, 5) };
 * const { outcome } = mechane.run('auction-combinatorial/simultaneous-ascending', { settings, reports });
 * outcome.allocation; // => { ann: ['A'], bob: ['B'] }
 * ```
 */
export const simultaneousAscending: SimultaneousAscending = defineMechanism({
  id: 'auction-combinatorial/simultaneous-ascending',
  summary: 'All goods are open at once until nobody raises the bid on any of them (Milgrom 2000)',
  settings,
  report: packageBids,
  message: z.strictObject({
    bids: z.array(goodBid).describe('Bids on goods that the bidder does not hold'),
  }),
  ask: z.strictObject({
    round: z.int().positive(),
    prices: z.record(z.string(), amount),
    holding: z.record(z.string(), amount),
    points: z.record(z.string(), z.int().nonnegative()),
    eligibility: z.number().nonnegative(),
  }),
  outcome: packageOutcome.extend({
    rounds: z.int().nonnegative(),
    history: z.array(
      z.strictObject({
        round: z.int().positive(),
        bids: z.array(goodBid.extend({ agent: z.string() })),
        prices: z.record(z.string(), amount),
      }),
    ),
    historyOmitted,
  }),
  refuseReport: refusePackages,
  refuseSettings({ eligibility: given = {} }, { participants }) {
    const known = membersOf(participants);
    const stranger = Object.keys(given).find((agent) => !known.has(agent));
    return stranger === undefined ? undefined : strangerEligible(stranger, participants);
  },

  conduct: (setup) => conducted(setup, searchesApart(setup.settings, setup.signal)),
  proxy: bidding,
  decide(reports, setup) {
    const conversation = conducted(setup, searchesTogether(setup.settings, setup.signal));
    return playedBy(conversation, proxiesOf(reports, bidding));
  },
  roundsOf: ({ rounds }) => rounds,

  mostPaid({ bids }, { ask: { holding } }) {
    const held = Object.values(holding).reduce((sum, price) => sum + price, 0);
    return bids.reduce((sum, { price }) => sum + price, held);
  },

  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,
  claims: ({ goods, increment, maxRounds }) => simultaneousClaims(goods, increment, maxRounds),
});

type SimultaneousSetup = Setup<z.output<typeof settings>, SimultaneousMessage>;
type Simultaneously = Conversation<SimultaneousAsk, SimultaneousOutcome, StandingCertificate>;

/** Asks all for bids on goods until nobody raises any. */
function* conducted(
  { settings: set, participants, tieOrder, askEach, written }: SimultaneousSetup,
  searches: Searches,
): Simultaneously {
  const { goods, increment, maxRounds } = set;
  const copies = copiesOf(goods);
  const worth = pointsByGood(goods, set.points ?? {});
  const eligible = new Eligibility(participants, worth, set.activity, set.eligibility ?? {});
  const high = new StandingHighBids(copies, tieOrder);
  const { first, raised } = incrementsOf(increment);
  const leastBid = (good: string): number => {
    const lowest = high.lowest(good);
    return lowest === undefined ? first : raised(lowest);
  };
  const inOrder = [...participants].sort(tieOrder);
  const history = new History<SimultaneousRound>();
  const pointsAsked = perAgent(worth.keys(), (good) => worth.get(good) as number);
  let prices = perAgent(copies.keys(), leastBid);
  let [rounds, ended] = [0, false];
  for (;;) {
    const bidders = participants.filter((agent) => eligible.of(agent) > 0);
    ended = bidders.length === 0;
    if (ended || rounds === maxRounds || searches.isOver()) break;
    rounds += 1;
    const contentFor = (agent: AgentId): SimultaneousAsk => {
      const own = high.of(agent);
      const holding = perAgent(own.keys(), (good) => own.get(good) as number);
      return { round: rounds, prices, holding, points: pointsAsked, eligibility: eligible.of(agent) };
    };
    const refuse = (agent: AgentId, { bids }: SimultaneousMessage) =>
      refuseGoodBids(bids, { copies, increment, leastBid, held: high.of(agent), eligible, agent, written });
    const replies = yield* askEach(bidders, contentFor, { refuse });
    const bids: PlacedGoodBid[] = [];
    for (const agent of inOrder) {
      const own = replies.get(agent)?.bids ?? [];
      bids.push(...own.map(({ good, price }) => ({ agent, good, price })));
      eligible.use(agent, eligible.pointsOf([...high.of(agent).keys(), ...own.map(({ good }) => good)]));
    }
    ended = bids.length === 0;
    if (ended) break;
    high.place(bids);
    prices = perAgent(copies.keys(), leastBid);
    history.add({ round: rounds, bids, prices }, copies.size + bids.length);
  }
  const outcome = { ...high.allocation(participants), rounds, ...history.told() };
  const welfare = Object.values(outcome.payments).reduce((sum, payment) => sum + payment, 0);
  return certified(outcome, { status: ended ? 'converged' : searches.stop, welfare, bound: welfare, gap: 0 });
}

/** Bids for the most profitable package as if it could let go of what it holds. */
function bidding(report: PackageBids): Strategy<SimultaneousAsk, SimultaneousMessage> {
  const choices = choicesOf(report);
  return (content) => {
    const { prices, holding } = content;
    const wanted = demandedPackage(choices, content);
    const isHeld = (good: string): boolean => Object.hasOwn(holding, good);
    const bids = wanted.filter((good) => !isHeld(good)).map((good) => ({ good, price: prices[good] as number }));
    return { bids };
  };
}

/** Points by good, 1 where nothing else is said. */
function pointsByGood(goods: GoodsForSale, given: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  return new Map(
    [...copiesOf(goods).keys()].map((good) => [good, Object.hasOwn(given, good) ? Number(given[good]) : 1]),
  );
}

interface Standing {
  readonly copies: ReadonlyMap<string, number>;
  readonly increment: number;
  readonly leastBid: (good: string) => number;
  readonly held: ReadonlyMap<string, number>;
  readonly eligible: Eligibility;
  readonly agent: AgentId;
  readonly written: (amount: number) => number;
}

/** What is wrong with bids on single goods as things stand. */
function refuseGoodBids(
  bids: readonly GoodBid[],
  { copies, increment, leastBid, held, eligible, agent, written }: Standing,
) {
  const seen = new Set<string>();
  for (const [index, { good, price }] of bids.entries()) {
    const at: Path = ['bids', index, 'good'];
    const unknown = refuseBundle([good], copies, at);
    if (unknown) return { ...unknown, path: at };
    if (seen.size === seen.add(good).size) return namedTwice(at, 'good');
    if (held.has(good)) return heldAlready(at, good);
    if (!(price >= leastBid(good))) return bidTooLow(['bids', index, 'price'], written(leastBid(good)));
    if (price > highestBid({ increment })) {
      return beyondHighest(['bids', index, 'price'], written(highestBid({ increment })));
    }
  }
  const activity = eligible.pointsOf([...held.keys(), ...seen]);
  return activity > eligible.of(agent) ? beyondEligibility(['bids'], activity, eligible.of(agent)) : undefined;
}

/** The most profitable package within the eligibility; among equals one that keeps most of what is held, then the largest. */
function demandedPackage(
  choices: readonly PackageChoice[],
  { prices, holding, points: pointsOf, eligibility: most }: SimultaneousAsk,
): readonly string[] {
  let best: { readonly bundle: readonly string[]; readonly rank: readonly number[] } = { bundle: [], rank: [0, 0, 0] };
  const active = Object.keys(holding).reduce((sum, good) => sum + (pointsOf[good] as number), 0);
  for (const { bundle, value } of choices) {
    let [cost, kept, activity] = [0, 0, active];
    for (const good of bundle) {
      const own = holding[good];
      cost += own ?? (prices[good] as number);
      if (own === undefined) activity += pointsOf[good] as number;
      else kept += 1;
    }
    const rank = [value - cost, kept, bundle.length];
    if (activity <= most && isAbove(rank, best.rank)) best = { bundle, rank };
  }
  return best.bundle;
}

function isAbove(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] as number) > (other[at] as number);
}
