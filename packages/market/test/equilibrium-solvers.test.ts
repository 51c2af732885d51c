import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { type ExchangeReport, fisher, fisherEquilibrium, markets } from '../src/index.ts';
import { tradeCertificate } from '../src/trade-certificate.ts';

const mechane = createMechane().use(markets);

test('in a ring of Cobb–Douglas agents each sells all it has for what it wants', () => {
  const names = ['a', 'b', 'c', 'd'];
  const reports: Record<string, ExchangeReport> = Object.fromEntries(
    names.map((name, index) => {
      const wanted = names[(index + 1) % 4] as string;
      return [name, { endowment: { [name]: 1 }, utility: { kind: 'cobb-douglas', weights: { [wanted]: 1 } } }];
    }),
  );
  const { outcome } = mechane.run('market/exchange', { reports });
  expect(outcome.prices).toEqual({ a: 0.25, b: 0.25, c: 0.25, d: 0.25 });
  expect(outcome.allocation).toEqual({ a: { b: 1 }, b: { c: 1 }, c: { d: 1 }, d: { a: 1 } });
});

test('the formula of Cobb–Douglas markets can be asked for', () => {
  const buyer = { budget: 1, utility: { kind: 'cobb-douglas' as const, weights: { x: 1, y: 3 } } };
  const settings = { goods: { x: 1, y: 1 }, method: 'closed-form' as const };
  const { outcome, certificate } = mechane.run('market/fisher', { settings, reports: { ann: buyer, bob: buyer } });
  expect(outcome.prices.x).toBeCloseTo(0.5, 12);
  expect(outcome.prices.y).toBeCloseTo(1.5, 12);
  expect(certificate).toMatchObject({ status: 'converged', method: 'closed-form' });
});

test('a quasi-linear buyer counts the money it keeps', () => {
  const utility = { kind: 'quasi-linear' as const, weights: { x: 3 } };
  const report = { budget: 5, utility };
  const settings = { goods: { x: 1 } };
  const { outcome, metrics } = mechane.run('market/fisher', { settings, reports: { ann: report } });
  expect(outcome.prices.x).toBeCloseTo(3, 9);
  expect(metrics.revenue).toBeCloseTo(3, 9);
  expect(fisher.utility?.('ann', report, outcome, settings)).toBeCloseTo(0, 9);
});

test('goods worth next to nothing to a buyer go to others', () => {
  const { prices, quantities, status } = fisherEquilibrium(
    { kind: 'linear', budgets: Float64Array.of(1, 2), weights: Float64Array.of(1, 1e-200, 1e-200, 1) },
    { method: 'proportional-response', maxRounds: 50 },
  );
  expect([...prices]).toEqual([1, 2]);
  expect([...quantities]).toEqual([1, 0, 0, 1]);
  expect(status).toBe('converged');
});

test('bids that vanish leave their goods to others', () => {
  // The third buyer makes up its mind slowly: the first two have long forgotten what is worth nothing to them.
  const weights = Float64Array.of(1, 1e-200, 1e-200, 1, 2, 1.9);
  const { prices, quantities } = fisherEquilibrium(
    { kind: 'linear', budgets: Float64Array.of(1, 1, 1), weights },
    { method: 'proportional-response', maxRounds: 2_000 },
  );
  expect([quantities[1], quantities[2]]).toEqual([0, 0]);
  // It buys of both, so that prices are as 2 to 1.9.
  expect(prices[0]).toBeCloseTo(3 * (2 / 3.9), 6);
  expect(prices[1]).toBeCloseTo(3 * (1.9 / 3.9), 6);
});

test('a linear market of too few rounds is not called solved', () => {
  const size = 12;
  const weights = Float64Array.from({ length: size * size }, (_, k) => 1 + ((k * 7919) % 101));
  const market = { kind: 'linear' as const, budgets: new Float64Array(size).fill(1), weights };
  expect(fisherEquilibrium(market, { maxRounds: 1 }).status).toBe('max-rounds');
  expect(fisherEquilibrium(market).status).toBe('converged');
});

test('supplies so small that prices are no numbers are refused', () => {
  const report = {
    endowment: { x: 1e-310, y: 1 },
    utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } },
  } as const;
  expect(() => mechane.run('market/exchange', { reports: { ann: report, bob: report } })).toThrow(
    expect.objectContaining({ code: 'overflow', path: ['reports'] }),
  );
});

test('trades without a price have no bound but 0: nothing is proved of any that gain', () => {
  const orders = { owners: ['bob', 'sue'], lots: 1, prices: Float64Array.of(5, 3), quantities: Float64Array.of(1, -1) };
  expect(tradeCertificate(orders, Float64Array.of(0, 0), null).status).toBe('optimal');
  expect(tradeCertificate(orders, Float64Array.of(1, -1), null)).toMatchObject({ status: 'feasible', welfare: 2 });
});
