/*
 * A posted price in a two-sided market: who buys and who sells at it is asked, and as many of each side trade as there are of the other.
 *
 * Hagerty and Rogerson, "Robust trading mechanisms", Journal of Economic Theory 42 (1987). It promises that truth is best and that all
 * money goes from buyers to sellers; they show that nothing but posted prices promises both. It does not promise efficiency.
 */
import {
  type AgentId,
  type Allocation,
  amount,
  defineMechanism,
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

/** Who buys and who sells at a posted price trades at it. */
export const postedPrice: Mechanism<{
  id: '__ID__/posted-price';
  settings: { price: number };
  report: Order;
  outcome: { readonly trades: Allocation; readonly payments: Payments };
  message: 'buy' | 'sell' | 'pass';
  ask: { price: number };
}> = defineMechanism({
  id: '__ID__/posted-price',
  summary: 'Who buys and who sells at a posted price trades at it (Hagerty and Rogerson 1987)',
  settings: z.strictObject({ price: amount.describe('What one unit costs') }),
  report: z.strictObject({
    side: z.enum(['buy', 'sell']),
    price: amount.describe('The most a buyer pays, the least a seller takes, for one unit'),
  }),
  message: z.enum(['buy', 'sell', 'pass']),
  ask: z.strictObject({ price: amount }),
  outcome: z.strictObject({ trades: z.record(z.string(), signedQuantity), payments: paymentsByAgent }),

  *conduct({ settings: { price }, participants, ask, tieOrder }) {
    const replies = yield* ask(participants, { price });
    const willing = (to: 'buy' | 'sell'): AgentId[] =>
      participants.filter((agent) => replies.get(agent) === to).sort(tieOrder);
    const [buyers, sellers] = [willing('buy'), willing('sell')];
    const pairs = Math.min(buyers.length, sellers.length);
    const buying = new Set(buyers.slice(0, pairs));
    const trading = new Set([...buying, ...sellers.slice(0, pairs)]);
    const bought = (agent: AgentId): number => (buying.has(agent) ? 1 : -1);
    return {
      trades: perAgent(trading, bought),
      payments: perAgent(participants, (agent) => (trading.has(agent) ? price * bought(agent) : 0)),
    };
  },

  proxy:
    ({ side, price: limit }) =>
    ({ price }) =>
      (side === 'buy' ? limit > price : limit < price) ? side : 'pass',

  value: (agent, { price }, { trades }) => price * (trades[agent] ?? 0),
  bestWelfare(types) {
    const prices = (wanted: Order['side']): number[] =>
      [...types.values()].flatMap(({ side, price }) => (side === wanted ? [price] : [])).sort((a, b) => a - b);
    const [bids, asks] = [prices('buy').reverse(), prices('sell')];
    return bids.reduce((gains, bid, pair) => gains + Math.max(0, bid - (asks[pair] ?? bid)), 0);
  },

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Hagerty and Rogerson 1987: nobody moves the price' },
    { law: 'obviously-strategy-proof', holds: true, because: 'Li 2017: at a posted price a lie gains nothing, ever' },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody has to trade' },
    { law: 'budget-balanced', holds: true, because: 'By definition: what a buyer pays a seller receives' },
    {
      law: 'efficient',
      holds: false,
      because: 'Hagerty and Rogerson 1987: trades on one side of the price are lost',
      witness: {
        settings: { price: 5 },
        reports: { ann: { side: 'buy', price: 4 }, bob: { side: 'sell', price: 1 } },
      },
    },
  ],
});
