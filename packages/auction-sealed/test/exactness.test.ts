import { createMechane, seededRandom } from '@mechane/core';
import { beforeEach, expect, test } from 'vitest';
import { sealedAuctions } from '../src/index.ts';

const mechane = createMechane().use(sealedAuctions);
// Amounts in minor units, large enough that a detour through fractions would show.
const large = 3_000_000_000_000;
const seed = 99;
let random = seededRandom(seed);
// Each test draws its own, so that one alone draws what it draws among all.
beforeEach(({ onTestFailed }) => {
  random = seededRandom(seed);
  onTestFailed(() => console.error(`drawn from seed ${seed}`));
});
const whole = (): number => large + random.below(1_000_000);

test('whole numbers stay exact in every payment', () => {
  for (let round = 0; round < 100; round++) {
    const [a, b, c, reserve] = [whole(), whole(), whole(), whole()];
    const items = { a: { bid: a }, b: { bid: b }, c: { bid: c } };
    const units = { a: { bids: [a + 2, a] }, b: { bids: [b + 1, b] }, c: { bids: [c] } };
    const clickThroughRates = [907, 501, 3];
    const prior = (kind: object): object => ({ distribution: kind });
    const plays: readonly [string, object, object][] = [
      ['first-price', {}, items],
      ['second-price', { reserve }, items],
      ['all-pay', { reserve }, items],
      ['optimal', prior({ kind: 'exponential', mean: 2_999_999_999_983 }), items],
      ['optimal', prior({ kind: 'uniform', low: 1, high: 4_000_000_000_000 }), items],
      ['optimal', prior({ kind: 'empirical', samples: [a - 5, b, c + 1, 7] }), items],
      ['uniform-price', { units: 3, reserve: 7 }, units],
      ['pay-as-bid', { units: 3, reserve: 7 }, units],
      ['vickrey', { units: 3, reserve: 7 }, units],
      ['gsp', { clickThroughRates }, items],
      ['position-vcg', { clickThroughRates }, items],
      ['random-sampling', {}, items],
    ];
    for (const [name, settings, reports] of plays) {
      const { outcome } = mechane.runScenario({ mechanism: `auction-sealed/${name}`, settings, reports, seed: round });
      const payments = 'payments' in outcome ? Object.values(outcome.payments as Record<string, number>) : [];
      expect(payments).toHaveLength(3);
      expect(payments.filter((payment) => !Number.isSafeInteger(payment))).toEqual([]);
    }
    const [second = 0] = [a, b, c].sort((x, y) => x - y).slice(-2);
    const exponential = { distribution: { kind: 'exponential', mean: 7 } } as const;
    const { payment } = mechane.run('auction-sealed/optimal', { settings: exponential, reports: items }).outcome;
    expect(payment).toBe(second);
  }
});

test('the payments of positions are the exact sums of clicks times bids', () => {
  const reports = { a: { bid: large + 7 }, b: { bid: large + 5 }, c: { bid: large + 3 } };
  const settings = { clickThroughRates: [907, 501] };
  const vcg = mechane.run('auction-sealed/position-vcg', { settings, reports }).outcome.payments;
  expect(vcg).toEqual({ a: 406 * (large + 5) + 501 * (large + 3), b: 501 * (large + 3), c: 0 });
  const gsp = mechane.run('auction-sealed/gsp', { settings, reports }).outcome.payments;
  expect(gsp).toEqual({ a: 907 * (large + 5), b: 501 * (large + 3), c: 0 });
});

test.each([
  // For the clicks that the first position has more, the second bid is paid.
  [[100.1, 100], { payments: { a: 0.2, b: 0 }, revenue: 0.2 }],
  [[0.15, 0.1], { payments: { a: 0.1, b: 0 }, revenue: 0.1 }],
  [[0.3, 0.2, 0.1], { payments: { a: 0.2, b: 0 }, revenue: 0.2 }],
])('clicks in decimals, %j, differ by decimals', (clickThroughRates, { payments, revenue }) => {
  const reports = { a: { bid: 3 }, b: { bid: 2 } };
  const settings = { clickThroughRates };
  const { outcome, metrics } = mechane.run('auction-sealed/position-vcg', { settings, reports });
  expect({ ...outcome.payments }).toEqual(payments);
  expect(metrics.revenue).toBe(revenue);
});
