import { createMechane, isMechaneError, journalRecorder } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { messages as domain } from '../src/conformance-messages.ts';
import { markets, type OrderBookMessage, type OrderBookSettings } from '../src/index.ts';

const mechane = createMechane().use(markets);
type Said = readonly (readonly [string, OrderBookMessage])[];
const play = (messages: Said, settings: OrderBookSettings = {}) =>
  mechane.run('market/order-book', { settings, messages });

const resting: Said = [
  ['ann', { type: 'limit', side: 'sell', price: 10, quantity: 4, id: 'a' }],
  ['bob', { type: 'limit', side: 'buy', price: 9, quantity: 4, id: 7 }],
];

test('what is paid is received', () => {
  const { outcome, metrics } = play([...resting, ['eve', { type: 'market', side: 'buy', quantity: 3 }]]);
  expect(outcome).toEqual({
    trades: [{ buyer: 'eve', seller: 'ann', price: 10, quantity: 3 }],
    book: { bids: [[9, 4]], asks: [[10, 1]] },
    rejected: [],
    payments: { ann: -30, bob: 0, eve: 30 },
  });
  expect(metrics).toEqual({ participants: 3, rounds: 4, welfare: null, efficiency: null, revenue: 0 });
});

test('without messages there is an empty book', () => {
  expect(play([]).outcome).toEqual({ trades: [], book: { bids: [], asks: [] }, rejected: [], payments: {} });
});

test('what the book turns away is said, with the reason, and changes nothing', () => {
  const { outcome } = play([
    ...resting,
    ['eve', { type: 'cancel', id: 'a' }],
    ['eve', { type: 'amend', id: 'a', quantity: 1 }],
    ['eve', { type: 'cancel', id: 'nobody’s' }],
    ['eve', { type: 'limit', side: 'buy', price: 1, quantity: 1, id: '7' }],
    ['eve', { type: 'limit', side: 'buy', price: 10, quantity: 5, id: 'k', timeInForce: 'FOK' }],
    ['eve', { type: 'limit', side: 'buy', price: 10, quantity: 5, timeInForce: 'post-only' }],
  ]);
  expect(outcome.book).toEqual({ bids: [[9, 4]], asks: [[10, 4]] });
  expect(outcome.rejected.map(({ message, agent, type, id, reason }) => [message, agent, type, id, reason])).toEqual([
    [2, 'eve', 'cancel', 'a', 'foreign-order'],
    [3, 'eve', 'amend', 'a', 'foreign-order'],
    [4, 'eve', 'cancel', 'nobody’s', 'unknown-order'],
    [5, 'eve', 'limit', '7', 'duplicate-id'],
    [6, 'eve', 'limit', 'k', 'not-fillable'],
    [7, 'eve', 'limit', null, 'would-trade'],
  ]);
});

test('an order that is filled or cancelled can neither be cancelled again nor have its id used again', () => {
  const { outcome } = play([
    ...resting,
    ['eve', { type: 'limit', side: 'buy', price: 10, quantity: 4, id: 'e' }],
    ['bob', { type: 'cancel', id: '7' }],
    ['ann', { type: 'cancel', id: 'a' }],
    ['bob', { type: 'cancel', id: 7 }],
    ['bob', { type: 'limit', side: 'buy', price: 9, quantity: 4, id: 7 }],
  ]);
  expect(outcome.rejected.map(({ message, reason }) => [message, reason])).toEqual([
    [4, 'closed-order'],
    [5, 'closed-order'],
    [6, 'duplicate-id'],
  ]);
  expect(outcome.book).toEqual({ bids: [], asks: [] });
});

test('amendments, icebergs and stops come as messages', () => {
  const { outcome } = play([
    ['ann', { type: 'limit', side: 'sell', price: 10, quantity: 6, id: 'ice', displayQuantity: 2 }],
    ['bob', { type: 'stop', side: 'buy', stopPrice: 11, quantity: 1 }],
    ['bob', { type: 'stop-limit', side: 'buy', stopPrice: 11, price: 9, quantity: 1, id: 's' }],
    ['ann', { type: 'amend', id: 'ice', price: 11 }],
    ['eve', { type: 'market', side: 'buy', quantity: 3 }],
  ]);
  expect(outcome.trades.map(({ buyer, price, quantity }) => [buyer, price, quantity])).toEqual([
    ['eve', 11, 2],
    ['eve', 11, 1],
    ['bob', 11, 1],
  ]);
  expect(outcome.book).toEqual({ bids: [[9, 1]], asks: [[11, 2]] });
});

test('an agent called __proto__ trades like any other', () => {
  const { outcome } = play([
    ['__proto__', { type: 'limit', side: 'sell', price: 2, quantity: 1, id: '__proto__' }],
    ['constructor', { type: 'market', side: 'buy', quantity: 1 }],
  ]);
  expect(Object.entries(outcome.payments)).toEqual([
    ['__proto__', -2],
    ['constructor', 2],
  ]);
});

test('a journal replays to the same trades and the same book', () => {
  const journal = journalRecorder();
  const given: Said = [
    ...resting,
    ['eve', { type: 'limit', side: 'sell', price: 9, quantity: 6, displayQuantity: 1, id: 'ice' }],
    ['bob', { type: 'cancel', id: 'a' }],
    ['bob', { type: 'amend', id: 7, quantity: 2 }],
    ['ann', { type: 'amend', id: 'a', quantity: 2 }],
  ];
  const { outcome } = mechane.run('market/order-book', { messages: given, journal });
  expect(outcome.trades).toHaveLength(1);
  expect(outcome.rejected.map(({ reason }) => reason)).toEqual(['foreign-order', 'closed-order']);
  expect(mechane.replay(JSON.parse(JSON.stringify(journal.journal()))).outcome).toEqual(outcome);
});

test('a live agent whose message no book could take may try again, and nobody else notices', async () => {
  const seen: unknown[] = [];
  const watching = (ask: unknown) => {
    seen.push(ask);
    return undefined;
  };
  const agents = { ann: 'external', bob: 'external', eve: watching } as const;
  const session = mechane.open('market/order-book', { settings: { tickSize: 0.25 }, agents });
  const codes: string[] = [];
  const tries: [string, OrderBookMessage][] = [
    ['ann', { type: 'limit', side: 'sell', price: 1.3, quantity: 1 }],
    ['ann', { type: 'limit', side: 'sell', price: 1.25, quantity: 1 }],
    ['bob', { type: 'amend', id: 'x', quantity: 0.5 }],
    ['bob', { type: 'market', side: 'buy', quantity: 1 }],
  ];
  for await (const event of session) {
    if (event.kind !== 'asked') continue;
    if (tries.length === 0) session.close();
    for (let next = tries.shift(); next; next = tries.shift()) {
      try {
        await session.submit(...next);
        break;
      } catch (thrown) {
        if (isMechaneError(thrown)) codes.push(thrown.code);
      }
    }
  }
  const { trades } = await session.outcome;
  expect(codes).toEqual(['invalid-message', 'invalid-message']);
  expect(trades).toEqual([{ buyer: 'bob', seller: 'ann', price: 1.25, quantity: 1 }]);
  expect(seen).toEqual([
    { bid: null, ask: null, lastPrice: null, depth: { bids: [], asks: [] } },
    { bid: null, ask: [1.25, 1], lastPrice: null, depth: { bids: [], asks: [[1.25, 1]] } },
    { bid: null, ask: null, lastPrice: 1.25, depth: { bids: [], asks: [] } },
  ]);
});

test.each([
  [{ price: 100.25, quantity: 1 }, '"tickSize": 0.01'],
  [{ price: 0.00001234, quantity: 3 }, '"tickSize": 1e-8'],
  [{ price: 1, quantity: 0.5 }, '"lotSize": 0.1'],
])('an order at %j is refused with the setting that takes it', (terms, setting) => {
  const messages = [['ann', { type: 'limit', side: 'buy', ...terms }]] as const;
  expect(() => mechane.run('market/order-book', { messages })).toThrow(
    `round it, or open the book with the setting ${setting}.`,
  );
  const settings = JSON.parse(`{${setting}}`);
  const { book } = mechane.run('market/order-book', { settings, messages }).outcome;
  expect(book.bids).toEqual([[terms.price, terms.quantity]]);
});

test('what is wrong with a price is told by the tick of the book', () => {
  const messages = [['ann', { type: 'limit', side: 'buy', price: 1.3, quantity: 1 }]] as const;
  expect(() => play(messages, { tickSize: 0.25 })).toThrow('1.3 is no multiple of the tick, 0.25');
  expect(() => play([['ann', { type: 'market', side: 'buy', quantity: 0.5 }]], { tickSize: 0.25 })).toThrow(
    expect.objectContaining({ path: ['messages', 0, 1, 'quantity'] }),
  );
});

test('what a buyer may still have to pay is what its orders at a price come to, one after another', () => {
  const mostPaid = mechane.mechanism('market/order-book').mostPaid;
  const buying = { type: 'limit', side: 'buy', price: 3, quantity: 2 } as const;
  expect(mostPaid?.(buying, { settings: {}, participants: ['ann'], before: 0 } as never)).toBe(6);
  expect(mostPaid?.(buying, { settings: {}, participants: ['ann'], before: 10 } as never)).toBe(16);
});

describe('bad input', () => {
  test.each([
    [{ type: 'limit', side: 'buy', price: 10.5, quantity: 1 }, 'invalid-message', [1, 'price']],
    [{ type: 'limit', side: 'buy', price: -1, quantity: 1 }, 'invalid-message', [1, 'price']],
    [{ type: 'limit', side: 'buy', price: 1e308, quantity: 1 }, 'imprecise-amount', [1, 'price']],
    [{ type: 'limit', side: 'buy', price: 1, quantity: 0 }, 'invalid-message', [1, 'quantity']],
    [{ type: 'limit', side: 'buy', price: 1, quantity: -1 }, 'invalid-message', [1, 'quantity']],
    [{ type: 'limit', side: 'buy', price: 1, quantity: 0.5 }, 'invalid-message', [1, 'quantity']],
    [
      { type: 'limit', side: 'buy', price: 1, quantity: 1, displayQuantity: 2 },
      'invalid-message',
      [1, 'displayQuantity'],
    ],
    [{ type: 'limit', side: 'buy', price: 1, quantity: 1, prize: 2 }, 'unknown-key', [1, 'prize']],
    [{ type: 'market', side: 'buy', price: 1, quantity: 1 }, 'unknown-key', [1, 'price']],
    [{ type: 'amend', id: 'a' }, 'invalid-message', [1, 'quantity']],
    [{ type: 'cancel' }, 'invalid-message', [1, 'id']],
    [{ type: 'buy' }, 'invalid-message', [1, 'type']],
    ['buy', 'invalid-message', [1]],
  ])('the message %j is refused', (message, code, path) => {
    try {
      mechane.runScenario({ mechanism: 'market/order-book', messages: [['ann', message]] });
      expect.unreachable();
    } catch (thrown) {
      if (!isMechaneError(thrown)) throw thrown;
      expect([thrown.code, ...thrown.path]).toEqual([code, 'messages', 0, ...path]);
    }
  });

  test('a flood of messages is executed', () => {
    const flood: Said = Array.from({ length: 30_000 }, (_, index) =>
      index % 2 === 0
        ? ['ann', { type: 'limit', side: 'buy', price: 1 + ((index * 7919) % 1_000_003), quantity: 1, id: index }]
        : ['ann', { type: 'cancel', id: index - 1 }],
    );
    expect(play(flood).outcome).toEqual({
      trades: [],
      book: { bids: [], asks: [] },
      rejected: [],
      payments: { ann: 0 },
    });
  });
});

test('the kit would see a crossed book, a limit passed over, and more traded than ordered', () => {
  const limit = (side: 'buy' | 'sell', price: number): OrderBookMessage => ({
    type: 'limit',
    side,
    price,
    quantity: 1,
  });
  const given = new Map<string, OrderBookMessage>([
    ['ann', limit('buy', 5)],
    ['bob', limit('sell', 4)],
    ['cat', { type: 'cancel', id: 'x' }],
  ]);
  const trade = { buyer: 'ann', seller: 'bob', price: 4, quantity: 1 };
  const outcome = { trades: [trade], book: { bids: [], asks: [] }, rejected: [], payments: {} };
  const seen = (changed: object) => domain.infeasible?.({ ...outcome, ...changed }, given, {});
  expect(seen({})).toBeUndefined();
  expect(seen({ book: { bids: [[5, 1]], asks: [[5, 1]] } })).toBe('the book is left crossed: 5 is bid and 5 asked');
  expect(seen({ trades: [{ ...trade, price: 6 }] })).toBe('ann and bob trade at 6, against a limit');
  expect(seen({ trades: [{ ...trade, price: 3 }] })).toBe('ann and bob trade at 3, against a limit');
  expect(seen({ trades: [trade, trade] })).toBe('ann trades 2, more than it ordered');
  expect(seen({ trades: [{ ...trade, buyer: 'cat' }] })).toBe('cat trades 1, more than it ordered');
});
