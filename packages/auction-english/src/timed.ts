/*
 * An auction of a while, as on auction sites: bidders leave maxima, a proxy bids for them, and it ends at a time that was told before, or
 * somewhat after the last bid.
 *
 * Lucking-Reiley, "Auctions on the Internet: what's being auctioned, and how?", Journal of Industrial Economics 48 (2000); Roth and Ockenfels,
 * "Last-minute bidding and the rules for ending second-price auctions", American Economic Review 92 (2002): with a fixed end, bidding in the last
 * moment pays against those who raise only when they are outbid, as they cannot answer any more; with a soft close they can.
 */
import {
  type AgentId,
  amount,
  defineMechanism,
  historyOmitted,
  type Mechanism,
  singleItemOutcome,
} from '@mechane/core';
import * as z from 'zod';
import { BiddingPeriod, type TimedMessage } from './bidding-period.ts';
import { bestItemWelfare, valueOfItem } from './item-value.ts';
import { timedClaims } from './timed-claims.ts';
import { type TimedOutcome, timedOutcome } from './timed-outcome.ts';
import type { TimedReport } from './timed-report.ts';
import { type TimedSettings, timedSettings } from './timed-settings.ts';

/**
 * What bidders see: the least maximum that is taken, who leads at what price, and when it ends.
 *
 * @category Types of mechanisms
 */
export interface TimedAsk {
  readonly leastBid: number;
  /** `null` before the first bid. */
  readonly standing: { readonly agent: AgentId; readonly price: number } | null;
  readonly reserveMet: boolean;
  /** At what price it can be had at once; `null` where it cannot. */
  readonly buyNow: number | null;
  /** In milliseconds since the opening. */
  readonly closesAt: number;
}

/** @category Types of mechanisms */
export type TimedAuction = Mechanism<{
  id: 'auction-english/timed';
  settings: TimedSettings;
  report: TimedReport;
  outcome: TimedOutcome;
  message: TimedMessage;
  ask: TimedAsk;
}>;

const time = z.number().nonnegative();

/**
 * An auction of a while. The highest maximum leads, the earlier of equals; the standing price is a step above the second highest, no more than the
 * highest, at least the starting price, and at least the reserve once that is met. A maximum below the least that is asked is refused as `bid-too-low`; the
 * leader may raise its own, which changes nothing else. Whoever leads at the end pays the standing price, where the reserve is met.
 *
 * Times come from the host, or stand beside the messages of a scenario; there, a message after the end is the error `late-message`. Live, anyone may
 * come in until the end.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { englishAuctions } from '@mechane/auction-english';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(englishAuctions);
 * const settings = { duration: 60_000, increment: 5, extension: { within: 10_000, by: 10_000 } };
 * const messages = [['ann', { max: 80 }, 1_000], ['bob', { max: 100 }, 55_000]] as const;
 * const { outcome } = mechane.run('auction-english/timed', { settings, messages });
 * outcome.payment; // => 85
 * outcome.closedAt; // => 65000
 * outcome.history; // => [[1000, 'ann', 0], [55000, 'bob', 85]]
 * ```
 */
export const timed: TimedAuction = defineMechanism({
  id: 'auction-english/timed',
  summary: 'Maxima until a time, with a soft close, as on auction sites (Roth and Ockenfels 2002)',
  settings: timedSettings,
  report: z.strictObject({
    value: amount.describe('What the item is worth to the agent'),
    at: time.default(0).describe('When its proxy bids that, in milliseconds since the opening'),
  }),
  message: z.union([
    z.strictObject({ max: amount.describe('The most that the agent pays') }),
    z.strictObject({ buyNow: z.literal(true) }),
  ]),
  ask: z.strictObject({
    leastBid: amount,
    standing: z.strictObject({ agent: z.string(), price: amount }).nullable(),
    reserveMet: z.boolean(),
    buyNow: amount.nullable(),
    closesAt: time,
  }),
  outcome: singleItemOutcome.extend({
    reserveMet: z.boolean(),
    closedAt: time,
    extensions: z.int().nonnegative(),
    history: z.array(z.tuple([time, z.string(), amount])),
    historyOmitted,
  }),
  openEntry: true,
  endsItself: true,

  *conduct({ settings, participants, listen, written }) {
    const period = new BiddingPeriod(settings, written);
    const refuse = (agent: AgentId, message: TimedMessage) => period.refusalOf(agent, message);
    while (!period.isBought) {
      const replies = yield* listen(participants, askOf(period), { refuse, closesAt: period.end });
      const [first] = replies;
      if (first === undefined) {
        return timedOutcome(participants, period, Math.min(period.end, replies.closedAt ?? period.end));
      }
      period.hear(...first, replies.at?.(first[0]) ?? 0);
    }
    return timedOutcome(participants, period, period.end);
  },

  proxy:
    ({ value }, agent) =>
    ({ leastBid, standing }) =>
      standing?.agent !== agent && value >= leastBid ? { max: value } : undefined,
  speaksAt: ({ at }) => at,

  decide(reports, { settings, participants, written }) {
    const period = new BiddingPeriod(settings, written);
    for (const [agent, { value, at }] of [...reports].sort(([, one], [, other]) => one.at - other.at)) {
      const message = { max: value };
      if (at < period.end && period.refusalOf(agent, message) === undefined) period.hear(agent, message, at);
    }
    return timedOutcome(participants, period, period.end);
  },
  roundsOf: ({ history, historyOmitted = 0 }) => history.length + historyOmitted + 1,

  mostPaid: (message, { ask: { buyNow }, before }) => Math.max(before, 'max' in message ? message.max : (buyNow ?? 0)),
  value: valueOfItem,
  bestWelfare: bestItemWelfare,
  claims: timedClaims,
});

function askOf({ least, leader, standing, reserveMet, buyNow, end }: BiddingPeriod): TimedAsk {
  const leading = leader === undefined ? null : { agent: leader, price: standing };
  return { leastBid: least, standing: leading, reserveMet, buyNow, closesAt: end };
}
