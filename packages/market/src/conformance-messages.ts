import { type Domain, singleItem } from '@mechane/conformance';
import type { OrderBookMessage } from './order-book/order-message.ts';
import type { OrderBookOutcome } from './order-book/session-outcome.ts';

const sides = ['buy', 'sell'] as const;
const timesInForce = ['GTC', 'GTC', 'IOC', 'FOK', 'post-only'] as const;

/** One message of each agent: mostly limit orders, at prices that meet. */
export const messages: Domain<unknown, OrderBookMessage> = {
  name: 'messages',
  grid: () => [
    ...sides.flatMap((side) => [1, 2].map((price) => ({ type: 'limit', side, price, quantity: 2 }) as const)),
    ...sides.map((side) => ({ type: 'market', side, quantity: 3 }) as const),
    { type: 'stop', side: 'buy', stopPrice: 2, quantity: 1 },
    { type: 'cancel', id: 'nobody’s' },
  ],
  types: () =>
    singleItem({ largest: 1_000_000 })
      .types({})
      .map(({ bid }) => messageFor(Math.floor(bid))),
  infeasible(outcome, given) {
    const { trades, book } = outcome as OrderBookOutcome;
    const [bid, ask] = [book.bids[0]?.[0] ?? Number.NEGATIVE_INFINITY, book.asks[0]?.[0] ?? Number.POSITIVE_INFINITY];
    if (bid >= ask) return `the book is left crossed: ${bid} is bid and ${ask} asked`;
    for (const [agent, message] of given) {
      const quantity = tradedBy(agent, outcome as OrderBookOutcome);
      if (quantity > orderedBy(message)) return `${agent} trades ${quantity}, more than it ordered`;
    }
    const bad = trades.find(
      ({ buyer, seller, price }) => price > limitOf(given, buyer) || price < limitOf(given, seller),
    );
    return bad && `${bad.buyer} and ${bad.seller} trade at ${bad.price}, against a limit`;
  },
};

/** Every number makes another message. */
function messageFor(number: number): OrderBookMessage {
  const side = sides[number % 2] as 'buy' | 'sell';
  const kind = Math.floor(number / 2) % 8;
  const price = Math.floor(number / 16) % 7;
  const quantity = 1 + (Math.floor(number / 112) % 5);
  if (kind === 0) return { type: 'market', side, quantity };
  if (kind === 1) return { type: 'stop', side, stopPrice: price, quantity };
  if (kind === 2) return { type: 'limit', side, price, quantity, displayQuantity: 1 };
  return { type: 'limit', side, price, quantity, timeInForce: timesInForce[kind - 3] };
}

function tradedBy(agent: string, { trades }: OrderBookOutcome): number {
  return trades.reduce(
    (sum, { buyer, seller, quantity }) => (buyer === agent || seller === agent ? sum + quantity : sum),
    0,
  );
}

function orderedBy(message: OrderBookMessage): number {
  return message.type === 'cancel' ? 0 : (message.quantity ?? 0);
}

/** The worst price that an agent takes. */
function limitOf(given: ReadonlyMap<string, OrderBookMessage>, agent: string): number {
  const message = given.get(agent);
  if (message === undefined || message.type === 'cancel' || message.type === 'amend') return Number.NaN;
  if (message.type === 'limit' || message.type === 'stop-limit') return message.price;
  return message.side === 'buy' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
