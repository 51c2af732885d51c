/*
 * Trade reduction: all efficient trades but the least valuable one, whose bid and ask are the prices of the others.
 *
 * McAfee, "A dominant strategy double auction", Journal of Economic Theory 56 (1992). It promises that truth is best, that no money
 * has to be brought in, and that at most one trade is lost: the least valuable.
 */
import {
  type AgentId,
  type Allocation,
  amount,
  directMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
  signedQuantity,
} from '@mechane/core';
import * as z from 'zod';

interface Order {
  side: 'buy' | 'sell';
  price: number;
}

/** Gives up the least valuable trade and lets its bid and ask price the others. */
export const tradeReduction: Mechanism<{
  id: '__ID__/trade-reduction';
  settings: Record<string, never>;
  report: Order;
  outcome: { readonly trades: Allocation; readonly payments: Payments };
}> = directMechanism({
  id: '__ID__/trade-reduction',
  summary: 'Gives up the least valuable trade and lets its bid and ask price the others (McAfee 1992)',
  settings: z.strictObject({}),
  report: z.strictObject({
    side: z.enum(['buy', 'sell']),
    price: amount.describe('The most a buyer pays, the least a seller takes, for one unit'),
  }),
  outcome: z.strictObject({ trades: z.record(z.string(), signedQuantity), payments: paymentsByAgent }),

  decide(orders, { participants, tieOrder }) {
    const { buyers, sellers, trades } = efficientTrades(orders, tieOrder);
    const bid = buyers[trades - 1]?.[1].price ?? 0;
    const ask = sellers[trades - 1]?.[1].price ?? 0;
    const buying = new Set(buyers.slice(0, Math.max(0, trades - 1)).map(([agent]) => agent));
    const selling = new Set(sellers.slice(0, Math.max(0, trades - 1)).map(([agent]) => agent));
    return {
      trades: perAgent([...buying, ...selling], (agent): number => (buying.has(agent) ? 1 : -1)),
      payments: perAgent(participants, (agent) => (buying.has(agent) ? bid : selling.has(agent) ? 0 - ask : 0)),
    };
  },

  value: (agent, { price }, { trades }) => price * (trades[agent] ?? 0),
  bestWelfare(types) {
    const { buyers, sellers, trades } = efficientTrades(types, () => 0);
    const prices = (side: typeof buyers): number =>
      side.slice(0, trades).reduce((sum, [, { price }]) => sum + price, 0);
    return prices(buyers) - prices(sellers);
  },

  claims: [
    { law: 'strategy-proof', holds: true, because: 'McAfee 1992: whoever sets the prices does not trade' },
    { law: 'individually-rational', holds: true, because: 'McAfee 1992: who trades is as good as who sets its price' },
    { law: 'no-deficit', holds: true, because: 'McAfee 1992: the bid that sets a price is not below the ask' },
    {
      law: 'budget-balanced',
      holds: false,
      because: 'McAfee 1992: the difference of the bid and the ask stays with the market',
      witness: {
        reports: {
          ann: { side: 'buy', price: 9 },
          bob: { side: 'buy', price: 7 },
          cat: { side: 'sell', price: 2 },
          dan: { side: 'sell', price: 4 },
        },
      },
    },
    {
      law: 'efficient',
      holds: false,
      because: 'McAfee 1992: the least valuable trade is given up',
      witness: { reports: { ann: { side: 'buy', price: 3 }, bob: { side: 'sell', price: 1 } } },
    },
  ],
});

/** Buyers from the highest bid, sellers from the lowest ask, and how many of the pairs gain by trading. */
function efficientTrades(orders: ReadonlyMap<AgentId, Order>, tieOrder: (a: AgentId, b: AgentId) => number) {
  const ranked = (wanted: Order['side'], sign: number) =>
    [...orders]
      .filter(([, { side }]) => side === wanted)
      .sort(([a, one], [b, other]) => sign * (one.price - other.price) || tieOrder(a, b));
  const [buyers, sellers] = [ranked('buy', -1), ranked('sell', 1)];
  const lost = buyers.findIndex(
    ([, { price }], pair) => price < (sellers[pair]?.[1].price ?? Number.POSITIVE_INFINITY),
  );
  return { buyers, sellers, trades: lost === -1 ? buyers.length : lost };
}
