import { isMechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  type BookTrade,
  createOrderBook,
  type OperationColumns,
  type OrderBook,
  operationKinds,
  operationStatuses,
} from '../src/index.ts';

const owners = ['ann', 'bob', 'cat'];
const kinds = Object.keys(operationKinds) as (keyof typeof operationKinds)[];

/** Random rows; cancellations name orders that came, that left, and that never were. */
function randomRows(rows: number, firstOrder: number, seed: number): OperationColumns & { owners: string[] } {
  const random = seededRandom(seed);
  let came = firstOrder - 1;
  const columns = {
    kinds: new Uint8Array(rows),
    prices: new Float64Array(rows),
    quantities: new Float64Array(rows),
    orders: new Float64Array(rows),
    owners: Array.from({ length: rows }, () => owners[random.below(3)] as string),
  };
  for (let row = 0; row < rows; row++) {
    const kind = kinds[random.below(kinds.length)] as keyof typeof operationKinds;
    columns.kinds[row] = operationKinds[kind];
    columns.prices[row] = (95 + random.below(11)) / 2;
    columns.quantities[row] = 1 + random.below(9);
    columns.orders[row] = kind === 'cancel' ? 1 + random.below(came + 2) : 0;
    if (kind !== 'cancel') came += 1;
  }
  return columns;
}

/** Executes the rows one by one; trades in order, and what became of each row. */
function oneByOne(book: OrderBook, columns: OperationColumns & { owners: string[] }) {
  const trades: BookTrade[] = [];
  const outcomes = [...columns.kinds].map((number, row) => {
    const kind = kinds[number] as keyof typeof operationKinds;
    const quantity = columns.quantities[row] as number;
    const basics = {
      owner: columns.owners[row] as string,
      quantity,
      side: kind.endsWith('buy') ? ('buy' as const) : ('sell' as const),
    };
    const receipt =
      kind === 'cancel'
        ? book.cancel(columns.orders[row] as number)
        : kind.startsWith('market')
          ? book.submit({ type: 'market', ...basics })
          : book.submit({ type: 'limit', ...basics, price: columns.prices[row] as number });
    trades.push(...receipt.trades);
    return [receipt.rejection ?? receipt.status, receipt.filled];
  });
  return { trades, outcomes };
}

describe('operations in columns', () => {
  test.each(['cancel-newest', 'cancel-oldest', 'cancel-both', 'none'] as const)(
    'do what they do one by one, with %s',
    (selfTradePrevention) => {
      const settings = { selfTradePrevention, tickSize: 0.5 };
      const [book, twin] = [createOrderBook(settings), createOrderBook(settings)];
      let firstOrder = 1;
      for (let batch = 0; batch < 5; batch++) {
        const columns = randomRows(2_000, firstOrder, batch);
        const trades: BookTrade[] = [];
        const worked = book.submitAll(columns, (trade) => trades.push(trade));
        const expected = oneByOne(twin, columns);
        expect(worked.firstOrder).toBe(firstOrder);
        expect(trades).toEqual(expected.trades);
        expect([...worked.statuses].map((status, row) => [operationStatuses[status], worked.filled[row]])).toEqual(
          expected.outcomes,
        );
        expect(book.snapshot()).toEqual(twin.snapshot());
        firstOrder += columns.kinds.filter((kind) => kind !== operationKinds.cancel).length;
      }
    },
  );

  test('leave the same book when nobody listens for trades', () => {
    const [book, twin] = [createOrderBook({ tickSize: 0.5 }), createOrderBook({ tickSize: 0.5 })];
    const columns = randomRows(2_000, 1, 9);
    book.submitAll(columns);
    oneByOne(twin, columns);
    expect(book.snapshot()).toEqual(twin.snapshot());
    const order = { type: 'market', owner: 'dan', side: 'buy', quantity: 1 } as const;
    expect(book.submit(order)).toEqual(twin.submit(order));
  });

  test('tell the row of a trade, and trigger stops that wait', () => {
    const book = createOrderBook();
    book.submit({ type: 'stop', id: 's', owner: 'ann', side: 'buy', stopPrice: 10, quantity: 2 });
    const told: unknown[] = [];
    const { firstOrder, statuses } = book.submitAll(
      {
        kinds: Uint8Array.of(operationKinds.sell, operationKinds['market-buy']),
        prices: Float64Array.of(10, 0),
        quantities: Float64Array.of(3, 1),
        orders: new Float64Array(2),
        owners: 'bob',
      },
      ({ taker, quantity }, row) => told.push([row, taker, quantity]),
    );
    expect([firstOrder, operationStatuses[statuses[1] as number]]).toEqual([2, 'cancelled']);
    expect(told).toEqual([]);
    book.submitAll(
      {
        kinds: Uint8Array.of(operationKinds['market-buy']),
        prices: new Float64Array(1),
        quantities: Float64Array.of(1),
        orders: new Float64Array(1),
        owners: ['cat'],
      },
      ({ taker, quantity }, row) => told.push([row, taker, quantity]),
    );
    expect(told).toEqual([
      [0, 4, 1],
      [0, 's', 2],
    ]);
    expect(book.size).toBe(0);
  });

  test('an order that is too much to be counted is turned away, and takes its number all the same', () => {
    const book = createOrderBook();
    const { statuses } = book.submitAll({
      kinds: Uint8Array.of(operationKinds.buy, operationKinds.buy, operationKinds.sell),
      prices: Float64Array.of(1, 1, 2),
      quantities: Float64Array.of(2 ** 53 - 1, 1, 1),
      orders: new Float64Array(3),
      owners: 'ann',
    });
    expect([...statuses].map((status) => operationStatuses[status])).toEqual(['open', 'too-much', 'open']);
    expect([book.has(1), book.has(2), book.has(3)]).toEqual([true, false, true]);
  });

  test.each<[string, Partial<Record<keyof OperationColumns, unknown>>, readonly (string | number)[]]>([
    ['a kind that is none', { kinds: Uint8Array.of(0, 9) }, ['kinds', 1]],
    ['a price off the tick', { prices: Float64Array.of(1, 1.5) }, ['prices', 1]],
    ['a price below 0', { prices: Float64Array.of(-1, 1) }, ['prices', 0]],
    ['a price that is none', { prices: Float64Array.of(1, Number.NaN) }, ['prices', 1]],
    ['a quantity of 0', { quantities: Float64Array.of(1, 0) }, ['quantities', 1]],
    ['too large a quantity', { quantities: Float64Array.of(1, 1e308) }, ['quantities', 1]],
    ['an owner that is none', { owners: ['ann', 7] }, ['owners', 1]],
    ['a short column', { orders: new Float64Array(1) }, ['orders']],
    ['a missing column', { quantities: undefined }, ['quantities']],
  ])('refuses %s, and changes nothing', (_, wrong, path) => {
    const book = createOrderBook();
    const columns = {
      kinds: Uint8Array.of(0, 1),
      prices: Float64Array.of(1, 2),
      quantities: Float64Array.of(1, 1),
      orders: new Float64Array(2),
      owners: 'ann',
      ...wrong,
    } as OperationColumns;
    try {
      book.submitAll(columns);
      expect.unreachable();
    } catch (thrown) {
      if (!isMechaneError(thrown)) throw thrown;
      expect([thrown.code, ...thrown.path]).toEqual(['invalid-order', 'columns', ...path]);
    }
    expect(book.size).toBe(0);
  });
});
