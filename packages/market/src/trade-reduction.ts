/*
 * Trade reduction: all efficient trades but the least valuable one, whose bid and ask are the prices of the others.
 *
 * McAfee, "A dominant strategy double auction", Journal of Economic Theory 56 (1992), as its second case; named so by Babaioff and Nisan,
 * "Concurrent auctions across the supply chain", Journal of Artificial Intelligence Research 21 (2004). It promises that truth is best,
 * that no money comes in, and that at most one trade is lost: the least of the k efficient ones, so no more than 1/k of their gains.
 */
import { directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { bestGains, worthOf } from './net-worth.ts';
import { moreThanOneUnit, mostToBuy, type OrderReport, orderReport, ordersOf } from './order.ts';
import { certifiedTrades, type TradeCertificate, tradeCertificateShape } from './trade-certificate.ts';
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
export type TradeReduction = Mechanism<{
  id: 'market/trade-reduction';
  settings: Record<string, never>;
  report: OrderReport;
  outcome: TwoPriceOutcome;
  message: OrderReport;
  ask: ReportRequest;
  certificate: TradeCertificate;
}>;

/**
 * Traders of one unit each: the k-th pair of the k that gain goes without, the others trade at its bid and its ask.
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
 *   ['bob', { side: 'buy', price: 7 }],
 *   ['cat', { side: 'sell', price: 2 }],
 *   ['dan', { side: 'sell', price: 4 }],
 * ] as const;
 * const { outcome, metrics } = mechane.run('market/trade-reduction', { reports });
 * outcome.payments; // => { ann: 7, bob: 0, cat: -4, dan: 0 }
 * metrics.revenue; // => 3
 * ```
 */
export const tradeReduction: TradeReduction = directMechanism({
  id: 'market/trade-reduction',
  summary: 'Gives up the least valuable trade and lets its bid and ask price the others (McAfee 1992)',
  settings: z.strictObject({}),
  report: orderReport,
  revisable: true,
  openEntry: true,
  refuseReport: moreThanOneUnit,
  certificate: tradeCertificateShape,
  outcome: twoPriceShape,

  decide(reports, setup) {
    const { flow, clearing, buyers, sellers } = efficientUnitTrades(reports, setup);
    const fills = unitFills(flow, buyers.slice(0, -1), sellers.slice(0, -1));
    const outcome = twoPriceOutcome(setup.participants, flow, fills, clearing.lastBid, clearing.lastAsk);
    return certifiedTrades(outcome, flow, fills, clearing);
  },

  mostPaid: mostToBuy,
  value: (agent, type, outcome) => worthOf(ordersOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, ordersOf),
  claims: [
    ...truthfulForUnits('McAfee 1992'),
    ...losesTheMarginalTrade('McAfee 1992: the least valuable of the efficient trades is given up'),
    ...keepsTheDifference(
      'McAfee 1992: the market maker keeps the difference of the marginal bid and ask on every trade',
    ),
    aliasAtTheMargin,
    ...pricedAtTheMargin,
    ...bossyAtTheMargin(),
  ],
});
