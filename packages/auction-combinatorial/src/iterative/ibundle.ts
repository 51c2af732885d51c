/*
 * iBundle: packages have prices, bidders bid on all that are best for them at these, and prices rise where bidders who win nothing have
 * bid.
 *
 * Parkes and Ungar, "Iterative combinatorial auctions: theory and practice", AAAI (2000); Parkes, "iBundle: an efficient ascending price bundle
 * auction", ACM Electronic Commerce (1999). With personal prices (iBundle(3)) and bidders who bid straightforwardly, the allocation is within three
 * increments of the best for each good or bidder, whichever are fewer. With anonymous prices (iBundle(2)) that holds as long as each
 * bidder's losing bids conflict, as those of a bidder for one package do.
 */
import {
  type AgentId,
  type Conversation,
  defineMechanism,
  History,
  type Mechanism,
  type Setup,
  type Strategy,
  untruthful,
} from '@mechane/core';
import * as z from 'zod';
import { beyondFinal } from '../errors.ts';
import { bestPackageWelfare, valueOfPackage } from '../package-auction.ts';
import { mostBid, type PackageBid, type PackageBids, packageBids } from '../package-bids.ts';
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
import { PackagePrices, priceWithin } from './package-prices.ts';
import { pricedPackage } from './priced-package.ts';
import { provisionalAllocation } from './provisional-allocation.ts';
import { refusePackages } from './refuse-packages.ts';
import { addRound, type PackageRound, type PlacedPackageBid } from './round-history.ts';
import { playedBy, proxiesOf, type Searches, searchesApart, searchesTogether } from './searches.ts';
import { StandingBids } from './standing-bids.ts';

/**
 * What every bidder is asked: on which packages it bids at their prices. A package costs the most that `prices` say of any package within it,
 * and at least `increment`. What the bidder would win now, `holding`, stays bid on as it is.
 *
 * @category Types of mechanisms
 */
export interface BundleAsk {
  readonly round: number;
  readonly increment: number;
  readonly prices: readonly PackageBid[];
  readonly holding: PackageBid | null;
}

const prices: z.ZodDefault<z.ZodEnum<{ personal: 'personal'; anonymous: 'anonymous' }>> = z
  .enum(['personal', 'anonymous'])
  .default('personal');

const settings: z.ZodObject<typeof iterativeSettings.shape & { prices: typeof prices }, z.core.$strict> =
  iterativeSettings.extend({ prices: prices.describe('Whether every bidder has prices of its own, or all the same') });

/** @category Types of mechanisms */
export type IBundle = Mechanism<{
  id: 'auction-combinatorial/ibundle';
  settings: z.input<typeof settings>;
  report: z.input<typeof packageBids>;
  outcome: AscendingOutcome;
  message: z.input<typeof packageMessage>;
  ask: BundleAsk;
  certificate: AscendingCertificate;
}>;

/**
 * iBundle. In each round bidders bid on packages at their prices or above. The bids of the greatest sum that can be served together win
 * for now and stay as they are. What bidders who win nothing have bid on then costs an `increment` more than they bid: to
 * them, or with anonymous `prices` to all. A bidder may bid an increment below the price instead, and then never more on
 * that package. It ends when all who bid win something, when all repeat their bids, or after `maxRounds`, and winners pay their bids. Silence means no bids beyond what is held.
 *
 * The proxy of a report bids on all packages whose profit is within an increment of the greatest, and a last time below the price where
 * the price itself would be a loss. The certificate is about the bids of the last round: `welfare` is their sum.
 *
 * @throws `invalid-report` for a value above 50,000 increments.
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
 * const { outcome, metrics } = mechane.run('auction-combinatorial/ibundle', { settings, reports });
 * outcome.allocation; // => { ann: ['A'], bob: ['B'] }
 * metrics.revenue; // => 10
 * ```
 */
export const ibundle: IBundle = defineMechanism({
  id: 'auction-combinatorial/ibundle',
  summary: 'Packages have prices that rise where those who win nothing have bid (Parkes and Ungar 2000)',
  settings,
  report: packageBids,
  message: packageMessage,
  ask: z.strictObject({
    round: z.int().positive(),
    increment,
    prices: z.array(pricedPackage),
    holding: pricedPackage.nullable(),
  }),
  outcome: ascendingOutcome,
  refuseReport: refusePackages,

  conduct: (setup) => conducted(setup, searchesApart(setup.settings, setup.signal)),
  proxy: bundlingProxy,
  decide(reports, setup) {
    const conversation = conducted(setup, searchesTogether(setup.settings, setup.signal));
    return playedBy(conversation, proxiesOf(reports, bundlingProxy));
  },
  roundsOf: ({ rounds }) => rounds,

  mostPaid: ({ bids }, { before }) => Math.max(before, mostBid({ xor: bids })),
  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: ({ goods, increment, maxRounds, prices: kind }) => [
    ...untruthful(
      'Parkes and Ungar 2000 on myopic bidders: where goods are not substitutes, somebody may gain by leaving the raises to the others',
      {
        settings: { goods: ['A', 'B'], increment: 1, prices: kind },
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
      because: 'Parkes and Ungar 2000: prices and allocation are in equilibrium up to three increments for each good',
      increments: 3,
      ...(kind === 'personal' ? {} : { domain: 'single-minded' }),
    }),
  ],
});

type BundleSetup = Setup<z.output<typeof settings>, PackageMessage>;
type Bundling = Conversation<BundleAsk, AscendingOutcome, AscendingCertificate>;

/** Asks all for their bids and raises the prices of what is bid on in vain, until nothing is. */
function* conducted(
  { settings: set, participants, tieOrder, askEach, written }: BundleSetup,
  searches: Searches,
): Bundling {
  const { increment, maxRounds } = set;
  const { first, raised, lowered } = incrementsOf(increment);
  const common = new PackagePrices(first);
  const own = new Map(
    participants.map((agent) => [agent, set.prices === 'personal' ? new PackagePrices(first) : common]),
  );
  const pricesFor = (agent: AgentId): PackagePrices => own.get(agent) as PackagePrices;
  const finals = new StandingBids();
  const inOrder = [...participants].sort(tieOrder);
  const history = new History<PackageRound>();
  let now = provisionalAllocation(new Map(), set, tieOrder, searches.next());
  const leastBid = (agent: AgentId, { bundle, value }: PackageBid): number => {
    return isSameBid(now.winners.get(agent), { bundle, value }) ? value : lowered(pricesFor(agent).of(bundle));
  };
  const refuseLow = refuseBids(set, leastBid, written);
  const refuse = (agent: AgentId, message: PackageMessage) =>
    refuseLow(agent, message) ?? refuseBeyondFinal(finals, agent, message, written);
  let before = new StandingBids();
  let [rounds, ended] = [0, participants.length === 0];
  while (!ended && rounds < maxRounds && !searches.isOver()) {
    rounds += 1;
    const contentFor = (agent: AgentId): BundleAsk => {
      const holding = now.winners.get(agent) ?? null;
      return { round: rounds, increment, prices: pricesFor(agent).list(), holding };
    };
    const replies = yield* askEach(participants, contentFor, { refuse });
    const standing = new StandingBids();
    for (const agent of inOrder) {
      const held = now.winners.get(agent);
      if (held) standing.place(agent, held);
      for (const bid of bidsIn(replies.get(agent))) {
        if (bid.value > (standing.on(agent, bid.bundle) ?? 0)) standing.place(agent, bid);
        if (bid.value < pricesFor(agent).of(bid.bundle) && !isSameBid(held, bid)) finals.place(agent, bid);
      }
    }
    now = provisionalAllocation(standing.asReports(), set, tieOrder, searches.next());
    const bids = inOrder.flatMap((agent) => standing.of(agent).map((bid) => ({ agent, ...bid })));
    const isNew = ({ agent, bundle, value }: PlacedPackageBid): boolean => before.on(agent, bundle) !== value;
    const winners = [...now.winners.keys()];
    addRound(history, { round: rounds, bids: bids.filter(isNew), winners, revenue: now.revenue });
    const unserved = bids.filter(({ agent }) => !now.winners.has(agent));
    ended = unserved.length === 0 || standing.sameAs(before);
    before = standing;
    for (const { agent, bundle, value } of unserved) pricesFor(agent).raise(bundle, raised(value));
  }
  return concluded(now, ended ? undefined : searches.stop, { participants, settings: set, rounds, history });
}

/** Bids on all packages that are nearly the most profitable at their prices. */
function bundlingProxy(report: PackageBids): Strategy<BundleAsk, PackageMessage> {
  const choices = choicesOf(report);
  return ({ increment, prices: raisedPrices, holding }) => {
    const { first, lowered } = incrementsOf(increment);
    const held = holding === null ? undefined : bundleKey(holding.bundle);
    const offers = choices.map(({ bundle, key, value }) => {
      const price = key === held ? Number(holding?.value) : priceWithin(raisedPrices, bundle, first);
      return { bundle, value, price, profit: value - price };
    });
    const least = offers.reduce((most, { profit }) => Math.max(most, profit), 0) - increment;
    const bids: PackageBid[] = [];
    for (const { bundle, value, price, profit } of offers) {
      if (profit < least) continue;
      const bid = profit < 0 ? lowered(price) : price;
      if (bid > 0 && bid <= value) bids.push({ bundle, value: bid });
    }
    return { bids };
  };
}

function isSameBid(one: PackageBid | undefined, other: PackageBid): boolean {
  return one?.value === other.value && bundleKey(one.bundle) === bundleKey(other.bundle);
}

/** What is wrong with bids above those that were to be the last on their packages. */
function refuseBeyondFinal(
  finals: StandingBids,
  agent: AgentId,
  { bids }: PackageMessage,
  written: (amount: number) => number,
) {
  for (const [index, { bundle, value }] of bids.entries()) {
    const last = finals.on(agent, bundle);
    if (last !== undefined && value > last) return beyondFinal(['bids', index, 'value'], written(last));
  }
  return undefined;
}
