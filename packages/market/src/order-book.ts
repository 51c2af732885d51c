/*
 * The order book: a continuous double auction by price–time priority, as exchanges run it. Buyers and sellers send orders at any time;
 * one that meets the other side's prices trades at once, at the price of the order that was there first, and what is left rests.
 *
 * The rules are those of Harris, "Trading and Exchanges" (2003), chapters 4 and 6. It promises that what is paid is received, and no more.
 */
import {
  type AgentId,
  amount,
  defineMechanism,
  type Mechanism,
  paymentsByAgent,
  positiveAmount,
  positiveQuantity,
} from '@mechane/core';
import * as z from 'zod';
import { createOrderBook, type OrderBook } from './order-book/book.ts';
import type { OrderBookSettings } from './order-book/book-settings.ts';
import type { Depth, DepthLevel } from './order-book/depth.ts';
import { mostToTrade, type OrderBookMessage } from './order-book/order-message.ts';
import { selfTradePreventions } from './order-book/self-trade.ts';
import type { OrderBookOutcome } from './order-book/session-outcome.ts';
import { TradingSession } from './order-book/trading-session.ts';

/**
 * What everybody knows: the best prices with the quantities shown at them, the price of the last trade, and the five best prices of either side.
 *
 * @category Types of mechanisms
 */
export interface OrderBookAsk {
  readonly bid: DepthLevel | null;
  readonly ask: DepthLevel | null;
  readonly lastPrice: number | null;
  readonly depth: Depth;
}

/** @category Types of mechanisms */
export type OrderBookMarket = Mechanism<{
  id: 'market/order-book';
  settings: OrderBookSettings;
  report: never;
  outcome: OrderBookOutcome;
  message: OrderBookMessage;
  ask: OrderBookAsk;
}>;

const side = z.enum(['buy', 'sell']);
const id = z.union([z.string(), z.int()]);
const price = amount.describe('The worst price it takes: a multiple of the tick');
const stopPrice = amount.describe('The price of a trade that sets it off, or one beyond');
const quantity = positiveQuantity.describe('How much: a multiple of the lot');
const timeInForce = z.enum(['GTC', 'IOC', 'FOK', 'post-only']).optional();

const message = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('limit'),
    side,
    price,
    quantity,
    id: id.optional(),
    timeInForce,
    displayQuantity: positiveQuantity.optional().describe('An iceberg: how much of it others see at a time'),
  }),
  z.strictObject({
    type: z.literal('market'),
    side,
    quantity,
    id: id.optional(),
    timeInForce: z.enum(['IOC', 'FOK']).optional(),
  }),
  z.strictObject({ type: z.literal('stop'), side, stopPrice, quantity, id: id.optional() }),
  z.strictObject({ type: z.literal('stop-limit'), side, stopPrice, price, quantity, id: id.optional(), timeInForce }),
  z.strictObject({ type: z.literal('cancel'), id }),
  z.strictObject({
    type: z.literal('amend'),
    id,
    price: price.optional(),
    quantity: quantity.optional(),
    stopPrice: stopPrice.optional(),
  }),
]);

const reasons = [
  'duplicate-id',
  'unknown-order',
  'closed-order',
  'foreign-order',
  'would-trade',
  'not-fillable',
  'does-not-fit',
  'too-much',
] as const;
const level = z.tuple([amount, positiveQuantity]);
const depth = z.strictObject({ bids: z.array(level), asks: z.array(level) });
/** So many prices of either side everybody is told. */
const toldLevels = 5;

/**
 * The order book. Messages are worked off in the order in which they come, until nobody sends another. An amount off the tick or lot is refused
 * with `invalid-message`; what only the book as it stands turns away (a cancellation of an order that has been filled, an id that
 * is taken, a post-only order that would trade, a FOK order that cannot be filled) changes nothing and stands in `rejected`.
 *
 * An agent's orders do not trade with each other, unless `selfTradePrevention` is `none`.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const messages = [
 *   ['ann', { type: 'limit', side: 'sell', price: 101, quantity: 4, id: 'a' }],
 *   ['bob', { type: 'limit', side: 'sell', price: 100, quantity: 3 }],
 *   ['eve', { type: 'market', side: 'buy', quantity: 5 }],
 *   ['ann', { type: 'cancel', id: 'a' }],
 * ] as const;
 * const { outcome } = mechane.run('market/order-book', { messages });
 * outcome.trades.map(({ seller, price, quantity }) => [seller, price, quantity]); // => [['bob', 100, 3], ['ann', 101, 2]]
 * outcome.book; // => { bids: [], asks: [] }
 * ```
 */
export const orderBook: OrderBookMarket = defineMechanism({
  id: 'market/order-book',
  summary: 'Orders trade as they come, by price and then time, at the price of the one that rests',
  settings: z.strictObject({
    tickSize: positiveAmount.default(1).describe('What prices are multiples of'),
    lotSize: positiveQuantity.default(1).describe('What quantities are multiples of'),
    selfTradePrevention: z
      .enum(selfTradePreventions)
      .default('cancel-newest')
      .describe('Which order goes when two of one agent meet'),
  }),
  message,
  openEntry: true,
  ask: z.strictObject({ bid: level.nullable(), ask: level.nullable(), lastPrice: amount.nullable(), depth }),
  outcome: z.strictObject({
    trades: z.array(
      z.strictObject({ buyer: z.string(), seller: z.string(), price: amount, quantity: positiveQuantity }),
    ),
    book: depth,
    rejected: z.array(
      z.strictObject({
        message: z.int().nonnegative(),
        agent: z.string(),
        type: z.enum(['limit', 'market', 'stop', 'stop-limit', 'cancel', 'amend']),
        id: z.string().nullable(),
        reason: z.enum(reasons),
      }),
    ),
    payments: paymentsByAgent,
  }),

  *conduct({ settings, participants, listenEach, written }) {
    const book = createOrderBook(settings);
    const session = new TradingSession(book);
    // What is wrong is told in the prices that were written.
    const asTold = new TradingSession(createOrderBook({ ...settings, tickSize: written(settings.tickSize) }));
    const refuse = (_: AgentId, said: OrderBookMessage) =>
      session.flawOf(said) && asTold.flawOf(asWritten(said, written));
    for (;;) {
      let told: OrderBookAsk | undefined;
      // Put together when somebody looks, as where messages are played at once nobody does.
      const [said] = yield* listenEach(participants, () => (told ??= toldOf(book)), { refuse });
      if (said === undefined) return session.outcomeFor(participants);
      session.hear(...said);
    }
  },

  mostPaid: (message, { before }) => before + mostToTrade(message),
  claims: [
    { law: 'budget-balanced', holds: true, because: 'In every trade the buyer pays what the seller receives' },
    { law: 'no-deficit', holds: true, because: 'In every trade the buyer pays what the seller receives' },
  ],
});

function toldOf(book: OrderBook): OrderBookAsk {
  return {
    bid: book.best('bids'),
    ask: book.best('asks'),
    lastPrice: book.lastPrice,
    depth: book.depth(toldLevels),
  };
}

/** A message with its prices as they were written. */
function asWritten(said: OrderBookMessage, written: (amount: number) => number): OrderBookMessage {
  const prices: Record<string, number> = {};
  for (const name of ['price', 'stopPrice'] as const) {
    const price: unknown = Reflect.get(said, name);
    if (typeof price === 'number') prices[name] = written(price);
  }
  return { ...said, ...prices };
}
