import { isMechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type BookSnapshot, createOrderBook, type OrderBook, type OrderRequest, type Receipt } from '../src/index.ts';

/** Random limit and market orders, icebergs and cancellations; what is told of each operation. */
function* session(book: OrderBook, operations: number, seed: number): Generator<[OrderRequest | undefined, Receipt]> {
  const random = seededRandom(seed);
  for (let step = 0; step < operations; step++) {
    const id = `o${step}`;
    const side = random.below(2) === 0 ? 'buy' : 'sell';
    const quantity = 1 + random.below(20);
    const basics = { id, side, quantity, owner: `agent${random.below(50)}` } as const;
    const price = 1_000 + random.below(60) + (side === 'buy' ? -30 : 0);
    const draw = random.below(10);
    if (draw < 2) yield [undefined, book.cancel(`o${random.below(step + 1)}`)];
    else {
      const order: OrderRequest =
        draw === 2
          ? { type: 'market', ...basics }
          : { type: 'limit', ...basics, price, ...(draw === 3 ? { displayQuantity: 1 } : {}) };
      yield [order, book.submit(order)];
    }
  }
}

test('the book is never crossed', () => {
  const book = createOrderBook();
  for (const _ of session(book, 5_000, 1)) {
    const [bid, ask] = [book.best('bids'), book.best('asks')];
    if (bid && ask) expect(bid[0]).toBeLessThan(ask[0]);
  }
});

test('no quantity comes or goes: what was ordered has traded, is open, or was cancelled', () => {
  const book = createOrderBook();
  const ordered = new Map<unknown, number>();
  const traded = new Map<unknown, number>();
  const cancelled = new Set<unknown>();
  for (const [order, { id, status, cancelled: others, trades, filled, open }] of session(book, 5_000, 2)) {
    if (order) {
      ordered.set(id, order.quantity);
      expect(filled).toBe(trades.reduce((sum, { quantity }) => sum + quantity, 0));
      if (status === 'open') expect(filled + open).toBe(order.quantity);
    }
    if (status === 'cancelled') cancelled.add(id);
    for (const other of others) cancelled.add(other);
    for (const { maker, taker, quantity } of trades) {
      traded.set(maker, (traded.get(maker) ?? 0) + quantity);
      traded.set(taker, (traded.get(taker) ?? 0) + quantity);
    }
  }
  for (const [id, quantity] of ordered) {
    const done = traded.get(id) ?? 0;
    if (cancelled.has(id)) expect(done).toBeLessThan(quantity);
    else expect(done + book.openQuantity(id as string)).toBe(quantity);
  }
});

test('no trade goes past a better price, or past an earlier order of its price', () => {
  const book = createOrderBook({ selfTradePrevention: 'none' });
  const random = seededRandom(3);
  for (let step = 0; step < 3_000; step++) {
    const { bids, asks } = book.snapshot();
    const side = random.below(2) === 0 ? 'buy' : 'sell';
    const limit = 990 + random.below(21);
    const order = {
      type: 'limit',
      id: `o${step}`,
      owner: 'ann',
      side,
      price: limit,
      quantity: 1 + random.below(30),
    } as const;
    const { trades } = book.submit(order);
    const queue = side === 'buy' ? asks : bids;
    expect(trades.map(({ maker, price }) => [maker, price])).toEqual(
      queue.slice(0, trades.length).map(({ id, price }) => [id, price]),
    );
    for (const { price } of trades) expect(side === 'buy' ? price <= limit : price >= limit).toBe(true);
  }
});

describe('a snapshot', () => {
  const filled = () => {
    const book = createOrderBook({ tickSize: 0.5, lotSize: 2, selfTradePrevention: 'cancel-oldest' });
    for (const order of [
      { type: 'limit', id: 'ice', owner: 'ann', side: 'sell', price: 10.5, quantity: 20, displayQuantity: 6 },
      { type: 'limit', owner: 'bob', side: 'sell', price: 10.5, quantity: 4 },
      { type: 'limit', id: 'post', owner: 'bob', side: 'buy', price: 9, quantity: 4, timeInForce: 'post-only' },
      { type: 'stop', id: 's', owner: 'cat', side: 'sell', stopPrice: 9, quantity: 4 },
      {
        type: 'stop-limit',
        id: 't',
        owner: 'cat',
        side: 'buy',
        stopPrice: 11,
        price: 12,
        quantity: 4,
        timeInForce: 'IOC',
      },
      { type: 'limit', owner: 'eve', side: 'buy', price: 10.5, quantity: 8 },
    ] as const) {
      book.submit(order);
    }
    return book;
  };
  const restored = (snapshot: unknown, settings: object = filled().settings) => {
    const book = createOrderBook(settings);
    book.restore(snapshot);
    return book;
  };

  test('restores to the same book, which goes on in the same way', () => {
    const book = filled();
    const twin = restored(JSON.parse(JSON.stringify(book.snapshot())));
    expect(twin.snapshot()).toEqual(book.snapshot());
    expect(twin.lastPrice).toBe(10.5);
    for (const order of [
      { type: 'market', owner: 'dan', side: 'buy', quantity: 8 },
      { type: 'market', owner: 'dan', side: 'sell', quantity: 2 },
      { type: 'limit', owner: 'dan', side: 'buy', price: 11, quantity: 20 },
    ] as const) {
      expect(twin.submit(order)).toEqual(book.submit(order));
      expect(twin.snapshot()).toEqual(book.snapshot());
    }
  });

  test('after thousands of random operations restores to a book that goes on in the same way', () => {
    const book = createOrderBook();
    for (const _ of session(book, 3_000, 5));
    const twin = restored(JSON.parse(JSON.stringify(book.snapshot())), {});
    const further = session(twin, 1_000, 6);
    for (const [, receipt] of session(book, 1_000, 6)) expect(further.next().value?.[1]).toEqual(receipt);
    expect(twin.snapshot()).toEqual(book.snapshot());
  });

  const entry = filled()
    .snapshot()
    .asks.find(({ id }) => id === 'ice');
  test.each<[string, (snapshot: BookSnapshot) => unknown, readonly (string | number)[]]>([
    ['nothing', () => null, []],
    ['another format', (snapshot) => ({ ...snapshot, format: 2 }), ['format']],
    [
      'other settings',
      (snapshot) => ({ ...snapshot, settings: { ...snapshot.settings, lotSize: 1 } }),
      ['settings', 'lotSize'],
    ],
    ['a price off the tick', (snapshot) => ({ ...snapshot, lastPrice: 0.7 }), ['lastPrice']],
    ['two orders of one id', (snapshot) => ({ ...snapshot, bids: [entry] }), ['asks', 1, 'id']],
    [
      'an order from the future',
      (snapshot) => ({ ...snapshot, asks: [{ ...entry, arrival: 99 }] }),
      ['asks', 0, 'arrival'],
    ],
    ['an id from the future', (snapshot) => ({ ...snapshot, asks: [{ ...entry, id: 99 }] }), ['asks', 0, 'arrival']],
    [
      'an iceberg under water',
      (snapshot) => ({ ...snapshot, asks: [{ ...entry, shown: undefined }] }),
      ['asks', 0, 'shown'],
    ],
    ['an iceberg on show', (snapshot) => ({ ...snapshot, asks: [{ ...entry, shown: 8 }] }), ['asks', 0, 'shown']],
    [
      'too much',
      (snapshot) => ({ ...snapshot, asks: [1, 2].map((id) => ({ ...entry, shown: 2, id, quantity: 2 ** 53 - 2 })) }),
      ['sellStops', 0, 'quantity'],
    ],
    ['a crossed book', (snapshot) => ({ ...snapshot, bids: [{ ...entry, id: 'x', shown: 2 }] }), ['bids']],
  ])('of %s is refused, and changes nothing', (_, spoil, path) => {
    const book = filled();
    const before = book.snapshot();
    try {
      book.restore(spoil(before));
      expect.unreachable();
    } catch (thrown) {
      if (!isMechaneError(thrown)) throw thrown;
      expect([thrown.code, ...thrown.path]).toEqual(['invalid-snapshot', 'snapshot', ...path]);
    }
    expect(book.snapshot()).toEqual(before);
  });
});
