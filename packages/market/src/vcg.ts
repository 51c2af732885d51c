/*
 * The Vickrey–Clarke–Groves double auction: the efficient trades, for which every buyer pays and every seller receives what its trade
 * takes from or gives to all others.
 *
 * Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961), who saw that it runs a deficit;
 * Clarke 1971; Groves 1973; Myerson and Satterthwaite, "Efficient mechanisms for bilateral trading", Journal of Economic Theory 29 (1983),
 * who showed that no mechanism with its virtues does not. It promises that truth is best, for any number of units whose worth falls,
 * and the largest gains from trade.
 */
import { type AgentId, directMechanism, type Mechanism, perAgent, type ReportRequest } from '@mechane/core';
import * as z from 'zod';
import { clear, fillsOf } from './clearing.ts';
import { bestGains, worthOf } from './net-worth.ts';
import { notObvious } from './one-round.ts';
import {
  buying,
  mostToBuy,
  type OrderReport,
  orderReport,
  ordersOf,
  refuseUncountableOrders,
  selling,
} from './order.ts';
import { type OrderFlow, orderFlow, priorityAmong } from './order-flow.ts';
import { certifiedTrades, type TradeCertificate, tradeCertificateShape } from './trade-certificate.ts';
import { type TradeOutcome, tradeShape, tradesBy } from './trade-outcome.ts';

/** @category Types of mechanisms */
export type VcgMarket = Mechanism<{
  id: 'market/vcg';
  settings: Record<string, never>;
  report: OrderReport;
  outcome: TradeOutcome;
  message: OrderReport;
  ask: ReportRequest;
  certificate: TradeCertificate;
}>;

/**
 * The efficient trades, at each agent's own prices: those of the units that would change hands without it.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = { ann: { side: 'buy', price: 9 }, bob: { side: 'sell', price: 4 } } as const;
 * const { outcome, metrics } = mechane.run('market/vcg', { reports });
 * outcome.payments; // => { ann: 4, bob: -9 }
 * metrics.revenue; // => -5
 * ```
 */
export const vcg: VcgMarket = directMechanism({
  id: 'market/vcg',
  summary: 'Efficient trades, each at what it takes from or gives to the others; runs a deficit (Vickrey 1961)',
  settings: z.strictObject({}),
  report: orderReport,
  revisable: true,
  openEntry: true,
  refuseReport: refuseUncountableOrders,
  certificate: tradeCertificateShape,
  outcome: z.strictObject(tradeShape),

  decide(reports, setup) {
    const flow = orderFlow(reports, ordersOf);
    const clearing = clear(flow);
    const fills = fillsOf(flow, clearing, priorityAmong(flow.owners, setup));
    const trades = tradesBy(flow.owners, fills);
    const externality = externalities(flow, fills);
    const { lots } = flow;
    const outcome: TradeOutcome = {
      trades: perAgent(trades.keys(), (agent) => (trades.get(agent) as number) / lots),
      payments: perAgent(setup.participants, (agent) => externality(agent, trades.get(agent) ?? 0) / lots),
      traded: clearing.traded / lots,
    };
    return certifiedTrades(outcome, flow, fills, clearing);
  },

  mostPaid: mostToBuy,
  value: (agent, type, outcome) => worthOf(ordersOf(type), agent, outcome),
  bestWelfare: (types) => bestGains(types, ordersOf),
  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Groves 1973: an agent’s utility is the welfare, less what it cannot change',
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'Clarke 1971: an agent gets what it adds to the welfare, which is not negative',
    },
    {
      law: 'efficient',
      holds: true,
      because: 'Vickrey 1961: at truthful orders, units go from the lowest costs to the highest values',
    },
    { law: 'pareto-efficient', holds: true, because: 'It is efficient, and money can change hands' },
    { law: 'allocation-monotone', holds: true, because: 'By definition: a better order comes earlier' },
    { law: 'anonymous', holds: true, because: 'By definition: names matter to ties only' },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Green and Laffont 1979: whom the other’s price depends on can raise it at no cost to itself',
      witness: {
        reports: { bob: buying(0), sue: selling(0) },
        deviation: { bob: buying(1), sue: selling(0) },
        agent: 'sue',
      },
    },
    notObvious,
    {
      law: 'not-obviously-manipulable',
      holds: true,
      because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: who trades at another’s price sets what that one pays or receives',
      witness: {
        reports: { bob: buying(9), sue: selling(3) },
        deviation: { bob: buying(8) },
        agent: 'bob',
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
      witness: { reports: { bob: buying(9), sue: selling(3) } },
    },
    {
      law: 'envy-free',
      holds: false,
      because: 'By definition: whoever trades more units receives more for each of them',
      witness: {
        reports: {
          ann: selling(0),
          bob: { ...buying(1), quantity: 2 },
          sue: { ...selling(0), quantity: 2 },
        },
        agent: 'ann',
      },
    },
    {
      law: 'revenue-monotone',
      holds: false,
      because: 'By definition: without the seller there is no trade, and no deficit',
      witness: { reports: { bob: buying(9), sue: selling(3) }, deviation: { sue: null } },
    },
    ...(['no-deficit', 'budget-balanced'] as const).map((law) => ({
      law,
      holds: false,
      because: 'Myerson and Satterthwaite 1983: the buyer pays the seller’s ask, the seller receives the buyer’s bid',
      witness: { reports: { bob: buying(9), sue: selling(3) } },
    })),
  ],
});

/** Units at a price, and whose. */
interface Unit {
  readonly owner: AgentId;
  readonly price: number;
  readonly units: number;
}

/**
 * What an agent's trade costs the others. Without a buyer, each of its units would go to the next bid that does not trade, or not be given
 * up by the dearest seller that does, whichever is worth more; without a seller, it would come from the next ask, or be missed by
 * the last buyer, whichever costs less.
 */
function externalities(flow: OrderFlow, fills: Float64Array): (agent: AgentId, bought: number) => number {
  const below: Unit[] = [];
  const above: Unit[] = [];
  const add = (units: Unit[], owner: AgentId, price: number, count: number): void => {
    if (count > 0) units.push({ owner, price, units: count });
  };
  flow.owners.forEach((owner, row) => {
    const price = flow.prices[row] as number;
    const quantity = flow.quantities[row] as number;
    const filled = fills[row] as number;
    const [trading, left] = quantity > 0 ? [above, below] : [below, above];
    add(trading, owner, price, Math.abs(filled));
    add(left, owner, price, Math.abs(quantity - filled));
  });
  below.sort((one, other) => other.price - one.price);
  above.sort((one, other) => one.price - other.price);
  return (agent, bought) => {
    const isBuying = bought > 0;
    let left = Math.abs(bought);
    let cost = 0;
    for (const { owner, price, units } of isBuying ? below : above) {
      if (left === 0) break;
      if (owner === agent) continue;
      const moved = Math.min(left, units);
      cost += moved * price;
      left -= moved;
    }
    return isBuying ? cost : 0 - cost;
  };
}
