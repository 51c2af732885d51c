import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { combinatorialAuctions } from '../src/index.ts';
import { faultOf } from './fault-of.ts';

const mechane = createMechane().use(combinatorialAuctions);
const ids = ['ascending-proxy', 'ibundle', 'clock-proxy', 'simultaneous-ascending'].map(
  (name) => `auction-combinatorial/${name}`,
);
const run = (mechanism: string, settings: object, reports: object, types?: object) =>
  mechane.runScenario({ mechanism, settings, reports, ...(types === undefined ? {} : { types }) });
const bid = (bundle: unknown, value: unknown = 1): object => ({ ann: { xor: [{ bundle, value }] } });
const set = { goods: ['A', 'B'], increment: 1 };

describe.each(ids)('%s', (id) => {
  test.each([
    [{ increment: 1 }, 'invalid-settings settings.goods'],
    [{ ...set, goods: [] }, 'invalid-settings settings.goods'],
    [{ ...set, goods: ['A', 'A'] }, 'invalid-settings settings.goods.1'],
    [{ ...set, goods: { A: 0 } }, 'invalid-settings settings.goods.A'],
    [{ ...set, increment: 0 }, 'invalid-settings settings.increment'],
    [{ ...set, increment: -1 }, 'invalid-settings settings.increment'],
    [{ ...set, increment: Number.NaN }, 'invalid-settings settings.increment'],
    [{ ...set, increment: Infinity }, 'invalid-settings settings.increment'],
    [{ ...set, increment: 1e308 }, 'invalid-settings settings.increment'],
    [{ ...set, increment: '1' }, 'invalid-settings settings.increment'],
    [{ ...set, maxRounds: 0 }, 'invalid-settings settings.maxRounds'],
    [{ ...set, maxRounds: 1e9 }, 'invalid-settings settings.maxRounds'],
    [{ ...set, timeLimit: -1 }, 'invalid-settings settings.timeLimit'],
    [{ ...set, incremnt: 1 }, 'unknown-key settings.incremnt'],
  ])('settings %j: %s', (settings, fault) => {
    expect(faultOf(() => run(id, settings, bid(['A'])))).toBe(fault);
  });

  test.each([
    [bid([]), 'invalid-report reports.ann.xor.0.bundle'],
    [bid(['A', 'A']), 'invalid-report reports.ann.xor.0.bundle.1'],
    [bid(['A', 'C']), 'invalid-report reports.ann.xor.0.bundle.1'],
    [bid(['__proto__']), 'invalid-report reports.ann.xor.0.bundle.0'],
    [bid(['A'], -1), 'invalid-report reports.ann.xor.0.value'],
    [bid(['A'], Number.NaN), 'invalid-report reports.ann.xor.0.value'],
    [bid(['A'], 1e308), 'invalid-report reports.ann.xor.0.value'],
    [bid(['A'], 1_000_001), 'invalid-report reports.ann.xor.0.value'],
    [{ ann: { or: [{ bundle: ['A', 'x'], value: 1 }] } }, 'invalid-report reports.ann.or.0.bundle.1'],
    [{ ann: { or: [{ bundle: ['A'], value: 1 }], dummies: ['x', 'B'] } }, 'invalid-report reports.ann.dummies.1'],
  ])('reports %j: %s', (reports, fault) => {
    expect(faultOf(() => run(id, set, reports))).toBe(fault);
  });

  test('a value that takes more than 50,000 rounds says so before the first', () => {
    expect(() => run(id, { ...set, increment: 1e-6 }, bid(['A'], 0.0501))).toThrow('50,000 increments');
  });

  test('true types are held to the same', () => {
    expect(faultOf(() => run(id, set, bid(['A']), bid(['C'])))).toBe('invalid-types types.ann.xor.0.bundle.0');
  });

  test('OR bids that come to too many packages, or that could win copies of one good', () => {
    const goods = Array.from({ length: 11 }, (_, good) => `good${good}`);
    const or = goods.map((good) => ({ bundle: [good], value: 1 }));
    expect(faultOf(() => run(id, { ...set, goods }, { ann: { or } }))).toBe('invalid-report reports.ann.or');
    const twice = [
      { bundle: ['A'], value: 1 },
      { bundle: ['A', 'B'], value: 1 },
    ];
    const copies = { ...set, goods: { A: 2, B: 1 } };
    expect(faultOf(() => run(id, copies, { ann: { or: twice } }))).toBe('invalid-report reports.ann.or.1.bundle');
    expect(faultOf(() => run(id, set, { ann: { or: twice } }))).toBe('accepted');
  });

  test('nobody, and one bidder', () => {
    expect(run(id, set, {})).toMatchObject({
      outcome: { allocation: {}, payments: {}, rounds: 0 },
      metrics: { participants: 0, rounds: 0, welfare: 0 },
    });
    const alone = run(id, set, bid(['A', 'B'], 7));
    expect(alone.outcome).toMatchObject({ allocation: { ann: ['A', 'B'] } });
    const { payments } = alone.outcome as { payments: { ann: number } };
    expect(payments.ann).toBeLessThanOrEqual(2);
    expect(alone.metrics.efficiency).toBe(1);
  });

  test('bidders with nothing to bid', () => {
    const { outcome, metrics } = run(id, set, {
      ann: { xor: [] },
      bob: { or: [] },
      cat: { xor: [{ bundle: ['A'], value: 0 }] },
    });
    expect(outcome).toMatchObject({ allocation: {}, payments: { ann: 0, bob: 0, cat: 0 } });
    expect(metrics.efficiency).toBe(1);
  });

  test('goods and agents with the names of what objects have', () => {
    const reports = Object.fromEntries([
      ['__proto__', { xor: [{ bundle: ['constructor'], value: 5 }] }],
      ['toString', { xor: [{ bundle: ['constructor'], value: 3 }] }],
    ]);
    const { outcome } = run(id, { goods: ['constructor', 'hasOwnProperty'], increment: 1 }, reports);
    const { allocation } = outcome as { allocation: object };
    expect(Object.entries(allocation)).toEqual([['__proto__', ['constructor']]]);
  });
});

test.each(ids.slice(1))('%s needs an increment', (id) => {
  expect(faultOf(() => run(id, { goods: ['A'] }, bid(['A'])))).toBe('invalid-settings settings.increment');
});

test.each(ids.filter((id) => !id.endsWith('clock-proxy')))(
  '%s ends within no time at all, and says what is proved',
  (id) => {
    const reports = { ann: { xor: [{ bundle: ['A', 'B'], value: 5 }] }, bob: { xor: [{ bundle: ['B'], value: 4 }] } };
    const { outcome, certificate } = run(id, { ...set, timeLimit: 0 }, reports);
    const { welfare, bound, status } = certificate as unknown as { welfare: number; bound: number; status: string };
    expect(outcome).toHaveProperty('payments');
    expect(bound).toBeGreaterThanOrEqual(welfare);
    expect(status === 'optimal' ? bound - welfare : 0).toBe(0);
  },
);
