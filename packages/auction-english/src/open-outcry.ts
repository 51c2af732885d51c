/*
 * Open outcry: bidders call out bids, each at least an increment above the one that stands, until nobody wants to go higher.
 *
 * Cassady, "Auctions and Auctioneering" (1967); Milgrom and Weber, "A theory of auctions and competitive bidding", Econometrica 50
 * (1982), on how it differs from a clock; Avery, "Strategic jump bidding in English auctions", Review of Economic Studies 65
 * (1998), on bids above the minimum. Among bidders who raise by the minimum, truth is best up to two increments.
 */
import {
  type AgentId,
  amount,
  type Claim,
  defineMechanism,
  History,
  historyOmitted,
  type Mechanism,
  positiveAmount,
  singleItemOutcome,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';
import { outbid } from './errors.ts';
import { bestItemWelfare, type ItemValue, itemValue, valueOfItem } from './item-value.ts';
import { outcryAtOnce } from './outcry-at-once.ts';
import type { OpenOutcryOutcome, StandingBid } from './outcry-outcome.ts';
import type { OpenOutcrySettings } from './outcry-settings.ts';
import { risingSteps } from './price-steps.ts';
import { notObviously, pricedByRivals } from './rival-prices.ts';

/**
 * What bidders are asked: to bid at least so much, or to pass.
 *
 * @category Types of mechanisms
 */
export interface OutcryAsk {
  readonly leastBid: number;
  /** Who leads with what; `null` before the first bid. */
  readonly standing: { readonly agent: AgentId; readonly price: number } | null;
}

/** @category Types of mechanisms */
export type OutcryMessage = 'pass' | { bid: number };

/** @category Types of mechanisms */
export type OpenOutcry = Mechanism<{
  id: 'auction-english/open-outcry';
  settings: OpenOutcrySettings;
  report: ItemValue;
  outcome: OpenOutcryOutcome;
  message: OutcryMessage;
  ask: OutcryAsk;
}>;

/**
 * Open outcry. In each round all but the bidder that leads may bid, `startingPrice` or more at first and then `increment` or more
 * above the bid that stands; jump bids are welcome. The highest bid of the round stands, the tie order choosing among equals. The
 * auction ends after a round without a bid, after `maxRounds`, or when nobody else is there; whoever leads pays its bid.
 *
 * Silence means passing. A bid below the least is refused as `outbid`, and whoever sent it may bid again in the round; whoever passes, later. The proxy of a report raises by the minimum
 * as long as that is no more than its value.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { englishAuctions } from '@mechane/auction-english';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(englishAuctions);
 * const settings = { startingPrice: 10, increment: 5 };
 * const reports = { ann: { value: 30 }, bob: { value: 22 } };
 * const { outcome } = mechane.run('auction-english/open-outcry', { settings, reports });
 * outcome.winner; // => 'ann'
 * outcome.history.map(({ price }) => price); // => [10, 15, 20]
 * ```
 */
export const openOutcry: OpenOutcry = defineMechanism({
  id: 'auction-english/open-outcry',
  summary: 'Bidders call out ever higher bids until nobody goes higher (Cassady 1967)',
  settings: z.strictObject({
    startingPrice: amount.describe('The least first bid'),
    increment: positiveAmount.describe('By how much at least a bid must top the one that stands'),
    maxRounds: z
      .int()
      .positive()
      .optional()
      .describe('The round after which the auction ends, even if somebody would go higher'),
  }),
  report: itemValue,
  message: z.union([z.literal('pass'), z.strictObject({ bid: amount })]),
  ask: z.strictObject({
    leastBid: amount,
    standing: z.strictObject({ agent: z.string(), price: amount }).nullable(),
  }),
  outcome: singleItemOutcome.extend({
    rounds: z.int().nonnegative(),
    history: z.array(z.strictObject({ round: z.int().positive(), price: amount, agent: z.string() })),
    historyOmitted,
  }),

  *conduct({ settings, participants, tieOrder, ask, written }) {
    const { startingPrice, increment, maxRounds = Number.POSITIVE_INFINITY } = settings;
    const { raised } = risingSteps(startingPrice, increment);
    const history = new History<StandingBid>();
    let [rounds, leastBid] = [0, startingPrice];
    let standing: StandingBid | undefined;
    for (;;) {
      const leader = standing?.agent;
      const rivals = participants.filter((agent) => agent !== leader);
      if (rivals.length === 0 || rounds >= maxRounds) break;
      rounds += 1;
      const leading = standing === undefined ? null : { agent: standing.agent, price: standing.price };
      const content: OutcryAsk = { leastBid, standing: leading };
      // Where an increment is lost in rounding, a bid still has to top the one that stands.
      const least = leastBid;
      const isEnough = (price: number): boolean => price >= least && price > (leading?.price ?? -1);
      const refuse = (_: AgentId, message: OutcryMessage) =>
        message === 'pass' || isEnough(message.bid) ? undefined : outbid(written(message.bid), written(least));
      const replies = yield* ask(rivals, content, { refuse });
      const [highest] = rivals
        .map((agent) => ({ agent, price: bidIn(replies.get(agent)) }))
        .filter(({ price }) => isEnough(price))
        .sort((a, b) => b.price - a.price || tieOrder(a.agent, b.agent));
      if (highest === undefined) break;
      standing = { round: rounds, ...highest };
      history.add(standing);
      leastBid = raised(highest.price);
    }
    const sale = standing === undefined ? unsold(participants) : sold(participants, standing.agent, standing.price);
    return { ...sale, rounds, ...history.told() };
  },

  proxy:
    ({ value }) =>
    ({ leastBid }) =>
      leastBid <= value ? { bid: leastBid } : 'pass',

  decide: (values, { settings, participants, tieOrder }) => outcryAtOnce(values, settings, participants, tieOrder),
  roundsOf: ({ rounds }) => rounds,

  mostPaid: (message, { before }) => Math.max(before, bidIn(message)),
  value: valueOfItem,
  bestWelfare: bestItemWelfare,
  claims: ({ increment, maxRounds }) => [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'A jump deters a rival whom raising by the minimum would lead on (Avery 1998)',
      witness: {
        settings: { startingPrice: 0, increment: 2 },
        reports: { ann: { value: 4 }, bob: { value: 9 } },
        deviation: { bob: { report: { value: 9 }, departures: [{ from: 1, to: 1, message: { bid: 3 } }] } },
      },
    },
    ...(maxRounds === undefined ? [bestUpToTwoIncrements(increment), notObviously(2 * increment)] : []),
    {
      law: 'non-bossy-in-allocation',
      holds: false,
      because:
        'By definition: a bid that is raised at once may leave the last word to another of two who would go equally far',
      witness: {
        settings: { startingPrice: 0, increment: 1 },
        reports: { ann: { value: 0 }, bob: { value: 6 }, cat: { value: 6 } },
        deviation: { ann: { report: { value: 0 }, departures: [{ from: 1, to: 100, message: { bid: 1 } }] } },
        agent: 'ann',
      },
    },
    {
      law: 'credible',
      holds: false,
      because:
        'Akbarpour and Li 2020: from a reserve below the best for the prior, the operator goes on with the last bidder',
      witness: { settings: { startingPrice: 0, increment: 1 }, reports: { ann: { value: 0 }, bob: { value: 3 } } },
    },
    ...pricedByRivals({ startingPrice: 0, increment: 1 }, (value) => ({ value })),
    {
      law: 'individually-rational',
      holds: true,
      because: 'The winner pays its own bid, which was no more than its value',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
  ],
});

/** Where rounds are limited, whoever raises by the minimum may run out of them. */
function bestUpToTwoIncrements(increment: number): Claim<OpenOutcrySettings, ItemValue> {
  return {
    law: 'ex-post-incentive-compatible',
    holds: { approximately: 2 * increment },
    because:
      'Rivals who raise by the minimum stop within an increment of their value: nobody can win more than that below it, and whoever raises up to its ' +
      'own value wins, if that is worth it, no more than an increment above it',
  };
}

/** Passing is the lowest bid there is. */
function bidIn(message: OutcryMessage | undefined): number {
  return typeof message === 'object' ? message.bid : -1;
}
