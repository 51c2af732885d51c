/*
 * McAfee's double auction: all efficient trades at the middle of the first bid and ask that go without, if that price suits all who
 * trade; otherwise all but the least valuable trade, at its bid and its ask.
 *
 * McAfee, "A dominant strategy double auction", Journal of Economic Theory 56 (1992). It promises that truth is best, that no
 * money comes in, and that at most the least valuable trade is lost.
 */
import { directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { bestGains, worthOf } from './net-worth.ts';
import { moreThanOneUnit, mostToBuy, type OrderReport, orderReport, ordersOf } from './order.ts';
import { certifiedTrades, type TradeCertificate, tradeCertificateShape } from './trade-certificate.ts';
import { priceWithin } from './trade-outcome.ts';
import {
  aliasAtTheMargin,
  bossyAtTheMargin,
  keepsTheDifference,
  losesTheMarginalTrade,
  pricedAtTheMargin,
  truthfulForUnits,
} from './unit-auction-claims.ts';
import { efficientUnitTrades, type TwoPriceOutcome, twoPriceOutcome, twoPriceShape, unitFills } from './unit-trades.ts';

/** @category Types of mechanisms */
export type McAfeeAuction = Mechanism<{
  id: 'market/mcafee';
  settings: Record<string, never>;
  report: OrderReport;
  outcome: TwoPriceOutcome;
  message: OrderReport;
  ask: ReportRequest;
  certificate: TradeCertificate;
}>;

/**
 * Traders of one unit each. Where all bids or all asks trade, there is no pair beyond them to price the trades, and the least valuable
 * trade is given up.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = [
 *   ['ann', { side: 'buy', price: 9 }],
 *   ['bob', { side: 'buy', price: 4 }],
 *   ['cat', { side: 'sell', price: 3 }],
 *   ['dan', { side: 'sell', price: 8 }],
 * ] as const;
 * mechane.run('market/mcafee', { reports }).outcome.payments; // => { ann: 6, bob: 0, cat: -6, dan: 0 }
 * ```
 */
export const mcafee: McAfeeAuction = directMechanism({
  id: 'market/mcafee',
  summary: 'Prices trades by the first pair that goes without, or gives up the least valuable one (McAfee 1992)',
  settings: z.strictObject({}),
  report: orderReport,
  revisable: true,
  openEntry: true,
  refuseReport: moreThanOneUnit,
  certificate: tradeCertificateShape,
  outcome: twoPriceShape,

  decide(reports, setup) {
    const { flow, clearing, buyers, sellers } = efficientUnitTrades(reports, setup);
    const { lastBid, nextBid, lastAsk, nextAsk } = clearing;
    const middle =
      Number.isFinite(nextBid) && Number.isFinite(nextAsk) ? priceWithin([nextBid, nextAsk], 1 / 2) : Number.NaN;
    const suits = lastAsk <= middle && middle <= lastBid;
    const fills = suits ? unitFills(flow, buyers, sellers) : unitFills(flow, buyers.slice(0, -1), sellers.slice(0, -1));
    const [paid, received] = suits ? [middle, middle] : [lastBid, lastAsk];
    return certifiedTrades(twoPriceOutcome(setup.participants, flow, fills, paid, received), flow, fills, clearing);
  },

  mostPaid: mostToBuy,
  value: (agent, type, outcome) => worthOf(ordersOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, ordersOf),
  claims: [
    ...truthfulForUnits('McAfee 1992'),
    ...losesTheMarginalTrade('McAfee 1992: where no price suits all who trade, the least valuable trade is given up'),
    ...keepsTheDifference('McAfee 1992: where a trade is given up, buyers pay more than sellers receive'),
    aliasAtTheMargin,
    ...pricedAtTheMargin,
    ...bossyAtTheMargin(),
  ],
});
