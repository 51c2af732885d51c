/*
 * The k-double auction: everybody hands in orders, the market clears once, and all trade at one price within the clearing interval.
 *
 * Chatterjee and Samuelson, "Bargaining under incomplete information", Operations Research 31 (1983); Wilson, "Incentive efficiency of
 * double auctions", Econometrica 53 (1985); Rustichini, Satterthwaite and Williams, "Convergence to efficiency in a simple market with
 * incomplete information", Econometrica 62 (1994). It promises the largest gains from trade at the reported prices, and that
 * no money comes in or goes out; whoever may set the price does well to shade its order.
 */
import { type Claim, directMechanism, type Mechanism, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { clear, fillsOf } from './clearing.ts';
import { bestGains, worthOf } from './net-worth.ts';
import {
  buying,
  mostToBuy,
  type OrderReport,
  orderReport,
  ordersOf,
  refuseUncountableOrders,
  selling,
} from './order.ts';
import { callColumns, type OrderColumns } from './order-columns.ts';
import { orderFlow, priorityAmong } from './order-flow.ts';
import { certifiedTrades, type TradeCertificate, tradeCertificateShape } from './trade-certificate.ts';
import { type ClearedOutcome, clearedOutcome, clearedOutcomeShape } from './trade-outcome.ts';

/**
 * Where in the clearing interval the price lies: 0 at its lower end, 1 at its upper end.
 *
 * @category Types of mechanisms
 */
export interface CallSettings {
  k?: number | undefined;
}

/** @category Types of mechanisms */
export type CallMarket = Mechanism<{
  id: 'market/call';
  settings: CallSettings;
  report: OrderReport;
  outcome: ClearedOutcome;
  message: OrderReport;
  ask: ReportRequest;
  columns: OrderColumns;
  certificate: TradeCertificate;
}>;

/**
 * Clears buy and sell orders at one price. As many units trade as gain by it, or neither gain nor lose; of orders at the marginal price
 * those that the tie order prefers trade first.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = {
 *   ann: { side: 'buy', price: 9, quantity: 2 },
 *   bob: { side: 'sell', price: 4 },
 *   cat: { side: 'sell', price: 6, quantity: 3 },
 * } as const;
 * const { outcome, metrics } = mechane.run('market/call', { reports });
 * outcome.trades; // => { ann: 2, bob: -1, cat: -1 }
 * outcome.clearingPrice; // => 6
 * metrics.welfare; // => 8
 * ```
 */
export const call: CallMarket = directMechanism({
  id: 'market/call',
  summary: 'Clears orders at one price within the clearing interval (Chatterjee and Samuelson 1983; Wilson 1985)',
  settings: z.strictObject({
    k: z.number().min(0).max(1).default(0.5).describe('The price is low + k·(high − low) of the clearing interval'),
  }),
  report: orderReport,
  revisable: true,
  openEntry: true,
  refuseReport: refuseUncountableOrders,
  certificate: tradeCertificateShape,
  outcome: clearedOutcomeShape,

  decide(reports, setup) {
    const flow = orderFlow(reports, ordersOf);
    const clearing = clear(flow);
    const fills = fillsOf(flow, clearing, priorityAmong(flow.owners, setup));
    const outcome = clearedOutcome(setup.participants, flow, fills, clearing, setup.settings.k);
    return certifiedTrades(outcome, flow, fills, clearing);
  },
  columns: callColumns,

  mostPaid: mostToBuy,
  value: (agent, type, outcome) => worthOf(ordersOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, ordersOf),
  claims: ({ k }) => [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'Chatterjee and Samuelson 1983: an order at the margin moves the price, so it pays to shade it',
      witness: {
        settings: { k },
        reports: { bob: buying(9), sue: selling(3) },
        ...(k > 0.5 ? { deviation: { bob: buying(4) } } : { deviation: { sue: selling(8) } }),
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'By definition: the price is between the prices of all orders that trade',
    },
    ...(k > 0 ? [shadedAtBest(k)] : []),
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: an order that does not trade may be the one that sets the price',
      witness: {
        settings: { k },
        ...(k > 0.5
          ? {
              reports: { bob: buying(9), sue: selling(3), sam: selling(6) },
              deviation: { sam: selling(5) },
              agent: 'sam',
            }
          : {
              reports: { bob: buying(9), sue: selling(3), dan: buying(5) },
              deviation: { dan: buying(6) },
              agent: 'dan',
            }),
      },
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because: 'By definition: what one trader leaves is traded by those to whom it is worth most, and costs least',
    },
    {
      law: 'credible',
      holds: false,
      because:
        'Akbarpour and Li 2020, of sealed reports: a broker may tell buyers of dearer sellers, and sellers of poorer buyers',
      witness: { settings: { k }, reports: { bob: buying(3), sue: selling(0) } },
    },
    { law: 'budget-balanced', holds: true, because: 'By definition: buyers pay what sellers receive' },
    { law: 'no-deficit', holds: true, because: 'By definition: buyers pay what sellers receive' },
    {
      law: 'efficient',
      holds: true,
      because:
        'Wilson 1985: at truthful orders, units go from the lowest costs to the highest values while these exceed those',
    },
    { law: 'pareto-efficient', holds: true, because: 'It is efficient, and money can change hands' },
    { law: 'core', holds: true, because: 'Shapley and Shubik 1971: competitive prices are in the core' },
    { law: 'envy-free', holds: true, because: 'Varian 1974: at one price everybody has what it likes best' },
    { law: 'anonymous', holds: true, because: 'By definition: names matter to ties only' },
    { law: 'allocation-monotone', holds: true, because: 'By definition: a better order comes earlier' },
    { law: 'revenue-monotone', holds: true, because: 'By definition: it never takes any' },
  ],
});

/** Alone with a seller that asks nothing, a buyer pays its share of its own bid: less of a lower one. */
function shadedAtBest(k: number): Claim<{ k: number }, OrderReport> {
  return {
    law: 'not-obviously-manipulable',
    holds: false,
    because:
      'Troyan and Morrill 2020: at best the truth of a buyer leaves it a share of its value, and a lower order more',
    witness: {
      settings: { k },
      reports: { ann: buying(1), bob: selling(0) },
      deviation: { ann: buying(0) },
      agent: 'ann',
    },
  };
}
