import { type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  type BookTrade,
  createOrderBook,
  type OrderBook,
  type OrderId,
  type OrderRequest,
  type Receipt,
  type SelfTradePrevention,
  type SnapshotOrder,
  type SnapshotStop,
} from '../src/index.ts';
import { NaiveBook, type Standing } from './naive-book.ts';

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

/** Whether both lists say the same, item by item. */
function agree<Mine, Theirs>(
  mine: readonly Mine[],
  theirs: readonly Theirs[],
  isSame: (one: Mine, other: Theirs) => boolean,
): boolean {
  return mine.length === theirs.length && mine.every((one, place) => isSame(one, theirs[place] as Theirs));
}

/** What {@link stateOf} and {@link naiveStateOf} compare, without writing either down: that took most of the time. */
function holdTheSame(book: OrderBook, naive: NaiveBook): boolean {
  const { bids, asks, buyStops, sellStops, arrivals, lastPrice } = book.snapshot();
  const isSameOrder = (order: SnapshotOrder, standing: Standing) =>
    order.id === standing.id &&
    order.owner === standing.owner &&
    order.arrival === standing.arrival &&
    order.price === standing.price &&
    order.quantity === standing.open &&
    (order.shown ?? order.quantity) === standing.shown;
  const isSameStop = (stop: SnapshotStop, standing: Standing) =>
    stop.id === standing.id &&
    stop.owner === standing.owner &&
    stop.arrival === standing.arrival &&
    stop.stopPrice === standing.stop &&
    (stop.price ?? Number.POSITIVE_INFINITY) ===
      (stop.price === undefined ? Math.abs(standing.price) : standing.price) &&
    stop.quantity === standing.open;
  return (
    arrivals === naive.arrivals &&
    lastPrice === naive.last &&
    agree(bids, naive.sorted('buy'), isSameOrder) &&
    agree(asks, naive.sorted('sell'), isSameOrder) &&
    agree(buyStops, naive.sortedStops('buy'), isSameStop) &&
    agree(sellStops, naive.sortedStops('sell'), isSameStop)
  );
}

function isSameTrade(one: BookTrade, other: BookTrade): boolean {
  return (
    one.buyer === other.buyer &&
    one.seller === other.seller &&
    one.price === other.price &&
    one.quantity === other.quantity &&
    one.maker === other.maker &&
    one.taker === other.taker
  );
}

const isSameId = (one: OrderId, other: OrderId) => one === other;

function isSameReceipt(one: Receipt, other: Receipt): boolean {
  return (
    one.id === other.id &&
    one.status === other.status &&
    one.filled === other.filled &&
    one.open === other.open &&
    one.rejection === other.rejection &&
    agree(one.trades, other.trades, isSameTrade) &&
    agree(one.triggered, other.triggered, isSameId) &&
    agree(one.cancelled, other.cancelled, isSameId)
  );
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
    let mine: Receipt;
    let theirs: Receipt;
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
    // Only where they differ is it worth a comparison that explains itself.
    if (!isSameReceipt(mine, theirs)) {
      expect(mine, `operation ${operation}`).toEqual(theirs);
      expect.unreachable(`operation ${operation} differs`);
    }
    if (operation % 4 === 0 && !holdTheSame(book, naive)) {
      expect(stateOf(book), `after operation ${operation}`).toEqual(naiveStateOf(naive));
      expect.unreachable(`after operation ${operation} the books differ`);
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
  ] as const)('self-trade prevention: %s', { tags: ['long'], timeout: 120_000 }, (prevention, seed) => {
    play(prevention, 250_000, seed);
  });
});
