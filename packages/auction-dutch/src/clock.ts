/*
 * The Dutch auction: the price falls until somebody takes the item at it.
 *
 * Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961), shows that it is
 * strategically the sealed first-price auction: all that a bidder decides is where to stop the clock, knowing nothing of the others
 * but that they have not. So it does not make truth a good strategy; it promises that nobody pays more than it was ready to.
 */
import {
  type AgentId,
  amount,
  type Conversation,
  defineMechanism,
  type Mechanism,
  type Setup,
  singleItemOutcome,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';
import { clockAtOnce, clockColumns } from './clock-at-once.ts';
import type { ClockOutcome } from './clock-outcome.ts';
import {
  type FallingPriceSettings,
  type FullFallingPriceSettings,
  fallingPriceShape,
  floorBelowStart,
} from './falling-price.ts';
import { fallingSteps } from './price-steps.ts';
import { rowsOf, type Threshold, type ThresholdColumns } from './thresholds.ts';

/**
 * What bidders are asked: whether they take the item at a price, or at which price they would stop the clock as it falls from here.
 *
 * @category Types of mechanisms
 */
export interface ClockAsk {
  readonly price: number;
  readonly answer: 'take-or-wait' | 'stopping-price';
}

/**
 * To take the item at the price called or to wait, or the price at which to stop the clock.
 *
 * @category Types of mechanisms
 */
export type ClockMessage = 'take' | 'wait' | { stopAt: number };

/** @category Types of mechanisms */
export type DutchClock = Mechanism<{
  id: 'auction-dutch/clock';
  settings: FallingPriceSettings;
  report: Threshold;
  outcome: ClockOutcome;
  message: ClockMessage;
  ask: ClockAsk;
  columns: ThresholdColumns;
}>;

/**
 * The Dutch clock. With `decrement`, round r calls `startingPrice − (r − 1) · decrement`, as long as that is not below the floor; the
 * first price that somebody takes is paid, and the tie order picks among those who take it in the same round. Without `decrement`, the
 * price falls continuously, in a single round, until the first bidder stops it.
 *
 * Silence means waiting: a bidder that does not answer does not stop the clock.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { dutchAuctions } from '@mechane/auction-dutch';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(dutchAuctions);
 * const reports = { ann: { threshold: 12.5 }, bob: { threshold: 9 } };
 * const settings = { startingPrice: 20, decrement: 1 };
 * mechane.run('auction-dutch/clock', { settings, reports }).outcome.payment; // => 12
 * mechane.run('auction-dutch/clock', { settings: { startingPrice: 20 }, reports }).outcome.payment; // => 12.5
 * ```
 */
export const clock: DutchClock = defineMechanism({
  id: 'auction-dutch/clock',
  summary: 'The price falls until somebody takes the item (the Dutch auction; Vickrey 1961)',
  settings: z.strictObject(fallingPriceShape).refine(...floorBelowStart),
  report: z.strictObject({ threshold: amount.describe('The price at which the agent stops the clock') }),
  message: z.union([z.enum(['take', 'wait']), z.strictObject({ stopAt: amount })]),
  ask: z.strictObject({ price: amount, answer: z.enum(['take-or-wait', 'stopping-price']) }),
  outcome: singleItemOutcome.extend({ rounds: z.int().nonnegative() }),

  *conduct(setup) {
    if (setup.participants.length === 0) return { ...unsold([]), rounds: 0 };
    const { decrement } = setup.settings;
    return decrement === undefined ? yield* fallingPrice(setup) : yield* calledPrices(setup, decrement);
  },

  proxy:
    ({ threshold }) =>
    ({ price, answer }) => {
      if (answer === 'stopping-price') return { stopAt: threshold };
      return price <= threshold ? 'take' : 'wait';
    },

  decide: (thresholds, { settings, tieOrder }) => clockAtOnce(rowsOf(thresholds), settings, tieOrder),
  roundsOf: ({ rounds }) => rounds,
  columns: clockColumns,

  mostPaid(message, { ask: { price } }) {
    if (typeof message === 'object') return message.stopAt;
    return message === 'take' ? price : 0;
  },

  value: (agent, { threshold }, { winner }) => (winner === agent ? threshold : 0),
  bestWelfare(types) {
    let best = 0;
    for (const { threshold } of types.values()) if (threshold > best) best = threshold;
    return best;
  },
  claims: [
    {
      law: 'strategy-proof',
      holds: false,
      because:
        'The winner pays its own price, as in the sealed first-price auction (Vickrey 1961): stopping later costs less',
      witness: {
        settings: { startingPrice: 20, decrement: 1 },
        reports: { ann: { threshold: 10 }, bob: { threshold: 5 } },
        deviation: { ann: { threshold: 6 } },
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'The price paid is no more than the threshold; the others pay nothing',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because: 'Troyan and Morrill 2020, of prices that are paid as bid: truth never gains, and stopping later may',
      witness: {
        settings: { startingPrice: 20, decrement: 1 },
        reports: { ann: { threshold: 10 } },
        deviation: { ann: { threshold: 6 } },
        agent: 'ann',
      },
    },
    {
      law: 'non-bossy',
      holds: true,
      because:
        'By definition: who does not stop the clock moves nothing, and who stops it pays the price at which it does',
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because:
        'By definition: who does not stop the clock leaves it to the first of the others, and who does leaves nothing',
    },
    {
      law: 'credible',
      holds: true,
      because: 'Akbarpour and Li 2020: who stops the clock knows what it pays, and nobody else pays',
    },
    {
      law: 'shill-proof',
      holds: true,
      because:
        'Komo, Kominers and Roughgarden 2024: a shill can only stop the clock, and buy what others would have paid for',
    },
  ],
});

type ClockSetup = Setup<FullFallingPriceSettings, ClockMessage>;
type ClockConversation = Conversation<ClockAsk, ClockOutcome>;

/** The discrete clock: calls one price after another. */
function* calledPrices({ settings, participants, breakTie, ask }: ClockSetup, decrement: number): ClockConversation {
  const { priceOf, last } = fallingSteps(settings.startingPrice, decrement, settings.floor);
  for (let round = 1; round <= last; round++) {
    const content: ClockAsk = { price: priceOf(round), answer: 'take-or-wait' };
    const replies = yield* ask(participants, content);
    const takers = participants.filter((agent) => stopsAt(replies.get(agent)) >= content.price);
    if (takers.length > 0) return { ...sold(participants, breakTie(takers), content.price), rounds: round };
  }
  return { ...unsold(participants), rounds: last };
}

/** The continuous clock: one round, which the highest stop ends. */
function* fallingPrice({ settings, participants, breakTie, runClock }: ClockSetup): ClockConversation {
  const { startingPrice, floor } = settings;
  const content: ClockAsk = { price: startingPrice, answer: 'stopping-price' };
  const replies = yield* runClock(participants, content, { direction: 'descending', stopAt: stopsAt });
  const stopOf = (agent: AgentId): number => Math.min(startingPrice, stopsAt(replies.get(agent)));
  const first = participants.map(stopOf).reduce((highest, stop) => Math.max(highest, stop));
  if (first < floor) return { ...unsold(participants), rounds: 1 };
  return { ...sold(participants, breakTie(participants.filter((agent) => stopOf(agent) === first)), first), rounds: 1 };
}

/** Whoever takes the item stops the clock wherever it is; whoever waits or is silent never does. */
function stopsAt(message: ClockMessage | undefined): number {
  if (typeof message === 'object') return message.stopAt;
  return message === 'take' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
