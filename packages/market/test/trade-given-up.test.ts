import { createMechane } from '@mechane/core';
import { markets } from '@mechane/market';
import { describe, expect, test } from 'vitest';

/*
 * Which trade is given up, and at what price the others trade, by hand from McAfee 1992 and from Segal-Halevi, Hassidim and Aumann 2016.
 */

const mechane = createMechane().use(markets);

type Rule = 'market/mcafee' | 'market/trade-reduction' | 'market/strongly-budget-balanced';

/** Payments of those who trade, of buyers and sellers who are called by their prices. */
function traded(rule: Rule, bids: readonly number[], asks: readonly number[]): Record<string, number> {
  const reports = [
    ...bids.map((price) => [`b${price}`, { side: 'buy', price }] as const),
    ...asks.map((price) => [`s${price}`, { side: 'sell', price }] as const),
  ];
  const { payments, trades } = mechane.run(rule, { reports }).outcome;
  return Object.fromEntries(
    Object.keys(trades).flatMap((agent) => (trades[agent] ? [[agent, payments[agent] ?? 0]] : [])),
  );
}

describe('McAfee’s auction', () => {
  test.each([
    ['all trade at the middle of the first pair without', [9, 7, 4], [2, 3, 6], { b9: 5, b7: 5, s2: -5, s3: -5 }],
    ['also where that is the last ask', [9, 7, 4], [2, 5, 6], { b9: 5, b7: 5, s2: -5, s5: -5 }],
    ['also where that is the last bid', [9, 7, 6], [2, 3, 8], { b9: 7, b7: 7, s2: -7, s3: -7 }],
    [
      'one trade is given up where that is too low for a seller',
      [9, 8, 7, 1],
      [2, 3, 5, 6],
      { b9: 7, b8: 7, s2: -5, s3: -5 },
    ],
    ['or too high for a buyer', [9, 8, 7, 6], [2, 3, 5, 20], { b9: 7, b8: 7, s2: -5, s3: -5 }],
    ['or where there is no bid without', [9, 8, 7], [2, 3, 5, 6], { b9: 7, b8: 7, s2: -5, s3: -5 }],
    ['or no ask', [9, 8, 7, 4], [2, 3, 5], { b9: 7, b8: 7, s2: -5, s3: -5 }],
  ])('%s', (_, bids, asks, expected) => {
    expect(traded('market/mcafee', bids, asks)).toEqual(expected);
  });
});

test('trade reduction gives up one trade of three, which prices the others', () => {
  expect(traded('market/trade-reduction', [9, 8, 7], [2, 3, 5])).toEqual({ b9: 7, b8: 7, s2: -5, s3: -5 });
});

describe('the strongly budget-balanced auction', () => {
  test('loses no trade where the first ask without is no more than the last bid', () => {
    const expected = { b9: 7, b8: 7, s2: -7, s3: -7 };
    expect(traded('market/strongly-budget-balanced', [9, 8], [2, 3, 7])).toEqual(expected);
    expect(traded('market/strongly-budget-balanced', [9, 7], [2, 3, 7])).toEqual({ b9: 7, b7: 7, s2: -7, s3: -7 });
  });
  test('loses one trade of three where there is no such ask: that of the last bid, which is the price', () => {
    const payments = traded('market/strongly-budget-balanced', [9, 8, 7], [2, 3, 5]);
    expect(payments).toMatchObject({ b9: 7, b8: 7 });
    expect(Object.values(payments).toSorted((a, b) => a - b)).toEqual([-7, -7, 7, 7]);
  });
  test('has nothing to lose where nobody buys', () => {
    expect(traded('market/strongly-budget-balanced', [], [2, 3])).toEqual({});
  });
  test('draws who goes without by the seed, whatever the order in which they came', () => {
    const reports = (['s2', 's3', 's5', 'b9', 'b8', 'b7'] as const).map(
      (agent) => [agent, { side: agent.startsWith('b') ? 'buy' : 'sell', price: Number(agent.slice(1)) }] as const,
    );
    const without = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const [here, there] = [reports, reports.toReversed()].map(
        (given) => mechane.run('market/strongly-budget-balanced', { reports: new Map(given) as never, seed }).outcome,
      );
      expect(there).toEqual(here);
      for (const seller of ['s2', 's3', 's5']) if (!here?.trades[seller]) without.add(seller);
    }
    expect([...without].sort()).toEqual(['s2', 's3', 's5']);
  });
});
