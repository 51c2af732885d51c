/*
 * SBBA, the strongly budget-balanced double auction: all trade at one price, the least bid that trades or the first ask that does not,
 * whichever is lower; in the first case that buyer goes without, and so does one of the sellers, drawn by lot.
 *
 * Segal-Halevi, Hassidim and Aumann, "SBBA: a strongly-budget-balanced double-auction mechanism", SAGT 2016. It promises that truth is best
 * however the lot falls, that buyers pay what sellers receive, and that of k efficient trades at most one is lost: on average no more than
 * 1/k of the gains.
 */
import { type AgentId, directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { bestGains, worthOf } from './net-worth.ts';
import { buying, moreThanOneUnit, mostToBuy, type OrderReport, orderReport, ordersOf, selling } from './order.ts';
import { certifiedTrades, type TradeCertificate, tradeCertificateShape } from './trade-certificate.ts';
import { bossyAtTheMargin, losesTheMarginalTrade, truthfulForUnits } from './unit-auction-claims.ts';
import { efficientUnitTrades, type TwoPriceOutcome, twoPriceOutcome, twoPriceShape, unitFills } from './unit-trades.ts';

/** @category Types of mechanisms */
export type StronglyBudgetBalancedAuction = Mechanism<{
  id: 'market/strongly-budget-balanced';
  settings: Record<string, never>;
  report: OrderReport;
  outcome: TwoPriceOutcome;
  message: OrderReport;
  ask: ReportRequest;
  certificate: TradeCertificate;
}>;

/**
 * Traders of one unit each, all at one price. Where a seller has to go without, the seed decides which.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = {
 *   ann: { side: 'buy', price: 9 },
 *   bob: { side: 'sell', price: 3 },
 *   cat: { side: 'sell', price: 5 },
 * } as const;
 * mechane.run('market/strongly-budget-balanced', { reports }).outcome.payments; // => { ann: 5, bob: -5, cat: 0 }
 * ```
 */
export const stronglyBudgetBalanced: StronglyBudgetBalancedAuction = directMechanism({
  id: 'market/strongly-budget-balanced',
  summary: 'One price for all, and at most one trade given up (Segal-Halevi, Hassidim and Aumann 2016)',
  settings: z.strictObject({}),
  report: orderReport,
  revisable: true,
  openEntry: true,
  refuseReport: moreThanOneUnit,
  certificate: tradeCertificateShape,
  outcome: twoPriceShape,

  decide(reports, setup) {
    const { participants } = setup;
    const { flow, clearing, buyers, sellers } = efficientUnitTrades(reports, setup);
    const { lastBid, nextAsk } = clearing;
    const suits = nextAsk <= lastBid;
    const price = suits ? nextAsk : lastBid;
    let fills = unitFills(flow, buyers, sellers);
    if (!suits) {
      // Everybody is ranked, and a lot among ties drawn before, also where there are none: who goes without does not depend on what anybody says.
      const ranked = setup.random.shuffled([...participants].sort(setup.tieOrder));
      const rank = new Map(ranked.map((agent, position) => [agent, position]));
      const rankOf = (row: number): number => rank.get(flow.owners[row] as AgentId) as number;
      const unlucky = sellers.reduce((last, row) => (rankOf(row) > rankOf(last) ? row : last));
      fills = unitFills(
        flow,
        buyers.slice(0, -1),
        sellers.filter((row) => row !== unlucky),
      );
    }
    return certifiedTrades(twoPriceOutcome(participants, flow, fills, price, price), flow, fills, clearing);
  },

  mostPaid: mostToBuy,
  value: (agent, type, outcome) => worthOf(ordersOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, ordersOf),
  claims: [
    ...truthfulForUnits('Segal-Halevi, Hassidim and Aumann 2016'),
    ...losesTheMarginalTrade('Segal-Halevi, Hassidim and Aumann 2016: where no ask prices the trades, one is given up'),
    {
      law: 'budget-balanced',
      holds: true,
      because: 'Segal-Halevi, Hassidim and Aumann 2016: all trade at one price',
    },
    { law: 'revenue-monotone', holds: true, because: 'By definition: it never takes any' },
    ...bossyAtTheMargin(1),
    {
      law: 'envy-free',
      holds: false,
      because: 'By definition: the seller whom the lot leaves out would have gained in the place of another',
      witness: {
        seed: 1,
        reports: { bob: buying(9), dan: buying(9), sue: selling(3), sam: selling(3) },
      },
    },
    {
      law: 'false-name-proof',
      holds: false,
      because: 'By definition: a second name whose ask is the first to go without saves the trade of the first',
      witness: {
        reports: { bob: buying(9), sue: selling(3) },
        deviation: { sue: selling(3), 'sue-alias': selling(5) },
        agent: 'sue',
      },
    },
  ],
});
