import { type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOrderBook, type OrderBook, type OrderRequest, type SelfTradePrevention } from '../src/index.ts';
import { NaiveBook } from './naive-book.ts';

const owners = ['ann', 'bob', 'cat'];
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random.below(items.length)] as Item;

/** An order of any type, at few prices, so that everything meets. */
function randomOrder(random: Random, id: string | undefined): OrderRequest {
  const basics = {
    owner: pick(random, owners),
    side: pick(random, ['buy', 'sell'] as const),
    quantity: 1 + random.below(9),
    ...(id === undefined ? {} : { id }),
  };
  const price = 95 + random.below(11);
  const timeInForce = pick(random, ['GTC', 'IOC', 'FOK', 'post-only'] as const);
  switch (random.below(12)) {
    case 0:
      return { type: 'market', ...basics, timeInForce: pick(random, ['IOC', 'FOK']) };
    case 1:
      return { type: 'market', ...basics };
    case 2:
      return { type: 'stop', ...basics, stopPrice: price };
    case 3:
      return { type: 'stop-limit', ...basics, stopPrice: price, price: 95 + random.below(11), timeInForce };
    case 4:
      return { type: 'limit', ...basics, price, displayQuantity: 1 + random.below(basics.quantity) };
    case 5:
      return { type: 'limit', ...basics, price, timeInForce };
    default:
      return { type: 'limit', ...basics, price };
  }
}

const flat = ({ id, owner, arrival }: { id: string | number; owner: string; arrival: number }) =>
  `${id} ${owner} ${arrival}`;

/** All that a book holds, in words. */
function stateOf(book: OrderBook): unknown {
  const { bids, asks, buyStops, sellStops, arrivals, lastPrice } = book.snapshot();
  return [
    arrivals,
    lastPrice,
    ...[bids, asks].map((side) =>
      side.map((order) => `${flat(order)} ${order.price} ${order.quantity} ${order.shown ?? order.quantity}`),
    ),
    ...[buyStops, sellStops].map((side) =>
      side.map((stop) => `${flat(stop)} ${stop.stopPrice} ${stop.price ?? 'any'} ${stop.quantity}`),
    ),
  ];
}

function naiveStateOf(naive: NaiveBook): unknown {
  return [
    naive.arrivals,
    naive.last,
    ...(['buy', 'sell'] as const).map((side) =>
      naive.sorted(side).map((order) => `${flat(order)} ${order.price} ${order.open} ${order.shown}`),
    ),
    ...(['buy', 'sell'] as const).map((side) =>
      naive
        .sortedStops(side)
        .map(
          (stop) => `${flat(stop)} ${stop.stop} ${Math.abs(stop.price) === Infinity ? 'any' : stop.price} ${stop.open}`,
        ),
    ),
  ];
}

/** Plays operations on both books and compares what they say each time, and what they hold every so often. */
function play(prevention: SelfTradePrevention, operations: number, seed: number): void {
  const random = seededRandom(seed);
  const book = createOrderBook({ selfTradePrevention: prevention });
  const naive = new NaiveBook(prevention);
  const named: (string | number)[] = [];
  for (let operation = 0; operation < operations; operation++) {
    const draw = random.below(100);
    const id = named.length > 0 ? pick(random, named) : 'x';
    const owner = pick(random, owners);
    // More leaves than comes once the book is full, so that it stays small enough to be sorted each time.
    const crowded = naive.resting.length + naive.waiting.length > 12;
    let mine: unknown;
    let theirs: unknown;
    if (draw < (crowded ? 45 : 10)) {
      [mine, theirs] = [book.cancel(id, owner), naive.cancel(id, owner)];
    } else if (draw < (crowded ? 60 : 22)) {
      const amend = {
        id,
        owner,
        ...(random.below(2) === 0 ? {} : { price: 95 + random.below(11) }),
        ...(random.below(4) === 0 ? { stopPrice: 95 + random.below(11) } : {}),
        quantity: 1 + random.below(9),
      };
      [mine, theirs] = [book.amend(amend), naive.amend(amend)];
    } else {
      const order = randomOrder(random, random.below(3) === 0 ? undefined : `o${random.below(40)}`);
      const receipt = book.submit(order);
      [mine, theirs] = [receipt, naive.submit(order)];
      named.push(receipt.id);
      if (named.length > 16) named.shift();
    }
    const [said, expected] = [JSON.stringify(mine), JSON.stringify(theirs)];
    // Only where they differ is it worth a comparison that explains itself.
    if (said !== expected) expect(mine, `operation ${operation}`).toEqual(theirs);
    if (operation % 4 === 0 && JSON.stringify(stateOf(book)) !== JSON.stringify(naiveStateOf(naive))) {
      expect(stateOf(book), `after operation ${operation}`).toEqual(naiveStateOf(naive));
    }
  }
  expect(stateOf(book)).toEqual(naiveStateOf(naive));
}

describe('1,000,000 random operations leave the same trades and the same book as sorted lists', () => {
  test.each([
    ['cancel-newest', 1],
    ['cancel-oldest', 2],
    ['cancel-both', 3],
    ['none', 4],
  ] as const)(
    'self-trade prevention: %s',
    (prevention, seed) => {
      play(prevention, 250_000, seed);
    },
    120_000,
  );
});
