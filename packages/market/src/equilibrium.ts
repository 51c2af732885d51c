/*
 * The competitive equilibrium of one good with several suppliers and demanders, each with a quantity and a limit price: the price at which
 * what is offered meets what is wanted.
 *
 * Marshall, "Principles of Economics" (1890), book V; for steps of supply and demand Shapley and Shubik, "The assignment game I",
 * International Journal of Game Theory 1 (1971). It promises the largest gains from trade at the reported limits; where supply or demand
 * is left at the price, it says which.
 */
import { amount, directMechanism, type Mechanism, quantity, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { type Clearing, clear, fillsOf } from './clearing.ts';
import { refuseUncountable } from './countable-units.ts';
import { bestGains, worthOf } from './net-worth.ts';
import type { FullOrder } from './order.ts';
import { orderFlow, priorityAmong } from './order-flow.ts';
import { certifiedTrades, type TradeCertificate, tradeCertificateShape } from './trade-certificate.ts';
import { type ClearedOutcome, clearedOutcome, clearingShape, type TradeOutcome, tradeShape } from './trade-outcome.ts';

/**
 * What an agent supplies from a price on, or demands up to a price.
 *
 * @category Types of mechanisms
 */
export type SupplyOrDemand = { supply: number; minPrice: number } | { demand: number; maxPrice: number };

/**
 * What is left at the clearing price, or why there is none.
 *
 * @category Types of mechanisms
 */
export type EquilibriumStatus = 'balanced' | 'excess-supply' | 'excess-demand' | 'no-trade' | 'no-participants';

/** @category Types of mechanisms */
export interface EquilibriumOutcome extends Omit<ClearedOutcome, keyof TradeOutcome>, Omit<TradeOutcome, 'traded'> {
  readonly equilibriumFound: boolean;
  /** Units that change hands. */
  readonly totalTraded: number;
  readonly status: EquilibriumStatus;
}

/** @category Types of mechanisms */
export type EquilibriumMarket = Mechanism<{
  id: 'market/equilibrium';
  settings: Record<string, never>;
  report: SupplyOrDemand;
  outcome: EquilibriumOutcome;
  message: SupplyOrDemand;
  ask: ReportRequest;
  certificate: TradeCertificate;
}>;

const statuses = ['balanced', 'excess-supply', 'excess-demand', 'no-trade', 'no-participants'] as const;

/**
 * Finds the price at which several suppliers and demanders of one good clear, in the middle of the clearing interval. Where more is
 * offered than wanted at the price, or more wanted than offered, suppliers or demanders at the margin are rationed in the tie order.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = { wind: { supply: 40, minPrice: 0 }, gas: { supply: 60, minPrice: 50 }, city: { demand: 70, maxPrice: 200 } };
 * const { outcome } = mechane.run('market/equilibrium', { reports });
 * outcome.clearingPrice; // => 50
 * outcome.trades; // => { wind: -40, gas: -30, city: 70 }
 * outcome.status; // => 'excess-supply'
 * ```
 */
export const equilibrium: EquilibriumMarket = directMechanism({
  id: 'market/equilibrium',
  summary: 'The price at which several suppliers and demanders of one good clear (Marshall 1890)',
  settings: z.strictObject({}),
  report: z.union([
    z.strictObject({
      supply: quantity.describe('Units for sale'),
      minPrice: amount.describe('The least to be had for each'),
    }),
    z.strictObject({
      demand: quantity.describe('Units wanted'),
      maxPrice: amount.describe('The most to pay for each'),
    }),
  ]),
  certificate: tradeCertificateShape,
  outcome: z.strictObject({
    equilibriumFound: z.boolean(),
    ...clearingShape,
    totalTraded: tradeShape.traded,
    trades: tradeShape.trades,
    payments: tradeShape.payments,
    status: z.enum(statuses),
  }),

  refuseReport: refuseUncountable(limitsOf, (report) => ['supply' in report ? 'supply' : 'demand']),

  decide(reports, setup) {
    const { participants } = setup;
    const flow = orderFlow(reports, limitsOf);
    const clearing = clear(flow);
    const fills = fillsOf(flow, clearing, priorityAmong(flow.owners, setup));
    const { traded, ...cleared } = clearedOutcome(participants, flow, fills, clearing, 1 / 2);
    const outcome: EquilibriumOutcome = {
      equilibriumFound: cleared.clearingPrice !== null,
      ...cleared,
      totalTraded: traded,
      status: statusAt(cleared.clearingPrice, clearing, participants.length),
    };
    return certifiedTrades(outcome, flow, fills, clearing);
  },

  value: (agent, type, outcome) => worthOf(limitsOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, limitsOf),
  claims: [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'Roberts and Postlewaite 1976: among finitely many, whoever moves the price does well to understate',
      witness: {
        reports: { bob: { demand: 1, maxPrice: 9 }, sue: { supply: 1, minPrice: 3 } },
        deviation: { bob: { demand: 1, maxPrice: 4 } },
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'By definition: the price is within the limits of all that trade',
    },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because:
        'Troyan and Morrill 2020: at best the truth of a buyer leaves it a share of its value, and a lower limit more',
      witness: {
        reports: { ann: { demand: 1, maxPrice: 1 }, bob: { supply: 1, minPrice: 0 } },
        deviation: { ann: { demand: 1, maxPrice: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: a limit at which nothing is traded may be the one that sets the price',
      witness: {
        reports: {
          ann: { demand: 1, maxPrice: 0 },
          bob: { supply: 1, minPrice: 0 },
          cat: { demand: 1, maxPrice: 1 },
        },
        deviation: { ann: { demand: 1, maxPrice: 0.5 } },
        agent: 'ann',
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
      witness: { reports: { bob: { demand: 1, maxPrice: 9 }, sue: { supply: 1, minPrice: 3 } } },
    },
    { law: 'budget-balanced', holds: true, because: 'By definition: buyers pay what sellers receive' },
    { law: 'no-deficit', holds: true, because: 'By definition: buyers pay what sellers receive' },
    {
      law: 'efficient',
      holds: true,
      because: 'Shapley and Shubik 1971: competitive prices solve the assignment problem',
    },
    { law: 'pareto-efficient', holds: true, because: 'The first theorem of welfare economics (Arrow 1951)' },
    {
      law: 'core',
      holds: true,
      because: 'Shapley and Shubik 1971: competitive prices are in the core',
    },
    { law: 'envy-free', holds: true, because: 'Varian 1974: at one price everybody has what it likes best' },
    { law: 'anonymous', holds: true, because: 'By definition: names matter to ties only' },
    { law: 'allocation-monotone', holds: true, because: 'By definition: a better limit comes earlier' },
  ],
});

/** A report as an order; nothing supplied or demanded is none. */
function limitsOf(report: SupplyOrDemand): readonly FullOrder[] {
  const order: FullOrder =
    'supply' in report
      ? { side: 'sell', price: report.minPrice, quantity: report.supply }
      : { side: 'buy', price: report.maxPrice, quantity: report.demand };
  return order.quantity === 0 ? [] : [order];
}

/** What the next bid and the next ask say of a price at which all others trade. */
function statusAt(price: number | null, { nextBid, nextAsk }: Clearing, participants: number): EquilibriumStatus {
  if (price === null) return participants === 0 ? 'no-participants' : 'no-trade';
  if (nextBid >= price) return 'excess-demand';
  return nextAsk <= price ? 'excess-supply' : 'balanced';
}
