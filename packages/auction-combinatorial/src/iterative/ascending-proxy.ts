/*
 * The ascending package auction, or ascending proxy auction: bidders raise their bids on packages round by round, each against its own, until those who would not win
 * have no more to bid. What they leave to their proxies is bid straightforwardly: on the packages that are most profitable at the prices
 * that stand.
 *
 * Ausubel and Milgrom, "Ascending auctions with package bidding", Frontiers of Theoretical Economics 1 (2002). With straightforward bidders
 * it ends in the core, up to the increment if there is one, and where goods are substitutes for all of them at the payments of Vickrey, Clarke and
 * Groves. Truth is not always best.
 */
import {
  type AgentId,
  amount,
  type Conversation,
  defineMechanism,
  History,
  type Mechanism,
  type Setup,
  type Strategy,
  untruthful,
} from '@mechane/core';
import * as z from 'zod';
import { bestPackageWelfare, valueOfPackage } from '../package-auction.ts';
import { mostBid, type PackageBid, type PackageBids, packageBids } from '../package-bids.ts';
import { keepingBest } from '../unproved-optimum.ts';
import { ascendingClaims } from './ascending-claims.ts';
import {
  type AscendingCertificate,
  type AscendingOutcome,
  ascendingOutcome,
  bidsIn,
  concluded,
} from './ascending-outcome.ts';
import { incrementsOf } from './increments.ts';
import { increment, iterativeSettings } from './iterative-settings.ts';
import { bundleKey, choicesOf } from './package-choices.ts';
import { type PackageMessage, packageMessage, refuseBids } from './package-message.ts';
import { pricedPackage } from './priced-package.ts';
import { provisionalAllocation, standingBest } from './provisional-allocation.ts';
import { limitProfits, requireProved, simplified } from './proxy-limit.ts';
import { refusePackages } from './refuse-packages.ts';
import { addRound, type PackageRound } from './round-history.ts';
import { playedBy, proxiesOf, type Searches, searchesApart, searchesTogether } from './searches.ts';
import { StandingBids } from './standing-bids.ts';

/**
 * What a bidder is asked that would not win now: to raise its bids. A package that it has not bid on costs an increment, another an increment
 * more than its own last bid. Without an increment: what its proxy is to bid for.
 *
 * @category Types of mechanisms
 */
export interface AscendingAsk {
  readonly round: number;
  readonly increment: number | null;
  /** The bidder's own bids so far. */
  readonly standing: readonly PackageBid[];
  /** What those who would win now pay together. */
  readonly revenue: number;
}

const settings: z.ZodObject<
  Omit<typeof iterativeSettings.shape, 'increment'> & { increment: z.ZodOptional<typeof increment> },
  z.core.$strict
> = iterativeSettings.extend({
  increment: increment
    .optional()
    .describe('By how much bids rise from round to round; without it, proxies bid in steps that go to nothing'),
});

/** @category Types of mechanisms */
export type AscendingProxy = Mechanism<{
  id: 'auction-combinatorial/ascending-proxy';
  settings: z.input<typeof settings>;
  report: z.input<typeof packageBids>;
  outcome: AscendingOutcome;
  message: z.input<typeof packageMessage>;
  ask: AscendingAsk;
  certificate: AscendingCertificate;
}>;

/** Keeps profits that differ by an increment apart in spite of rounding. */
const nearlyOne = 1 - 1e-9;

/**
 * The ascending package auction. In each round, the bids of the greatest sum that can be served together are set aside for their bidders,
 * and everybody else may bid on any packages: an `increment` at first, and at least an `increment` above its own last bid on the same
 * package. Bids stand until the end; of one bidder's bids at most one wins. It ends after a round without a bid, or after `maxRounds`, and
 * winners pay their winning bids. Jump bids are welcome. Silence means passing, and whoever passes may bid again later.
 *
 * Without `increment` there is one round, in which bidders say what their proxies may bid. The outcome is what proxies come to as
 * increments go to nothing, computed and not played: the core exactly, and Vickrey payments exactly where goods are substitutes.
 *
 * The proxy of a report bids on all packages that are most profitable at the least bids it could make, or less than an increment short of that,
 * as long as that is no loss: so each time it does not win, the profit that it aims at falls by an increment. The
 * certificate is about the bids that stand in the end: `welfare` is their sum; without `increment`, about those that proxies were given.
 *
 * @throws `invalid-report` for a value above 50,000 increments; without `increment`, `unproved-optimum` where a limit leaves winners open.
 * @category Mechanisms
 *
 * @example
 * ```ts
 * import { combinatorialAuctions } from '@mechane/auction-combinatorial';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(combinatorialAuctions);
 * const settings = { goods: ['A', 'B'], increment: 1 };
 * const reports = {
 *   ann: { xor: [{ bundle: ['A'], value: 8 }] },
 *   bob: { xor: [{ bundle: ['B'], value: 8 }] },
 *   cat: { xor: [{ bundle: ['A', 'B'], value: 10 }] },
 * };
 * const { outcome, metrics } = mechane.run('auction-combinatorial/ascending-proxy', { settings, reports });
 * outcome.payments; // => { ann: 5, bob: 5, cat: 0 }
 * metrics.efficiency; // => 1
 *
 * reports.cat.xor[0].value = 11;
 * const limit = mechane.run('auction-combinatorial/ascending-proxy', { settings: { goods: ['A', 'B'] }, reports });
 * limit.outcome.payments; // => { ann: 5.5, bob: 5.5, cat: 0 }
 * ```
 */
export const ascendingProxy: AscendingProxy = defineMechanism({
  id: 'auction-combinatorial/ascending-proxy',
  summary: 'Bids on packages rise until those who would lose bid no more (Ausubel and Milgrom 2002)',
  settings,
  report: packageBids,
  message: packageMessage,
  ask: z.strictObject({
    round: z.int().positive(),
    increment: increment.nullable(),
    standing: z.array(pricedPackage),
    revenue: amount,
  }),
  outcome: ascendingOutcome,
  refuseReport: refusePackages,

  conduct: (setup) => conducted(setup, searchesApart(setup.settings, setup.signal)),
  proxy: raisingProxy,
  decide(reports, setup) {
    const conversation = conducted(setup, searchesTogether(setup.settings, setup.signal));
    return playedBy(conversation, proxiesOf(reports, raisingProxy));
  },
  roundsOf: ({ rounds }) => rounds,

  mostPaid: ({ bids }, { before }) => Math.max(before, mostBid({ xor: bids })),
  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: ({ goods, increment, maxRounds }) => [
    ...untruthful(
      'Ausubel and Milgrom 2002: where goods are not substitutes, somebody may gain by leaving the raises to the others',
      {
        settings: { goods: ['A', 'B'], ...(increment === undefined ? {} : { increment: 1 }) },
        reports: {
          ann: { xor: [{ bundle: ['A'], value: 8 }] },
          bob: { xor: [{ bundle: ['B'], value: 8 }] },
          cat: { xor: [{ bundle: ['A', 'B'], value: 10 }] },
        },
        deviation: { ann: { xor: [{ bundle: ['A'], value: 3 }] } },
        agent: 'ann',
      },
    ),
    ...ascendingClaims(goods, increment, maxRounds, {
      because: 'Ausubel and Milgrom 2002: an increment for each good is all that a coalition could find',
      increments: 1,
    }),
  ],
});

/** Raises the bids on all packages that are most profitable, or nearly so. */
function raisingProxy(report: PackageBids): Strategy<AscendingAsk, PackageMessage> {
  const choices = choicesOf(report);
  return ({ increment, standing }) => {
    if (increment === null) return { bids: choices.map(({ bundle, value }) => ({ bundle, value })) };
    const { first, raised } = incrementsOf(increment);
    const own = new Map(standing.map(({ bundle, value }) => [bundleKey(bundle), value]));
    const profits = choices.map(({ bundle, key, value }) => {
      const last = own.get(key);
      const least = last === undefined ? first : raised(last);
      return { bid: { bundle, value: least }, profit: value - least };
    });
    const most = profits.reduce((best, { profit }) => Math.max(best, profit), 0);
    const isBest = (profit: number): boolean => profit >= 0 && profit > most - increment * nearlyOne;
    return { bids: profits.filter(({ profit }) => isBest(profit)).map(({ bid }) => bid) };
  };
}

type AscendingSetup = Setup<z.output<typeof settings>, z.output<typeof packageMessage>>;
type Raising = Conversation<AscendingAsk, AscendingOutcome, AscendingCertificate>;

function conducted(setup: AscendingSetup, searches: Searches): Raising {
  const { increment } = setup.settings;
  return increment === undefined ? proxiesAtOnce(setup, searches) : raises(setup, increment, searches);
}

/** Asks who would not win to raise its bids, until nobody does. */
function* raises(
  { settings, participants, tieOrder, askEach, written }: AscendingSetup,
  increment: number,
  searches: Searches,
): Raising {
  const { maxRounds } = settings;
  const { first, raised } = incrementsOf(increment);
  const standing = new StandingBids();
  const leastBid = (agent: AgentId, { bundle }: PackageBid): number => {
    const own = standing.on(agent, bundle);
    return own === undefined ? first : raised(own);
  };
  const refuse = refuseBids(settings, leastBid, written);
  const inOrder = [...participants].sort(tieOrder);
  const history = new History<PackageRound>();
  let now = provisionalAllocation(standing.asReports(), settings, tieOrder, searches.next());
  let [rounds, ended] = [0, false];
  for (;;) {
    const rivals = participants.filter((agent) => !now.winners.has(agent));
    ended = rivals.length === 0;
    if (ended || rounds === maxRounds || searches.isOver()) break;
    rounds += 1;
    const { revenue } = now;
    const contentFor = (agent: AgentId): AscendingAsk => ({
      round: rounds,
      increment,
      standing: standing.of(agent),
      revenue,
    });
    const replies = yield* askEach(rivals, contentFor, { refuse });
    const bids = inOrder.flatMap((agent) => bidsIn(replies.get(agent)).map((bid) => ({ agent, ...bid })));
    ended = bids.length === 0;
    if (ended) break;
    for (const { agent, bundle, value } of bids) standing.place(agent, { bundle, value });
    now = provisionalAllocation(standing.asReports(), settings, tieOrder, searches.next());
    addRound(history, { round: rounds, bids, winners: [...now.winners.keys()], revenue: now.revenue });
  }
  return concluded(now, ended ? undefined : searches.stop, { participants, settings, rounds, history });
}

/** Asks for what proxies are to bid for, and gives what their raises come to as increments go to nothing. */
function* proxiesAtOnce(
  { settings, participants, tieOrder, ask, written }: AscendingSetup,
  searches: Searches,
): Raising {
  const standing = new StandingBids();
  const content: AscendingAsk = { round: 1, increment: null, standing: [], revenue: 0 };
  const refuse = refuseBids(settings, () => 0, written);
  const replies = participants.length === 0 ? new Map() : yield* ask(participants, content, { refuse });
  for (const [agent, message] of replies) for (const bid of bidsIn(message)) standing.place(agent, bid);
  const reports = standing.asReports();
  const budget = searches.next();
  const best = provisionalAllocation(reports, settings, tieOrder, budget);
  const profits = keepingBest(
    () => standingBest(best, settings, written),
    () => {
      requireProved(best, budget);
      const choices = new Map([...reports].map(([agent, report]) => [agent, choicesOf(report)]));
      return limitProfits(choices, settings, tieOrder, budget);
    },
  );
  const winners = new Map(
    [...best.winners].map(([agent, { bundle, value }]) => {
      const payment = simplified(value - (profits.get(agent) as number), value);
      return [agent, { bundle, value: payment }];
    }),
  );
  const bids = [...participants]
    .sort(tieOrder)
    .flatMap((agent) => standing.of(agent).map((bid) => ({ agent, ...bid })));
  const revenue = [...winners.values()].reduce((sum, { value }) => sum + value, 0);
  const history = new History<PackageRound>();
  if (participants.length > 0) addRound(history, { round: 1, bids, winners: [...winners.keys()], revenue });
  return concluded({ ...best, winners }, undefined, { participants, settings, rounds: history.length, history });
}
