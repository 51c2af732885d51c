import { createMechane, seededRandom } from '@mechane/core';
import { beforeEach, expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';
import { fallingSteps } from '../src/price-steps.ts';

const mechane = createMechane().use(dutchAuctions);
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
  for (let round = 0; round < 200; round++) {
    const [a, b, c] = [whole(), whole(), whole()];
    const items = { a: { threshold: a }, b: { threshold: b }, c: { threshold: c } };
    const units = { a: { thresholds: [a + 2, a] }, b: { thresholds: [b + 1, b] }, c: { thresholds: [c] } };
    const startingPrice = large + 2_000_000;
    const plays: readonly [string, object, object][] = [
      ['clock', { startingPrice }, items],
      ['clock', { startingPrice, decrement: 3 }, items],
      ['multi-unit', { units: 3, startingPrice }, units],
      ['multi-unit', { units: 3, startingPrice, decrement: 7 }, units],
      ['multi-unit', { units: 3, startingPrice, decrement: 7, pricing: 'uniform' }, units],
    ];
    for (const [name, settings, reports] of plays) {
      const { outcome } = mechane.runScenario({ mechanism: `auction-dutch/${name}`, settings, reports });
      const payments = 'payments' in outcome ? Object.values(outcome.payments as Record<string, number>) : [];
      expect(payments).toHaveLength(3);
      expect(payments.filter((payment) => !Number.isSafeInteger(payment))).toEqual([]);
    }
  }
});

test('prices are computed from their round, so that steps of a tenth do not drift', () => {
  const settings = { startingPrice: 100, decrement: 0.1 };
  const { outcome, metrics } = mechane.run('auction-dutch/clock', { settings, reports: { ann: { threshold: 0.05 } } });
  // Taking a tenth off a thousand times ends at 1.4e-12 and never calls 0.
  expect(outcome).toMatchObject({ winner: 'ann', payment: 0 });
  expect(metrics.rounds).toBe(1001);
});

test('the first round at or below a price is the first of all, and the last is the last above the floor', () => {
  for (let round = 0; round < 2000; round++) {
    const startingPrice = 5 + random.below(10) * (random.below(2) === 0 ? 1 : 0.3);
    const decrement = [1, 2, 0.1, 0.7, 1 / 3][random.below(5)] as number;
    const floor = random.below(5);
    const { priceOf, firstAtMost, last } = fallingSteps(startingPrice, decrement, floor);
    const price = random.below(2) === 0 ? priceOf(1 + random.below(60)) : random.next() * 20;
    let [first, end] = [1, 1];
    while (priceOf(end + 1) >= floor) end += 1;
    while (priceOf(first) > price && first <= end) first += 1;
    expect([firstAtMost(price), last]).toEqual([first <= end ? first : Number.POSITIVE_INFINITY, end]);
  }
});

test('where rounding swallows steps, the first round at or below a price is still found', () => {
  const { priceOf, firstAtMost } = fallingSteps(2 ** 53, 0.001, 0);
  const round = firstAtMost(2 ** 53 - 1);
  expect(priceOf(round)).toBeLessThan(2 ** 53);
  expect(priceOf(round - 1)).toBe(2 ** 53);
  expect(fallingSteps(1e300, 1e-300, 0).last).toBe(Number.POSITIVE_INFINITY);
});
