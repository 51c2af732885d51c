import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { createMechane, type JsonSchema } from '@mechane/core';
import { markets } from '@mechane/market';
import { matchings } from '@mechane/matching';
import { publicChoices } from '@mechane/public-choice';
import { describe, expect, test } from 'vitest';
import { namesAsked, partsOfPackage, shapeOf } from '../src/live/names.ts';
import { bookIn } from '../src/live/order-ladder.tsx';
import { type Book, ladderPrices, restingOrders } from '../src/live/own-orders.ts';
import { waysToAnswer } from '../src/live/ways-to-answer.ts';

const mechane = createMechane().use(combinatorialAuctions).use(markets).use(matchings).use(publicChoices);

/** The parts of the messages of a mechanism, each with the control that is made for it. */
function controlsOf(id: Parameters<typeof mechane.describe>[0]): Record<string, string | undefined> {
  const { forms } = waysToAnswer(mechane.describe(id).message as JsonSchema, undefined);
  return Object.fromEntries(
    forms.flatMap(({ fields }) => fields).map(({ name, schema }) => [name, shapeOf(name, schema)]),
  );
}

describe('controls are chosen by what is asked', () => {
  test('who ranks, drags; who bids on packages has a table; who values several things has a field for each', () => {
    expect(controlsOf('matching/deferred-acceptance')).toEqual({
      side: undefined,
      ranking: 'ranking',
      capacity: undefined,
    });
    expect(controlsOf('matching/serial-dictatorship')).toEqual({ ranking: 'ranking' });
    expect(controlsOf('auction-combinatorial/vcg')).toMatchObject({ xor: 'packages', or: 'packages' });
    expect(controlsOf('auction-combinatorial/clock-proxy')).toEqual({ demand: 'names', bids: 'packages' });
    expect(controlsOf('auction-combinatorial/simultaneous-ascending')).toEqual({ bids: undefined });
    expect(controlsOf('public-choice/groves')).toEqual({ values: 'amounts' });
  });

  test('an order book is a ladder, and no other market is', () => {
    const { forms } = waysToAnswer(mechane.describe('market/order-book').message as JsonSchema, undefined);
    const content = { bid: [9, 1], ask: null, lastPrice: 9, depth: { bids: [[9, 1]], asks: [] } };
    expect(bookIn(content, forms)).toEqual({ bids: [[9, 1]], asks: [], lastPrice: 9 });
    const call = waysToAnswer(mechane.describe('market/call').message as JsonSchema, undefined);
    expect(bookIn({ report: 'requested' }, call.forms)).toBeUndefined();
  });

  test('the names to choose from are those that the question gives; who says its side ranks the others', () => {
    const suitor = mechane.describe('matching/deferred-acceptance').message as JsonSchema;
    const owner = mechane.describe('matching/top-trading-cycles').message as JsonSchema;
    expect(namesAsked({ report: 'requested', among: ['A', 'B'] }, {}, ['bob'])).toEqual({
      known: ['A', 'B'],
      isWhole: true,
    });
    expect(namesAsked({ prices: { A: 1 } }, {}, []).known).toEqual(['A']);
    expect(namesAsked({ report: 'requested' }, suitor, ['bob'])).toEqual({ known: ['bob'], isWhole: true });
    expect(namesAsked({ report: 'requested' }, owner, ['bob'])).toEqual({ known: [], isWhole: false });
  });

  test('the parts of a bid on a package are found whatever they are called', () => {
    const names = { type: 'array', items: { type: 'string' } };
    expect(partsOfPackage({ properties: { lots: names, offer: { type: 'number' } } } as JsonSchema)).toEqual({
      goods: 'lots',
      worth: 'offer',
    });
    expect(partsOfPackage({ properties: { good: { type: 'string' }, price: { type: 'number' } } })).toBeUndefined();
  });
});

describe('a ladder', () => {
  const book = (bids: Book['bids'], asks: Book['asks'] = [], lastPrice?: number): Book => ({ bids, asks, lastPrice });
  const order = (id: string, side: string, price: number): object => ({ type: 'limit', id, side, price, quantity: 1 });

  test('has the prices that are told, and steps around them', () => {
    expect(ladderPrices(book([[9, 1]], [[11, 2]]), [])).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6]);
    expect(ladderPrices(book([[1, 1]]), [])).toEqual([4, 3, 2, 1, 0]);
    expect(ladderPrices(book([[0.25, 1]]), []).slice(2, 5)).toEqual([0.26, 0.25, 0.24]);
    expect(ladderPrices(book([]), [])).toEqual([]);
  });

  test('of distant prices is no longer than a screen, and leaves none of them out', () => {
    const prices = ladderPrices(book([[3, 1]], [[9999, 1]]), []);
    expect(prices.length).toBeLessThan(30);
    expect(prices).toContain(3);
    expect(prices).toContain(9999);
  });

  test('says of an order that has traded in part no more than the book shows', () => {
    const four = { ...order('a', 'sell', 12), quantity: 4 };
    expect(restingOrders([four], book([], [[12, 3]]))).toMatchObject([{ quantity: 3 }]);
  });

  test('marks own orders until they are taken back, or the book shows nothing there', () => {
    const said = [order('a', 'buy', 9), order('b', 'buy', 8), order('c', 'sell', 12)];
    const ids = (told: readonly unknown[], now: Book): string[] => restingOrders(told, now).map(({ id }) => id);
    expect(
      ids(
        said,
        book(
          [
            [9, 1],
            [8, 1],
          ],
          [[12, 1]],
        ),
      ),
    ).toEqual(['a', 'b', 'c']);
    expect(ids([...said, { type: 'cancel', id: 'b' }], book([[9, 1]], [[12, 1]]))).toEqual(['a', 'c']);
    expect(ids(said, book([[8, 1]], [[12, 1]]))).toEqual(['b', 'c']);
    // Five prices are told: what lies beyond is not known to be gone.
    const five: Book['bids'] = [13, 12, 11, 10, 9].map((price) => [price, 1]);
    expect(ids([order('d', 'buy', 4)], book(five))).toEqual(['d']);
    expect(ids([order('d', 'buy', 4)], book(five.slice(1)))).toEqual([]);
  });
});
