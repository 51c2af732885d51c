import { codedErrorOf } from '@mechane/conformance';
import { agentColumn, createMechane, type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { clear } from '../src/clearing.ts';
import { crossingOf } from '../src/crossing.ts';
import { markets, type OrderColumns } from '../src/index.ts';

const mechane = createMechane().use(markets);
const play = (columns: OrderColumns) => mechane.run('market/call', { columns });

const error = (columns: unknown) => codedErrorOf(() => play(columns as OrderColumns));

test('the call market says of columns what it says of the same orders in a record', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 500; round++) {
    const agents = random.shuffled(['ann', 'bob', 'cat', 'dan', '__proto__', 'constructor'].slice(0, random.below(7)));
    const prices = Float64Array.from(agents, () => random.below(12) / 2);
    const quantities = Float64Array.from(agents, () => (random.below(2) === 0 ? 1 : -1) * (1 + random.below(4)));
    const settings = {
      k: random.below(3) / 2,
      breakTie: (['agent-id', 'lot', { priority: ['dan', 'bob'] }] as const)[random.below(3)] ?? 'lot',
    };
    const reports = agents.map((agent, row) => {
      const [price = 0, units = 0] = [prices[row], quantities[row]];
      return [agent, { side: units > 0 ? 'buy' : 'sell', price, quantity: Math.abs(units) }] as const;
    });
    const { certificate, ...record } = mechane.run('market/call', { reports, settings, seed: round });
    const columns = { ids: agentColumn(agents), prices, quantities };
    const column = mechane.run('market/call', { columns, settings, seed: round });
    expect({ ...column, outcome: { ...column.outcome } }).toEqual(record);
    expect(certificate).toMatchObject({ status: 'optimal' });
    expect(column.outcome.payments).toBe(column.outcome.payments);
    expect(column.outcome.trades).toBe(column.outcome.trades);
  }
});

/** The lowest order price at which supply up to it covers the demand above it, by sorting. */
function crossingBySorting(prices: Float64Array, quantities: Float64Array): number | undefined {
  const rows = [...prices.keys()].sort((one, other) => (prices[one] as number) - (prices[other] as number));
  let supply = 0;
  let demand = quantities.reduce((sum, quantity) => sum + Math.max(0, quantity), 0);
  for (const [position, row] of rows.entries()) {
    const quantity = quantities[row] as number;
    if (quantity > 0) demand -= quantity;
    else supply -= quantity;
    const next = rows[position + 1];
    if (prices[row] !== (next === undefined ? undefined : prices[next]) && supply >= demand) return prices[row];
  }
  return undefined;
}

const shapes: Readonly<Record<string, (random: Random, index: number) => readonly [price: number, quantity: number]>> =
  {
    'spread out': (random) => [random.next(), random.below(19) - 9],
    'on few prices': (random) => [random.below(5), random.below(19) - 9],
    'all at one price': (random) => [7, random.below(19) - 9],
    'in rising order': (random, index) => [index, random.below(19) - 9],
    'in falling order': (random, index) => [100_000 - index, random.below(19) - 9],
    'of buyers only': (random) => [random.next(), 1 + random.below(9)],
    'of sellers only': (random) => [random.next(), -1 - random.below(9)],
    'with few very large ones': (random) => [random.next(), (random.below(2) - 0.5) * 2 * 10 ** random.below(9)],
    'with one buyer who outweighs all': (random, index) => [random.next(), index === 5 ? 1e9 : -1],
    'with one seller who outweighs all': (random, index) => [random.next(), index === 5 ? -1e9 : 1],
    'without overlap': (random, index) => (index % 2 === 0 ? [random.next(), 1] : [2 + random.next(), -1]),
    'with what evenly spaced samples do not see': (random, index) => {
      // With 4,096 orders, samples take every fourth.
      if (index % 4 === 0) return [random.next(), random.below(2) === 0 ? 1 : -1];
      return index % 4 === 1 ? [10 + random.next(), 1] : [5 + random.next(), -1];
    },
  };

describe.each(Object.entries(shapes))('orders %s', (_, draw) => {
  test.each([1, 2, 1_024, 1_025, 4_096, 30_000])('%i of them cross where sorting says', (size) => {
    const random = seededRandom(size);
    const drawn = Array.from({ length: size }, (__, index) => draw(random, index));
    const prices = Float64Array.from(drawn, ([price]) => price);
    const quantities = Float64Array.from(drawn, ([, quantity]) => quantity || 1);
    const before = [prices.slice(), quantities.slice()];
    expect(crossingOf({ prices, quantities }, true)?.price).toBe(crossingBySorting(prices, quantities));
    expect([prices, quantities]).toEqual(before);
  });
});

test('an order book made to mislead every sample is sorted in the end', () => {
  // Each kept part is again of the shape that samples do not see.
  const size = 1 << 16;
  const prices = new Float64Array(size);
  const quantities = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const sampled = Math.floor(Math.floor((index * 1024) / size) * (size / 1024)) === index;
    prices[index] = sampled ? index / size : 2 + ((index * 7919) % size) / size;
    quantities[index] = sampled ? -1 : index % 2 === 0 ? 1 : -1;
  }
  expect(crossingOf({ prices, quantities }, true)?.price).toBe(crossingBySorting(prices, quantities));
});

test('quantities that are not whole cross where they do on paper', () => {
  const rows = { prices: Float64Array.of(5, 1, 2, 4), quantities: Float64Array.of(0.3, -0.1, -0.2, -7) };
  expect(clear(rows)).toMatchObject({ lastAsk: 2, nextAsk: 4, lastBid: 5, traded: 0.3 });
  const random = seededRandom(3);
  const size = 5_000;
  const prices = Float64Array.from({ length: size }, () => random.below(1_000_000));
  const tenths = Float64Array.from(prices, () => (random.below(2) === 0 ? 1 : -1) * (1 + random.below(9)));
  const whole = clear({ prices, quantities: tenths });
  const parts = clear({ prices, quantities: tenths.map((quantity) => quantity / 10) });
  expect(parts.traded).toBeCloseTo(whole.traded / 10, 8);
  for (const price of ['lastBid', 'nextBid', 'lastAsk', 'nextAsk', 'margin'] as const) {
    expect(parts[price]).toBe(whole[price]);
  }
});

describe('bad columns', () => {
  const good = { ids: ['a', 'b', 'c'], prices: Float64Array.of(5, 9, 1), quantities: Float64Array.of(1, -2, 3) };

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a negative price', -1],
  ])('refuses %s wherever it stands, naming the first such row', (_, bad) => {
    for (const row of [0, 1, 2]) {
      expect(error({ ...good, prices: good.prices.with(row, bad) })).toMatchObject({
        code: 'invalid-columns',
        path: ['columns', 'prices', row],
      });
    }
  });

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.NEGATIVE_INFINITY],
    ['nothing', 0],
  ])('refuses %s as a quantity', (_, bad) => {
    for (const row of [0, 1, 2]) {
      expect(error({ ...good, quantities: good.quantities.with(row, bad) })).toMatchObject({
        code: 'invalid-columns',
        path: ['columns', 'quantities', row],
      });
    }
  });

  test.each([
    ['nothing', null, ['columns']],
    ['text', 'prices', ['columns']],
    ['columns without ids', { prices: good.prices, quantities: good.quantities }, ['columns']],
    ['columns without prices', { ids: good.ids, quantities: good.quantities }, ['columns']],
    ['columns without quantities', { ids: good.ids, prices: good.prices }, ['columns', 'quantities']],
    ['quantities in a plain array', { ...good, quantities: [1, 2, 3] }, ['columns', 'quantities']],
    ['fewer quantities than ids', { ...good, quantities: Float64Array.of(1) }, ['columns', 'quantities']],
    ['fewer prices than ids', { ...good, prices: Float64Array.of(1) }, ['columns', 'prices']],
  ])('refuses %s', (_, columns, path) => {
    expect(error(columns)).toMatchObject({ code: 'invalid-columns', path });
  });

  test('refuses an agent twice, and a misspelt column', () => {
    expect(error({ ...good, ids: ['a', 'b', 'a'] })).toMatchObject({
      code: 'duplicate-agent',
      path: ['columns', 'ids', 2],
    });
    expect(error({ ...good, price: 1 })).toMatchObject({ code: 'unknown-key', path: ['columns', 'price'] });
  });
});
