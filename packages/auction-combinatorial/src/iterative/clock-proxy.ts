/*
 * The combinatorial clock auction: goods have prices that rise as long as more is demanded than there is; then bidders may bid on any packages, as
 * far as what they have demanded lets them; and winners pay the least that no coalition would outbid.
 *
 * Ausubel, Cramton and Milgrom, "The clock-proxy auction: a practical combinatorial auction design" (2006); Ausubel and Baranov,
 * "A practical guide to the combinatorial clock auction", Economic Journal 127 (2017). With straightforward bidders its outcome is
 * efficient and in the core. Truth is not always best.
 */
import {
  type AgentId,
  type Certified,
  type Conversation,
  certified,
  defineMechanism,
  type ErrorDetails,
  History,
  type Mechanism,
  perAgent,
  type Replies,
  type Round,
  type Setup,
  type Strategy,
  untruthful,
} from '@mechane/core';
import { type Budget, solvePacking } from '@mechane/packing';
import * as z from 'zod';
import { auctionPacking } from '../auction-packing.ts';
import { corePayments } from '../core-payments.ts';
import { otherPhase } from '../errors.ts';
import { copiesOf, type GoodsForSale } from '../goods.ts';
import {
  bestFound,
  bestPackageWelfare,
  type CoreCertificate,
  valueOfPackage,
  welfareCertificate,
} from '../package-auction.ts';
import { mostBid, type PackageBids, packageBids } from '../package-bids.ts';
import { notObviouslyManipulable, pricedByRivals } from '../rival-prices.ts';
import { keepingBest } from '../unproved-optimum.ts';
import { vickreyPayments } from '../vickrey-payments.ts';
import {
  type ClockProxyAsk,
  type ClockProxyMessage,
  type ClockProxyOutcome,
  type ClockRound,
  clockProxyAsk,
  clockProxyMessage,
  clockProxyOutcome,
} from './clock-rounds.ts';
import { incrementsOf } from './increments.ts';
import { iterativeSettings } from './iterative-settings.ts';
import { choicesOf } from './package-choices.ts';
import { refuseBids } from './package-message.ts';
import { refuseBundle, refusePackages } from './refuse-packages.ts';
import { costOf, type LinearPrices, RevealedPreferences } from './revealed-preference.ts';
import { playedBy, proxiesOf, type Searches, searchesApart, searchesTogether } from './searches.ts';

const reference: z.ZodDefault<z.ZodEnum<{ vcg: 'vcg'; zero: 'zero'; bid: 'bid' }>> = z
  .enum(['vcg', 'zero', 'bid'])
  .default('vcg');
const activityRule: z.ZodDefault<z.ZodEnum<{ 'revealed-preference': 'revealed-preference'; none: 'none' }>> = z
  .enum(['revealed-preference', 'none'])
  .default('revealed-preference');

const settings: z.ZodObject<
  typeof iterativeSettings.shape & { reference: typeof reference; activityRule: typeof activityRule },
  z.core.$strict
> = iterativeSettings.extend({
  reference: reference.describe('What payments come as near to as the core and the least revenue allow'),
  activityRule: activityRule.describe('Whether bids have to agree with what was demanded at earlier prices'),
});

type FullSettings = z.output<typeof settings>;

/** @category Types of mechanisms */
export type ClockProxy = Mechanism<{
  id: 'auction-combinatorial/clock-proxy';
  settings: z.input<typeof settings>;
  report: z.input<typeof packageBids>;
  outcome: ClockProxyOutcome;
  message: ClockProxyMessage;
  ask: ClockProxyAsk;
  certificate: CoreCertificate;
}>;

/**
 * The combinatorial clock auction, or clock-proxy auction. Prices start at 0. In each clock round every bidder names one package that it wants at
 * the prices called, and prices of goods that are demanded more often than there are copies rise by `increment`; a demand is also a bid on
 * that package at what it costs. The clock stops when nothing is in excess demand, or after `maxRounds`. In one supplementary round
 * bidders may then bid on any packages. Of one bidder's bids at most one wins; payments are those of the core-selecting auction.
 *
 * With `activityRule: 'revealed-preference'`, a demand must not have become dearer, against an earlier one, than it was then; and a
 * supplementary bid exceeds the bid on what was demanded in any clock round by no more than it would have cost more in that round.
 * What breaks the rule is refused, and its sender may try again. Silence means demanding nothing, and making no further bids.
 *
 * The proxy of a report demands the most profitable package, and then bids what its packages are worth.
 *
 * @throws `invalid-report` for a value above 50,000 increments; `unproved-optimum` where a limit leaves winners or payments open.
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
 *   ann: { xor: [{ bundle: ['A'], value: 28 }] },
 *   bob: { xor: [{ bundle: ['B'], value: 20 }] },
 *   cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
 * };
 * const { outcome } = mechane.run('auction-combinatorial/clock-proxy', { settings, reports });
 * outcome.history.at(-1)?.prices; // => { A: 16, B: 16 }
 * outcome.payments; // => { ann: 20, bob: 12, cat: 0 }
 * ```
 */
export const clockProxy: ClockProxy = defineMechanism({
  id: 'auction-combinatorial/clock-proxy',
  summary: 'A clock on every good, then bids on packages, then core payments (Ausubel, Cramton and Milgrom 2006)',
  settings,
  report: packageBids,
  message: clockProxyMessage,
  ask: clockProxyAsk,
  outcome: clockProxyOutcome,
  refuseReport: refusePackages,

  conduct: (setup) => conducted(setup, searchesApart(setup.settings, setup.signal), setup.settings.activityRule),
  proxy: straightforward,
  decide(reports, setup) {
    // Straightforward bidders keep the rule, so that nobody needs to remember by what.
    const conversation = conducted(setup, searchesTogether(setup.settings, setup.signal), 'none');
    return playedBy(conversation, proxiesOf(reports, straightforward));
  },
  roundsOf: ({ rounds }) => rounds,

  mostPaid(message, { ask: { prices }, before }) {
    if ('bids' in message) return Math.max(before, mostBid({ xor: message.bids }));
    const cost = message.demand.reduce((sum, good) => sum + (prices[good] ?? 0), 0);
    return Math.max(before, cost);
  },

  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: [
    ...untruthful(
      'Day and Milgrom 2008: where the Vickrey outcome is not in the core, somebody gains by bidding less',
      {
        settings: { goods: ['A', 'B'], increment: 1 },
        reports: {
          ann: { xor: [{ bundle: ['A'], value: 8 }] },
          bob: { xor: [{ bundle: ['B'], value: 8 }] },
          cat: { xor: [{ bundle: ['A', 'B'], value: 10 }] },
        },
        deviation: { ann: { xor: [{ bundle: ['A'], value: 3 }] } },
        agent: 'ann',
      },
    ),
    notObviouslyManipulable,
    ...pricedByRivals({ goods: ['A'], increment: 1 }),
    { law: 'individually-rational', holds: true, because: 'By definition: the core leaves every winner its own' },
    { law: 'no-deficit', holds: true, because: 'By definition: the core leaves the seller its own' },
    {
      law: 'efficient',
      holds: true,
      because:
        'Ausubel, Cramton and Milgrom 2006: supplementary bids of straightforward bidders are what packages are worth',
    },
    {
      law: 'pareto-efficient',
      holds: true,
      because: 'Ausubel, Cramton and Milgrom 2006: the allocation maximises the sum of values',
    },
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'core',
      holds: { approximately: 1e-6 },
      because: 'Ausubel, Cramton and Milgrom 2006: payments are in the core, up to the rounding of thirds and the like',
    },
  ],
});

/** Demands the most profitable package, and then bids what packages are worth. */
function straightforward(report: PackageBids): Strategy<ClockProxyAsk, ClockProxyMessage> {
  const choices = choicesOf(report);
  return (content) => {
    if (content.phase === 'supplementary') return { bids: choices.map(({ bundle, value }) => ({ bundle, value })) };
    const prices = new Map(Object.entries(content.prices));
    let best: { readonly demand: string[]; readonly profit: number } = { demand: [], profit: 0 };
    for (const { bundle, value } of choices) {
      const profit = value - costOf(bundle, prices);
      if (profit > best.profit) best = { demand: bundle, profit };
    }
    return { demand: best.demand };
  };
}

type ClockSetup = Setup<FullSettings, ClockProxyMessage>;
type ActivityRule = FullSettings['activityRule'];
type Revealed = ReadonlyMap<AgentId, RevealedPreferences>;
type Phase<Result> = Generator<Round<ClockProxyAsk>, Result, Replies<unknown>>;

/** The last round of the clock, and the prices called in it. */
interface ClockEnd {
  readonly round: number;
  readonly prices: Readonly<Record<string, number>>;
}

/** Both phases, and what they come to. */
function* conducted(
  setup: ClockSetup,
  searches: Searches,
  rule: ActivityRule,
): Conversation<ClockProxyAsk, ClockProxyOutcome, CoreCertificate> {
  const { settings: set, participants } = setup;
  const revealed = new Map(
    participants.map((agent) => [agent, new RevealedPreferences(set.increment, setup.written, rule !== 'none')]),
  );
  const history = new History<ClockRound>();
  if (participants.length === 0) return coreOutcome(setup, revealed, 0, history, searches.next());
  const end = yield* clockPhase(setup, revealed, history, searches, rule);
  if (!searches.isOver()) yield* supplementaryRound(setup, revealed, end, rule);
  return coreOutcome(setup, revealed, end.round + 1, history, searches.next());
}
type Refusal = (agent: AgentId, message: ClockProxyMessage) => ErrorDetails | undefined;

/** Raises the prices of what is in excess demand until nothing is. */
function* clockPhase(
  { settings: set, participants, ask }: ClockSetup,
  revealed: Revealed,
  history: History<ClockRound>,
  searches: Searches,
  rule: ActivityRule,
): Phase<ClockEnd> {
  const copies = copiesOf(set.goods);
  const { raised } = incrementsOf(set.increment);
  let prices: LinearPrices = new Map([...copies.keys()].map((good) => [good, 0]));
  for (let round = 1; ; round++) {
    const called = inWriting(prices);
    const content: ClockProxyAsk = { phase: 'clock', round, prices: called };
    const replies = yield* ask(participants, content, { refuse: demandRule(set.goods, rule, revealed, prices) });
    const demand = new Map(participants.map((agent) => [agent, demandIn(replies.get(agent))]));
    for (const [agent, bundle] of demand) revealed.get(agent)?.record(round, prices, bundle);
    const some = participants.filter((agent) => demand.get(agent)?.length !== 0);
    if (history.isFull) history.omit(1);
    else {
      const demanded = perAgent(some, (agent) => demand.get(agent) as string[]);
      const parts = some.reduce((sum, agent) => sum + 1 + (demand.get(agent) as string[]).length, copies.size);
      history.add({ round, prices: called, demand: demanded }, parts);
    }
    const isExcessive = (good: string): boolean =>
      some.filter((agent) => demand.get(agent)?.includes(good)).length > (copies.get(good) as number);
    const isOver = round === set.maxRounds || searches.isOver();
    if (isOver || ![...copies.keys()].some(isExcessive)) return { round, prices: called };
    prices = new Map([...prices].map(([good, price]) => [good, isExcessive(good) ? raised(price) : price]));
  }
}

/** Lets bidders add bids to those that they have made by demanding. */
function* supplementaryRound(
  { settings: set, participants, askEach, written }: ClockSetup,
  revealed: Revealed,
  { round, prices }: ClockEnd,
  rule: ActivityRule,
): Phase<void> {
  const contentFor = (agent: AgentId): ClockProxyAsk => {
    const { bids } = revealed.get(agent) as RevealedPreferences;
    return { phase: 'supplementary', round: round + 1, prices, bids };
  };
  const replies = yield* askEach(participants, contentFor, { refuse: supplementaryRule(set, rule, revealed, written) });
  for (const [agent, message] of replies) {
    for (const bid of 'bids' in message ? message.bids : []) revealed.get(agent)?.bid(bid);
  }
}

/** What may not be demanded at these prices. */
function demandRule(goods: GoodsForSale, rule: ActivityRule, revealed: Revealed, prices: LinearPrices): Refusal {
  const copies = copiesOf(goods);
  return (agent, message) => {
    if (!('demand' in message)) return otherPhase('clock');
    const flaw = refuseBundle(message.demand, copies, ['demand']);
    return flaw ?? (rule === 'none' ? undefined : revealed.get(agent)?.refuseDemand(prices, message.demand));
  };
}

/** What may not be bid after the clock. */
function supplementaryRule(
  set: FullSettings,
  rule: ActivityRule,
  revealed: Revealed,
  written: (amount: number) => number,
): Refusal {
  const refuse = refuseBids(set, () => 0, written);
  return (agent, message) => {
    if (!('bids' in message)) return otherPhase('supplementary');
    const flaw = refuse(agent, message);
    return flaw ?? (rule === 'none' ? undefined : revealed.get(agent)?.refuseBids(message.bids));
  };
}

/** Silence demands nothing. */
function demandIn(message: ClockProxyMessage | undefined): string[] {
  return message !== undefined && 'demand' in message ? message.demand : [];
}

function inWriting(prices: LinearPrices): Readonly<Record<string, number>> {
  return perAgent(prices.keys(), (good) => prices.get(good) as number);
}

/** Winners and core payments for all bids that were made. */
function coreOutcome(
  { settings: set, participants, tieOrder, written }: ClockSetup,
  revealed: Revealed,
  rounds: number,
  history: History<ClockRound>,
  budget: Budget,
): Certified<ClockProxyOutcome, CoreCertificate> {
  const bids = new Map([...revealed].map(([agent, { bids: own }]) => [agent, { xor: [...own] }]));
  const auction = auctionPacking(bids, copiesOf(set.goods), tieOrder);
  const determination = solvePacking(auction.packing, budget);
  const best = bestFound(auction, determination, written);
  const { payments, binding } = keepingBest(best, () => {
    const vickrey = vickreyPayments('core', auction, determination, budget);
    return corePayments(auction, determination, vickrey, set.reference, budget);
  });
  const outcome: ClockProxyOutcome = {
    allocation: best().allocation,
    payments: perAgent(participants, (agent) => payments.get(agent) ?? 0),
    rounds,
    ...history.told(),
  };
  return certified(outcome, { ...welfareCertificate(bids, set, auction, determination), binding });
}
