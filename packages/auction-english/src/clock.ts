/*
 * The ascending clock: the price rises, bidders leave for good, and the last one left wins at the price at which its last rival left.
 *
 * Cassady, "Auctions and Auctioneering" (1967), describes it as the Japanese auction; Milgrom and Weber, "A theory of auctions and
 * competitive bidding", Econometrica 50 (1982), model it as a clock with buttons. Without an increment it promises more than the sealed
 * second-price auction: that staying until the price reaches one's value is obviously right (Li, "Obviously strategy-proof
 * mechanisms", American Economic Review 107, 2017). With an increment, truth is best up to that increment.
 */
import {
  type AgentId,
  amount,
  type Conversation,
  defineMechanism,
  History,
  historyOmitted,
  type Mechanism,
  positiveAmount,
  type Replies,
  type Round,
  type Setup,
  singleItemOutcome,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';
import { clockAtOnce, clockColumns } from './clock-at-once.ts';
import { clockClaims } from './clock-claims.ts';
import type { ClockOutcome, Departure } from './clock-outcome.ts';
import type { ClockSettings } from './clock-settings.ts';
import { bestItemWelfare, type ItemValue, itemValue, valueOfItem } from './item-value.ts';
import { risingSteps } from './price-steps.ts';
import { rowsOf, type ValueColumns } from './value-columns.ts';

/**
 * What bidders are asked: whether they are in at a price, or at which price they leave while it rises from here.
 *
 * @category Types of mechanisms
 */
export interface ClockAsk {
  readonly price: number;
  readonly answer: 'in-or-out' | 'leaving-price';
}

/**
 * In or out at the price called, or the price at which to leave.
 *
 * @category Types of mechanisms
 */
export type ClockMessage = 'in' | 'out' | { leaveAt: number };

/** @category Types of mechanisms */
export type EnglishClock = Mechanism<{
  id: 'auction-english/clock';
  settings: ClockSettings;
  report: ItemValue;
  outcome: ClockOutcome;
  message: ClockMessage;
  ask: ClockAsk;
  columns: ValueColumns;
}>;

/**
 * The ascending clock. With `increment`, round r calls `startingPrice + (r − 1) · increment`: one bidder left pays that price; when
 * all the rest leave together, the tie order picks among them and the previous price is paid (in round 1, nothing is sold); when
 * `maxRounds` ends it, the tie order picks among those who are in, at the current price.
 *
 * Without `increment`, the first round calls the starting price, and from there the price rises continuously: in each round
 * the bidder that leaves first stops it, the least preferred by the tie order where several would at once. The last one left wins
 * at once, without being asked.
 *
 * Silence means leaving: a bidder that does not answer is out.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { englishAuctions } from '@mechane/auction-english';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(englishAuctions);
 * const reports = { ann: { value: 9 }, bob: { value: 7 }, eve: { value: 8 } };
 * const { outcome } = mechane.run('auction-english/clock', { settings: { startingPrice: 5 }, reports });
 * outcome.winner; // => 'ann'
 * outcome.payment; // => 8
 * outcome.history; // => [{ round: 2, price: 7, agent: 'bob' }, { round: 3, price: 8, agent: 'eve' }]
 * ```
 */
export const clock: EnglishClock = defineMechanism({
  id: 'auction-english/clock',
  summary: 'The price rises until one bidder is left (the Japanese auction; Milgrom and Weber 1982)',
  settings: z.strictObject({
    startingPrice: amount.describe('The price of the first round; whoever values the item less stays out'),
    increment: positiveAmount
      .optional()
      .describe('By how much each round raises the price; without it, it rises continuously'),
    maxRounds: z.int().positive().optional().describe('The round after which the auction ends, whoever is still in'),
  }),
  report: itemValue,
  message: z.union([z.enum(['in', 'out']), z.strictObject({ leaveAt: amount })]),
  ask: z.strictObject({ price: amount, answer: z.enum(['in-or-out', 'leaving-price']) }),
  outcome: singleItemOutcome.extend({
    rounds: z.int().nonnegative(),
    history: z.array(z.strictObject({ round: z.int().positive(), price: amount, agent: z.string() })),
    historyOmitted,
  }),

  *conduct(setup) {
    if (setup.participants.length === 0) return { ...unsold([]), rounds: 0, history: [] };
    const { increment } = setup.settings;
    return increment === undefined ? yield* risingPrice(setup) : yield* calledPrices(setup, increment);
  },

  proxy:
    ({ value }) =>
    ({ price, answer }) => {
      if (answer === 'leaving-price') return { leaveAt: value };
      return price <= value ? 'in' : 'out';
    },

  decide: (values, { settings, tieOrder }) => clockAtOnce(rowsOf(values), settings, tieOrder),
  roundsOf: ({ rounds }) => rounds,
  columns: clockColumns,

  mostPaid(message, { ask: { price, answer }, before }) {
    if (answer === 'leaving-price') return Math.max(before, leavingPrice(message));
    return staysIn(message, price) ? Math.max(before, price) : before;
  },

  value: valueOfItem,
  bestWelfare: bestItemWelfare,
  claims: clockClaims,
});

type ClockSetup = Setup<ClockSettings, ClockMessage>;
type ClockConversation = Conversation<ClockAsk, ClockOutcome>;

/** The discrete clock: calls one price after another. */
function* calledPrices(setup: ClockSetup, increment: number): ClockConversation {
  const { settings, participants, breakTie } = setup;
  const { priceOf } = risingSteps(settings.startingPrice, increment);
  const history = new History<Departure>();
  let active = participants;
  for (let round = 1; ; round++) {
    const price = priceOf(round);
    const stayed = yield* callPrice(setup, active, round, price, history);
    if (stayed.length === 0) {
      const sale = round === 1 ? unsold(participants) : sold(participants, breakTie(active), priceOf(round - 1));
      return { ...sale, rounds: round, ...history.told() };
    }
    if (stayed.length === 1 || round === settings.maxRounds) {
      return { ...sold(participants, breakTie(stayed), price), rounds: round, ...history.told() };
    }
    active = stayed;
  }
}

/** The continuous clock: calls the starting price, then runs from one departure to the next. */
function* risingPrice(setup: ClockSetup): ClockConversation {
  const { settings, participants, breakTie, tieOrder, runClock } = setup;
  const history = new History<Departure>();
  let price = settings.startingPrice;
  let rounds = 1;
  let active = yield* callPrice(setup, participants, rounds, price, history);
  while (active.length > 1 && rounds !== settings.maxRounds) {
    const from = price;
    const content: ClockAsk = { price: from, answer: 'leaving-price' };
    const replies = yield* runClock(active, content, { direction: 'ascending', stopAt: leavingPrice });
    const leavesAt = (agent: AgentId): number => Math.max(from, leavingPrice(replies.get(agent)));
    price = active.map(leavesAt).reduce((lowest, leaving) => Math.min(lowest, leaving));
    const first = active.filter((agent) => leavesAt(agent) === price).reduce((a, b) => (tieOrder(a, b) > 0 ? a : b));
    rounds += 1;
    history.add({ round: rounds, price, agent: first });
    active = active.filter((agent) => agent !== first);
  }
  const sale = active.length === 0 ? unsold(participants) : sold(participants, breakTie(active), price);
  return { ...sale, rounds, ...history.told() };
}

/** Asks who is in at a price, takes down who leaves, and gives those who stay. */
function* callPrice(
  { ask, tieOrder }: ClockSetup,
  active: readonly AgentId[],
  round: number,
  price: number,
  history: History<Departure>,
): Generator<Round<ClockAsk>, readonly AgentId[], Replies<unknown>> {
  const content: ClockAsk = { price, answer: 'in-or-out' };
  const replies = yield* ask(active, content);
  const isIn = (agent: AgentId): boolean => staysIn(replies.get(agent), price);
  const left = active.filter((agent) => !isIn(agent)).sort((a, b) => tieOrder(b, a));
  for (const agent of left) history.add({ round, price, agent });
  return active.filter(isIn);
}

function staysIn(message: ClockMessage | undefined, price: number): boolean {
  return typeof message === 'object' ? price <= message.leaveAt : message === 'in';
}

/** Whoever names no price leaves at once. */
function leavingPrice(message: ClockMessage | undefined): number {
  return typeof message === 'object' ? message.leaveAt : 0;
}
