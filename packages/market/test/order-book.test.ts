import { isMechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOrderBook, type OrderBook, type OrderBookSettings, type OrderRequest } from '../src/index.ts';

type Short = Partial<OrderRequest> & Record<string, unknown>;

/** A book with one owner a letter: `a1` is ann's. */
function opened(settings: OrderBookSettings = {}): {
  book: OrderBook;
  send: (order: Short) => ReturnType<OrderBook['submit']>;
} {
  const book = createOrderBook(settings);
  const send = (order: Short) =>
    book.submit({ type: 'limit', owner: `owner of ${order.id}`, ...order } as OrderRequest);
  return { book, send };
}
const buy = (id: string, price: number, quantity: number, more: object = {}): Short => ({
  id,
  side: 'buy',
  price,
  quantity,
  ...more,
});
const sell = (id: string, price: number, quantity: number, more: object = {}): Short => ({
  id,
  side: 'sell',
  price,
  quantity,
  ...more,
});
const fills = (receipt: ReturnType<OrderBook['submit']>) =>
  receipt.trades.map(({ maker, price, quantity }) => [maker, price, quantity]);

/** The cases of liquibook's tests (github.com/enewhuis/liquibook), with the trades that they expect. */
describe('liquibook’s cases', () => {
  function book() {
    const { book, send } = opened();
    for (const order of [sell('a0', 1252, 100), sell('a1', 1251, 100), buy('b0', 1250, 100), buy('b1', 1249, 100)])
      send(order);
    return { book, send };
  }

  test('a complete bid takes the best ask', () => {
    const { book: traded, send } = book();
    expect(fills(send(buy('b2', 1251, 100)))).toEqual([['a1', 1251, 100]]);
    expect(traded.depth()).toEqual({
      bids: [
        [1250, 100],
        [1249, 100],
      ],
      asks: [[1252, 100]],
    });
  });

  test('a complete ask takes the best bid', () => {
    const { book: traded, send } = book();
    expect(fills(send(sell('a2', 1250, 100)))).toEqual([['b0', 1250, 100]]);
    expect(traded.best('bids')).toEqual([1249, 100]);
  });

  test('a bid that matches several asks takes them in the order of their times', () => {
    const { send } = opened();
    for (const order of [sell('a2', 1252, 100), sell('a0', 1251, 300), sell('a1', 1251, 200)]) send(order);
    expect(fills(send(buy('b0', 1251, 500)))).toEqual([
      ['a0', 1251, 300],
      ['a1', 1251, 200],
    ]);
  });

  test('a partial match leaves the rest of the resting order in front', () => {
    const { book: traded, send } = opened();
    send(sell('a0', 1251, 300));
    send(sell('a1', 1251, 200));
    expect(send(buy('b0', 1251, 350))).toMatchObject({ status: 'filled', filled: 350, open: 0 });
    expect(fills(send(buy('b1', 1251, 100)))).toEqual([['a1', 1251, 100]]);
    expect(traded.depth().asks).toEqual([[1251, 50]]);
  });

  test('what a bid cannot buy rests at its price', () => {
    const { book: traded, send } = book();
    expect(send(buy('b2', 1251, 150))).toMatchObject({ status: 'open', filled: 100, open: 50 });
    expect(traded.best('bids')).toEqual([1251, 50]);
  });

  test('a better price trades at the resting price', () => {
    const { send } = book();
    expect(fills(send(buy('b2', 9999, 200)))).toEqual([
      ['a1', 1251, 100],
      ['a0', 1252, 100],
    ]);
  });

  test('a cancelled order is gone, and cancelling it again is refused', () => {
    const { book: traded, send } = book();
    expect(traded.cancel('a1').status).toBe('cancelled');
    expect(traded.best('asks')).toEqual([1252, 100]);
    expect(traded.cancel('a1')).toMatchObject({ status: 'rejected', rejection: 'unknown-order' });
    send(buy('b2', 1252, 100));
    expect(traded.cancel('a0')).toMatchObject({ status: 'rejected', rejection: 'unknown-order' });
  });

  test('an order that is made smaller keeps its place, one that is made larger loses it', () => {
    const { book: traded, send } = opened();
    for (const order of [buy('b0', 10, 5), buy('b1', 10, 5), buy('b2', 10, 5)]) send(order);
    expect(traded.amend({ id: 'b0', quantity: 3 })).toMatchObject({ status: 'open', open: 3 });
    expect(traded.amend({ id: 'b1', quantity: 6 })).toMatchObject({ status: 'open', open: 6 });
    expect(fills(send(sell('a0', 10, 14)))).toEqual([
      ['b0', 10, 3],
      ['b2', 10, 5],
      ['b1', 10, 6],
    ]);
  });

  test('an order that is given a crossing price trades at once', () => {
    const { book: traded } = book();
    expect(fills(traded.amend({ id: 'b1', price: 1252 }))).toEqual([['a1', 1251, 100]]);
    expect(traded.has('b1')).toBe(false);
  });
});

describe('time in force', () => {
  test('IOC takes what is there and rests nothing', () => {
    const { book, send } = opened();
    send(sell('a', 10, 5));
    expect(send(buy('b', 10, 8, { timeInForce: 'IOC' }))).toMatchObject({ status: 'cancelled', filled: 5, open: 0 });
    expect(book.size).toBe(0);
  });

  test('FOK is filled in full or leaves everything as it was', () => {
    const { book, send } = opened();
    send(sell('a', 10, 5));
    send(sell('b', 11, 5));
    const before = book.snapshot();
    expect(send(buy('c', 10, 6, { timeInForce: 'FOK' }))).toMatchObject({
      status: 'rejected',
      rejection: 'not-fillable',
    });
    expect({ ...book.snapshot(), arrivals: before.arrivals }).toEqual(before);
    expect(fills(send(buy('d', 11, 6, { timeInForce: 'FOK' })))).toEqual([
      ['a', 10, 5],
      ['b', 11, 1],
    ]);
    expect(send({ type: 'market', id: 'e', side: 'buy', quantity: 9, timeInForce: 'FOK' }).rejection).toBe(
      'not-fillable',
    );
  });

  test('FOK counts what icebergs hide, but not behind an order of its owner', () => {
    const { send } = opened();
    send(sell('a', 10, 9, { displayQuantity: 2 }));
    expect(send(buy('b', 10, 9, { timeInForce: 'FOK' })).status).toBe('filled');
    send(sell('c', 10, 9, { displayQuantity: 2 }));
    send(sell('d', 10, 1, { owner: 'eve' }));
    expect(send(buy('e', 10, 3, { owner: 'eve', timeInForce: 'FOK' })).rejection).toBe('not-fillable');
    expect(send(buy('e', 10, 2, { owner: 'eve', timeInForce: 'FOK' })).status).toBe('filled');
  });

  test('post-only never takes: it is refused where it would trade', () => {
    const { send } = opened();
    send(sell('a', 10, 5));
    expect(send(buy('b', 10, 1, { timeInForce: 'post-only' })).rejection).toBe('would-trade');
    expect(send(buy('b', 9, 1, { timeInForce: 'post-only' })).status).toBe('open');
  });

  test('a post-only order cannot be amended into a trade', () => {
    const { book, send } = opened();
    send(sell('a', 10, 5));
    send(buy('b', 9, 1, { timeInForce: 'post-only' }));
    expect(book.amend({ id: 'b', price: 10 })).toMatchObject({ rejection: 'would-trade', open: 1 });
    expect(book.best('bids')).toEqual([9, 1]);
  });

  test('a market order on an empty book is cancelled', () => {
    const { send } = opened();
    expect(send({ type: 'market', id: 'a', side: 'buy', quantity: 3 })).toMatchObject({
      status: 'cancelled',
      filled: 0,
    });
  });
});

describe('icebergs', () => {
  test('show a part, and lose their place whenever they show more', () => {
    const { book, send } = opened();
    send(sell('ice', 10, 10, { displayQuantity: 4 }));
    send(sell('a', 10, 3));
    expect(book.depth().asks).toEqual([[10, 7]]);
    expect(book.openQuantity('ice')).toBe(10);
    expect(fills(send(buy('b', 10, 9)))).toEqual([
      ['ice', 10, 4],
      ['a', 10, 3],
      ['ice', 10, 2],
    ]);
    expect(book.depth().asks).toEqual([[10, 2]]);
    expect(fills(send(buy('c', 10, 4)))).toEqual([
      ['ice', 10, 2],
      ['ice', 10, 2],
    ]);
    expect(book.size).toBe(0);
  });

  test('made smaller, lose what they hide first', () => {
    const { book, send } = opened();
    send(sell('ice', 10, 10, { displayQuantity: 4 }));
    book.amend({ id: 'ice', quantity: 5 });
    expect(book.depth().asks).toEqual([[10, 4]]);
    book.amend({ id: 'ice', quantity: 3 });
    expect(book.depth().asks).toEqual([[10, 3]]);
  });
});

describe('stops', () => {
  test('wait for a trade at their price, and then trade at the market', () => {
    const { book, send } = opened();
    send({ type: 'stop', id: 's', side: 'sell', stopPrice: 9, quantity: 5 });
    for (const order of [buy('b0', 10, 1), buy('b1', 9, 1), buy('b2', 8, 9)]) send(order);
    expect(send(sell('a', 10, 1)).triggered).toEqual([]);
    const receipt = send(sell('c', 9, 1));
    expect(receipt.triggered).toEqual(['s']);
    expect(fills(receipt)).toEqual([
      ['b1', 9, 1],
      ['b2', 8, 5],
    ]);
    expect(book.lastPrice).toBe(8);
  });

  test('trigger others in turn, those of one trade in the order in which they came', () => {
    const { send } = opened();
    for (const price of [10, 11, 12, 13]) send(sell(`a${price}`, price, 1));
    send({ type: 'stop', id: 'late', side: 'buy', stopPrice: 11, quantity: 1 });
    send({ type: 'stop', id: 'second', side: 'buy', stopPrice: 10, quantity: 1 });
    send({ type: 'stop', id: 'third', side: 'buy', stopPrice: 10, quantity: 1 });
    const receipt = send(buy('b', 10, 1));
    expect(receipt.triggered).toEqual(['second', 'third', 'late']);
    expect(receipt.trades.map(({ taker, price }) => [taker, price])).toEqual([
      ['b', 10],
      ['second', 11],
      ['third', 12],
      ['late', 13],
    ]);
  });

  test('with a limit rest at it', () => {
    const { book, send } = opened();
    send({ type: 'stop-limit', id: 's', side: 'buy', stopPrice: 10, price: 9, quantity: 5 });
    expect(book.size).toBe(1);
    send(sell('a', 10, 1));
    expect(send(buy('b', 10, 1)).triggered).toEqual(['s']);
    expect(book.depth().bids).toEqual([[9, 5]]);
  });

  test('are triggered at once where the last trade is beyond their price', () => {
    const { send } = opened();
    send(sell('a', 10, 1));
    send(buy('b', 10, 1));
    send(sell('c', 12, 2));
    expect(fills(send({ type: 'stop', id: 's', side: 'buy', stopPrice: 9, quantity: 1 }))).toEqual([['c', 12, 1]]);
  });

  test('can be cancelled and amended while they wait', () => {
    const { book, send } = opened();
    send({ type: 'stop', id: 's', side: 'buy', stopPrice: 9, quantity: 5 });
    expect(book.amend({ id: 's', quantity: 4 })).toMatchObject({ status: 'waiting', open: 4 });
    expect(book.amend({ id: 's', stopPrice: 8 })).toMatchObject({ status: 'waiting', open: 4 });
    expect(book.amend({ id: 's', price: 8 })).toMatchObject({ rejection: 'does-not-fit', open: 4 });
    expect(book.cancel('s').status).toBe('cancelled');
    expect(book.size).toBe(0);
  });

  test('what is left of an order may trade with the stop that it triggered', () => {
    const { book, send } = opened();
    send({ type: 'stop', id: 's', side: 'sell', stopPrice: 10, quantity: 3 });
    send(sell('a', 10, 1));
    expect(send(buy('b', 10, 4))).toMatchObject({ status: 'filled', filled: 4, open: 0, triggered: ['s'] });
    expect(book.size).toBe(0);
  });

  test('what is left of a stop that finds nobody is cancelled, and said to be', () => {
    const { book, send } = opened();
    send({ type: 'stop', id: 's', side: 'buy', stopPrice: 10, quantity: 3 });
    send(sell('a', 10, 1));
    expect(send(buy('b', 10, 1))).toMatchObject({ triggered: ['s'], cancelled: ['s'] });
    expect(book.has('s')).toBe(false);
  });
});

describe('self-trades', () => {
  const play = (selfTradePrevention: OrderBookSettings['selfTradePrevention']) => {
    const { book, send } = opened({ selfTradePrevention });
    send(sell('a', 10, 2, { owner: 'ann' }));
    send(sell('own', 10, 2, { owner: 'eve' }));
    send(sell('c', 10, 2, { owner: 'cat' }));
    const receipt = send(buy('b', 10, 5, { owner: 'eve' }));
    return [receipt.status, receipt.filled, receipt.cancelled, book.depth().asks, book.depth().bids];
  };

  test.each([
    [undefined, ['cancelled', 2, [], [[10, 4]], []]],
    ['cancel-newest', ['cancelled', 2, [], [[10, 4]], []]],
    ['cancel-oldest', ['open', 4, ['own'], [], [[10, 1]]]],
    ['cancel-both', ['cancelled', 2, ['own'], [[10, 2]], []]],
    ['none', ['filled', 5, [], [[10, 1]], []]],
  ] as const)('%s', (prevention, expected) => {
    expect(play(prevention)).toEqual(expected);
  });
});

describe('units', () => {
  test('prices and quantities come back as the decimals that they were', () => {
    const { book, send } = opened({ tickSize: 0.01, lotSize: 0.1 });
    for (const price of [0.57, 0.29, 1.15, 4.35]) send(sell(`a${price}`, price, 0.3));
    expect(book.depth().asks).toEqual([
      [0.29, 0.3],
      [0.57, 0.3],
      [1.15, 0.3],
      [4.35, 0.3],
    ]);
    expect(send(buy('b', 0.57, 0.4)).trades.map(({ price, quantity }) => [price, quantity])).toEqual([
      [0.29, 0.3],
      [0.57, 0.1],
    ]);
    expect(book.openQuantity('a0.57')).toBe(0.2);
  });

  test('a tick that is no decimal works too', () => {
    const { book, send } = opened({ tickSize: 1 / 3 });
    send(sell('a', 2 / 3, 1));
    expect(book.best('asks')).toEqual([2 / 3, 1]);
  });

  test('0 and 1e15 are prices', () => {
    const { book, send } = opened();
    send(buy('a', 0, 1));
    send(sell('b', 1e15, 1));
    expect(book.depth()).toEqual({ bids: [[0, 1]], asks: [[1e15, 1]] });
    expect(fills(send(sell('c', 0, 1)))).toEqual([['a', 0, 1]]);
  });
});

describe('bad input', () => {
  const refusal = (act: () => unknown) => {
    try {
      act();
    } catch (thrown) {
      if (isMechaneError(thrown)) return [thrown.code, ...thrown.path];
    }
    throw new Error('nothing was refused');
  };

  test.each([
    [{ price: 10.5 }, 'price'],
    [{ price: -1 }, 'price'],
    [{ price: Number.NaN }, 'price'],
    [{ price: Number.POSITIVE_INFINITY }, 'price'],
    [{ price: 1e308 }, 'price'],
    [{ price: '10' }, 'price'],
    [{ price: undefined }, 'price'],
    [{ quantity: 0 }, 'quantity'],
    [{ quantity: -5 }, 'quantity'],
    [{ quantity: 1.5 }, 'quantity'],
    [{ quantity: null }, 'quantity'],
    [{ displayQuantity: 0 }, 'displayQuantity'],
    [{ displayQuantity: 6 }, 'displayQuantity'],
    [{ displayQuantity: 2, timeInForce: 'IOC' }, 'displayQuantity'],
    [{ displayQuantity: 2, timeInForce: 'FOK' }, 'displayQuantity'],
    [{ side: 'hold' }, 'side'],
    [{ type: 'toString' }, 'type'],
    [{ owner: 7 }, 'owner'],
    [{ id: 7 }, 'id'],
    [{ timeInForce: 'GTD' }, 'timeInForce'],
    [{ type: 'market', timeInForce: 'GTC' }, 'timeInForce'],
    [{ type: 'stop', stopPrice: 1.5 }, 'stopPrice'],
  ])('the order %j is refused', (wrong, field) => {
    const { book, send } = opened();
    expect(refusal(() => send(buy('a', 10, 5, wrong)))).toEqual(['invalid-order', field]);
    expect(book.size).toBe(0);
  });

  test.each([
    [{}, 'quantity'],
    [{ quantity: 0 }, 'quantity'],
    [{ price: 0.5 }, 'price'],
    [{ stopPrice: -1 }, 'stopPrice'],
  ])('the amendment %j is refused', (wrong, field) => {
    const { book, send } = opened();
    send(buy('a', 10, 5));
    expect(refusal(() => book.amend({ id: 'a', ...wrong }))).toEqual(['invalid-order', field]);
  });

  test.each([
    [{ tickSize: 0 }, 'tickSize'],
    [{ lotSize: Number.NaN }, 'lotSize'],
    [{ tickSize: 'penny' }, 'tickSize'],
    [{ selfTradePrevention: 'always' }, 'selfTradePrevention'],
  ])('the settings %j are refused', (wrong, field) => {
    expect(refusal(() => createOrderBook(wrong as OrderBookSettings))).toEqual(['invalid-order', field]);
  });

  test('an id that is open is refused, one that is free again is not', () => {
    const { book, send } = opened();
    send(buy('a', 10, 5));
    expect(send(buy('a', 11, 5))).toMatchObject({ status: 'rejected', rejection: 'duplicate-id' });
    expect(book.depth().bids).toEqual([[10, 5]]);
    book.cancel('a');
    expect(send(buy('a', 11, 5)).status).toBe('open');
  });

  test('nobody cancels or amends an order of somebody else', () => {
    const { book, send } = opened();
    send(buy('a', 10, 5, { owner: 'ann' }));
    expect(book.cancel('a', 'eve').rejection).toBe('foreign-order');
    expect(book.amend({ id: 'a', owner: 'eve', quantity: 1 }).rejection).toBe('foreign-order');
    expect(book.amend({ id: 'b', quantity: 1 }).rejection).toBe('unknown-order');
    expect(book.amend({ id: 'a', stopPrice: 1 }).rejection).toBe('does-not-fit');
    expect(book.openQuantity('a')).toBe(5);
    expect(book.openQuantity('b')).toBe(0);
  });

  test('ids that objects know already are ids like any other', () => {
    const { book, send } = opened();
    for (const id of ['__proto__', 'constructor', 'toString', '']) {
      expect(book.cancel(id).rejection).toBe('unknown-order');
      expect(send(buy(id, 10, 1, { owner: '__proto__' })).status).toBe('open');
    }
    expect(book.depth().bids).toEqual([[10, 4]]);
    expect(book.cancel('__proto__', '__proto__').status).toBe('cancelled');
  });

  test('more than can be counted exactly is turned away', () => {
    const { book, send } = opened();
    expect(send(buy('a', 10, Number.MAX_SAFE_INTEGER)).status).toBe('open');
    expect(send(buy('b', 10, 1)).rejection).toBe('too-much');
    expect(book.amend({ id: 'a', quantity: Number.MAX_SAFE_INTEGER - 1 }).status).toBe('open');
    expect(send(buy('b', 10, 1)).status).toBe('open');
    expect(book.amend({ id: 'b', quantity: 2 }).rejection).toBe('too-much');
  });

  test('orders without ids are given numbers, which are no texts', () => {
    const { book, send } = opened();
    const { id } = send({ side: 'buy', price: 10, quantity: 1 });
    expect(id).toBe(1);
    expect(book.cancel('1').rejection).toBe('unknown-order');
    expect(book.cancel(id).status).toBe('cancelled');
  });
});
