/*
 * The clinching auction of several identical units: the price rises, and a bidder clinches a unit at the price at which its rivals no
 * longer demand enough to deny it.
 *
 * Ausubel, "An efficient ascending-bid auction for multiple objects", American Economic Review 94 (2004). Where further units are worth
 * no more than the ones before, it promises the outcome of the sealed Vickrey auction: sincere bidding is best against sincere rivals, and
 * units go where they are worth most.
 */
import {
  type AgentId,
  amount,
  byCodeUnit,
  count,
  defineMechanism,
  type ErrorDetails,
  historyOmitted,
  type Mechanism,
  marginals,
  paymentsByAgent,
  positiveAmount,
  quantity,
  type Replies,
  type Round,
  type Setup,
  sumOfFirst,
} from '@mechane/core';
import * as z from 'zod';
import { award } from './award.ts';
import { clinchingAtOnce } from './clinching-at-once.ts';
import { clinchingClaims } from './clinching-claims.ts';
import type { ClinchingOutcome } from './clinching-outcome.ts';
import type { ClinchingSettings, FullClinchingSettings } from './clinching-settings.ts';
import { DemandBook } from './demand-book.ts';
import { tooMuchDemanded } from './errors.ts';
import { risingSteps } from './price-steps.ts';
import type { UnitValues } from './unit-values.ts';

/**
 * What bidders are asked while so many units are for sale: how many they demand at a price, or at which price they will demand fewer
 * while it rises from here, and how many then.
 *
 * @category Types of mechanisms
 */
export interface ClinchingAsk {
  readonly price: number;
  readonly units: number;
  readonly answer: 'demand' | 'next-demand';
}

/**
 * How many units are demanded, from the price `at` on; from now on without it.
 *
 * @category Types of mechanisms
 */
export interface ClinchingMessage {
  demand: number;
  at?: number | undefined;
}

const demand = quantity.int();

/** @category Types of mechanisms */
export type Clinching = Mechanism<{
  id: 'auction-english/clinching';
  settings: ClinchingSettings;
  report: UnitValues;
  outcome: ClinchingOutcome;
  message: ClinchingMessage;
  ask: ClinchingAsk;
}>;

/**
 * Ausubel's clinching auction. A unit is demanded while its marginal value exceeds the price. Whenever demand falls, each bidder
 * clinches, at the current price, what the others' demand leaves over; the auction ends when demand no longer exceeds the units.
 *
 * With `increment`, round r calls `startingPrice + (r − 1) · increment`; without it, the price rises continuously and each round runs to
 * the next price at which somebody demands less. When demand falls below the units at the end, those who then asked for fewer get the
 * units left, by the tie order and as many as they had asked for before: at that price on a continuous clock, where their value equals
 * it; at the previous price with an increment, the last at which they demanded them.
 *
 * Demand never rises again and never falls below what is clinched. Silence means demanding no more than that. A bidder may demand 100,000
 * units at most, since each that is sold is told of.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { englishAuctions } from '@mechane/auction-english';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(englishAuctions);
 * const reports = { ann: { marginals: [9, 7] }, bob: { marginals: [8, 3] } };
 * const { outcome } = mechane.run('auction-english/clinching', { settings: { units: 2 }, reports });
 * outcome.clinches; // => [[3, 'ann'], [7, 'bob']]
 * ```
 */
export const clinching: Clinching = defineMechanism({
  id: 'auction-english/clinching',
  summary: 'The price rises, and units are clinched as rivals demand fewer (Ausubel 2004)',
  settings: z.strictObject({
    units: count.describe('How many identical units are for sale'),
    startingPrice: amount.default(0).describe('The price of the first round'),
    increment: positiveAmount
      .optional()
      .describe('By how much each round raises the price; without it, it rises continuously'),
  }),
  report: z.strictObject({
    marginals: marginals.describe('What a first unit is worth to the agent, a second, and so on'),
  }),
  message: z.strictObject({ demand, at: amount.optional() }),
  ask: z.strictObject({ price: amount, units: count, answer: z.enum(['demand', 'next-demand']) }),
  outcome: z.strictObject({
    allocation: z.record(z.string(), count),
    payments: paymentsByAgent,
    clinches: z.array(z.tuple([amount, z.string()])),
    rounds: z.int().nonnegative(),
    history: z.array(z.strictObject({ round: z.int().positive(), price: amount, agent: z.string(), demand })),
    historyOmitted,
  }),

  *conduct(setup) {
    const { settings, participants, tieOrder, ask } = setup;
    const { units, startingPrice, increment } = settings;
    const book = new DemandBook(participants, units, tieOrder);
    if (participants.length === 0) return book.outcome(0);
    const opening: ClinchingAsk = { price: startingPrice, units, answer: 'demand' };
    const replies = yield* ask(participants, opening, { refuse: refuseUnlisted });
    book.open(startingPrice, (agent) => replies.get(agent)?.demand ?? 0);
    const nextFall = increment === undefined ? runToNextFall : callNextPrice;
    let [round, price] = [1, startingPrice];
    while (book.total > units) {
      round += 1;
      price = yield* nextFall(setup, book, round, price);
    }
    return book.outcome(round);
  },

  proxy:
    ({ marginals: values }) =>
    ({ price, units, answer }) => {
      const demanded = values.slice(0, units).filter((value) => value > price);
      if (answer === 'demand') return { demand: demanded.length };
      const next = demanded.at(-1) ?? price;
      return { at: next, demand: demanded.filter((value) => value > next).length };
    },

  decide: (reports, { settings, participants, tieOrder }) => clinchingAtOnce(reports, settings, participants, tieOrder),
  roundsOf: ({ rounds }) => rounds,

  value: (agent, { marginals: values }, { allocation }) => sumOfFirst(values, allocation[agent] ?? 0),
  bestWelfare(types, { units }) {
    const values = new Map([...types].map(([agent, type]) => [agent, type.marginals]));
    const best = award(values, units, byCodeUnit).units;
    let welfare = 0;
    for (const [agent, own] of values) welfare += sumOfFirst(own, best.get(agent) ?? 0);
    return welfare;
  },
  claims: clinchingClaims,
});

/** Every unit that is clinched stands in the outcome, so that nobody may demand more than would be read. */
const mostDemanded = 100_000;

function refuseUnlisted(_agent: AgentId, said: ClinchingMessage): ErrorDetails | undefined {
  return said.demand > mostDemanded ? tooMuchDemanded(said.demand, mostDemanded) : undefined;
}

type ClinchingSetup = Setup<FullClinchingSettings, ClinchingMessage>;
type Fall = Generator<Round<ClinchingAsk>, number, Replies<unknown>>;

/** The discrete clock: calls the next price. What is rationed goes at the price before, the last at which it was demanded. */
function* callNextPrice({ settings, ask }: ClinchingSetup, book: DemandBook, round: number, previous: number): Fall {
  const { units, startingPrice, increment = 1 } = settings;
  const price = risingSteps(startingPrice, increment).priceOf(round);
  const content: ClinchingAsk = { price, units, answer: 'demand' };
  const replies = yield* ask(book.bidders, content);
  book.fall(round, price, previous, (agent) => {
    const { demand, at = price } = replies.get(agent) ?? { demand: 0 };
    return at > price ? book.demandOf(agent) : demand;
  });
  return price;
}

/** The continuous clock: runs to the next price at which somebody demands less. */
function* runToNextFall({ settings, runClock }: ClinchingSetup, book: DemandBook, round: number, from: number): Fall {
  const content: ClinchingAsk = { price: from, units: settings.units, answer: 'next-demand' };
  const replies = yield* runClock(book.bidders, content, { direction: 'ascending', stopAt: ({ at }) => at ?? 0 });
  // Whoever does not name a lower demand and its price gives up at once what it has not clinched.
  const next = (agent: AgentId): { demand: number; at: number } => {
    const { demand, at = from } = replies.get(agent) ?? { demand: 0 };
    return demand < book.demandOf(agent) ? { demand, at: Math.max(from, at) } : { demand: 0, at: from };
  };
  const stops = book.bidders.map((agent) => next(agent).at);
  const price = stops.reduce((lowest, stop) => Math.min(lowest, stop));
  book.fall(round, price, price, (agent) => (next(agent).at === price ? next(agent).demand : book.demandOf(agent)));
  return price;
}
