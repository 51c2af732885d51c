/*
 * MUDA, a double auction of several units: traders fall into two halves at random, each half trades at the price that clears the other,
 * and where one side of a half is longer it is rationed by lot, or by value at Vickrey's prices.
 *
 * Segal-Halevi, Hassidim and Aumann, "MUDA: a truthful multi-unit double-auction mechanism", AAAI 2018. It promises that truth is best
 * however the halves fall, for any number of units whose worth falls, no deficit, and a share of the gains that tends to all of
 * them as the market grows.
 */
import {
  type AgentId,
  amount,
  byCodeUnit,
  directMechanism,
  type Mechanism,
  perAgent,
  type ReportRequest,
} from '@mechane/core';
import * as z from 'zod';
import { halfPrice, tradeByLot, tradeByValue } from './half-market.ts';
import { inLots, lotsPerUnit } from './lots.ts';
import { bestGains, worthOf } from './net-worth.ts';
import {
  buying,
  type FullOrder,
  mostToBuy,
  type OrderReport,
  orderReport,
  ordersOf,
  refuseUncountableOrders,
  selling,
} from './order.ts';
import { type TradeOutcome, tradeShape } from './trade-outcome.ts';

/**
 * How the longer side of a half is rationed: by lot, all at the price, or by value at Vickrey's prices, which leaves money over.
 *
 * @category Types of mechanisms
 */
export interface MudaSettings {
  rationing?: 'lottery' | 'vickrey' | undefined;
}

/**
 * Half of the traders, and the price at which they trade: that which clears the other half.
 *
 * @category Types of mechanisms
 */
export interface MudaHalf {
  readonly agents: readonly AgentId[];
  /** `null` where the other half has no orders: then nothing trades. */
  readonly price: number | null;
}

/** @category Types of mechanisms */
export interface MudaOutcome extends TradeOutcome {
  readonly halves: readonly [MudaHalf, MudaHalf];
}

/** @category Types of mechanisms */
export type MudaAuction = Mechanism<{
  id: 'market/muda';
  settings: MudaSettings;
  report: OrderReport;
  outcome: MudaOutcome;
  message: OrderReport;
  ask: ReportRequest;
}>;

const half = z.strictObject({ agents: z.array(z.string()), price: amount.nullable() });

/**
 * Each random half of the traders trades at the price that clears the other. A half without any trade is cleared by the middle of its
 * best bid and ask; one with bids or asks only, by the best of them.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = {
 *   ann: { side: 'buy', price: 9, quantity: 3 },
 *   bob: { side: 'buy', price: 7 },
 *   cat: { side: 'sell', price: 2, quantity: 2 },
 *   dan: { side: 'sell', price: 4 },
 * } as const;
 * const { outcome } = mechane.run('market/muda', { reports, seed: 5 });
 * outcome.halves; // => [{ agents: ['bob'], price: 6.5 }, { agents: ['ann', 'cat', 'dan'], price: 7 }]
 * outcome.payments; // => { ann: 21, bob: 0, cat: -14, dan: -7 }
 * ```
 */
export const muda: MudaAuction = directMechanism({
  id: 'market/muda',
  summary: 'Each random half trades at the price that clears the other (Segal-Halevi, Hassidim and Aumann 2018)',
  settings: z.strictObject({
    rationing: z
      .enum(['lottery', 'vickrey'])
      .default('lottery')
      .describe('Whether the longer side is rationed by lot, or by value at Vickrey’s prices'),
  }),
  report: orderReport,
  revisable: true,
  openEntry: true,
  refuseReport: refuseUncountableOrders,
  outcome: z.strictObject({ ...tradeShape, halves: z.tuple([half, half]) }),

  decide(reports, { settings, participants, tieOrder, random }): MudaOutcome {
    // Everybody draws, in the order of ids: no report moves anyone to the other half or up the list.
    const everybody = [...participants].sort(byCodeUnit);
    const sides = everybody.map(() => random.below(2));
    const inOrder = settings.rationing === 'lottery' ? random.shuffled(everybody) : everybody;
    const halfOf = (side: number): AgentId[] => everybody.filter((_, index) => sides[index] === side);
    const members = [halfOf(0), halfOf(1)] as const;
    const lots = lotsPerUnit([...reports.values()].flatMap(ordersOf).map(({ quantity }) => quantity));
    const [first, second] = [ordersAmong(members[0], reports, lots), ordersAmong(members[1], reports, lots)];
    const [forFirst, forSecond] = [halfPrice(second), halfPrice(first)];
    const trades = new Map<AgentId, number>();
    const paid = new Map<AgentId, number>();
    for (const [orders, price] of [
      [first, forFirst],
      [second, forSecond],
    ] as const) {
      if (price === null) continue;
      const traded =
        settings.rationing === 'lottery' ? tradeByLot(orders, price, inOrder) : tradeByValue(orders, price, tieOrder);
      for (const [agent, units] of traded.trades) {
        trades.set(agent, units);
        paid.set(agent, units * price + (traded.surcharges.get(agent) ?? 0));
      }
    }
    return {
      trades: perAgent(trades.keys(), (agent) => (trades.get(agent) as number) / lots),
      payments: perAgent(participants, (agent) => (paid.get(agent) ?? 0) / lots),
      traded: [...trades.values()].reduce((sum, units) => sum + Math.max(0, units), 0) / lots,
      halves: [
        { agents: members[0], price: forFirst },
        { agents: members[1], price: forSecond },
      ],
    };
  },

  mostPaid: mostToBuy,
  value: (agent, type, outcome) => worthOf(ordersOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, ordersOf),
  claims: ({ rationing }) => [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Segal-Halevi, Hassidim and Aumann 2018: nobody moves its price or its place',
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'Segal-Halevi, Hassidim and Aumann 2018: nobody trades units that lose at the price',
    },
    {
      law: 'no-deficit',
      holds: true,
      because: 'Segal-Halevi, Hassidim and Aumann 2018: all pay the price or more, and receive it or less',
    },
    { law: 'allocation-monotone', holds: true, because: 'Myerson 1981: what is strategy-proof is monotone' },
    ...(['non-bossy', 'non-bossy-in-allocation'] as const).map((law) => ({
      law,
      holds: false,
      because: 'By definition: the price of one half is found from what the other reports, whether or not these trade',
      witness: {
        settings: { rationing },
        seed: 1,
        reports: { ann: selling(0), bob: buying(0), cat: buying(0) },
        deviation: { cat: buying(1) },
        agent: 'cat',
      },
    })),
    {
      law: 'core',
      holds: false,
      because: 'Segal-Halevi, Hassidim and Aumann 2018: traders in different halves do not meet',
      witness: { seed: 1, reports: { bob: buying(9), sue: selling(3) } },
    },
    rationing === 'lottery'
      ? {
          law: 'budget-balanced',
          holds: true,
          because: 'Segal-Halevi, Hassidim and Aumann 2018: in each half all trade at one price',
        }
      : {
          law: 'budget-balanced',
          holds: false,
          because: 'Segal-Halevi, Hassidim and Aumann 2018: Vickrey’s prices leave money over',
          witness: {
            settings: { rationing },
            seed: 2,
            reports: { bob: buying(9), dan: buying(8), sue: selling(3), sam: selling(4), tom: selling(5) },
          },
        },
    ...(['efficient', 'pareto-efficient'] as const).map((law) => ({
      law,
      holds: false,
      because: 'Segal-Halevi, Hassidim and Aumann 2018: traders in different halves do not meet',
      witness: { seed: 1, reports: { bob: buying(9), sue: selling(3) } },
    })),
  ],
});

type Orders = Parameters<typeof halfPrice>[0];

function ordersAmong(
  agents: readonly AgentId[],
  reports: ReadonlyMap<AgentId, Parameters<typeof ordersOf>[0]>,
  lots: number,
): Orders {
  const counted = (order: FullOrder): FullOrder => ({ ...order, quantity: inLots(order.quantity, lots) });
  const own = agents.map((agent) => [agent, reports.get(agent)] as const);
  return new Map(
    own.flatMap(([agent, report]) => (report === undefined ? [] : [[agent, ordersOf(report).map(counted)] as const])),
  );
}
