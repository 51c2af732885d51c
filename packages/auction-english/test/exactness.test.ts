import { createMechane, seededRandom } from '@mechane/core';
import { beforeEach, expect, test } from 'vitest';
import { englishAuctions } from '../src/index.ts';
import { leavingOrder } from '../src/leaving-order.ts';
import { risingSteps } from '../src/price-steps.ts';

const mechane = createMechane().use(englishAuctions);
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

test('whole numbers stay exact in every payment', { tags: ['long'] }, () => {
  for (let round = 0; round < 200; round++) {
    const [a, b, c] = [whole(), whole(), whole()];
    const items = { a: { value: a }, b: { value: b }, c: { value: c } };
    const units = { a: { marginals: [a + 2, a] }, b: { marginals: [b + 1, b] }, c: { marginals: [c] } };
    const plays: readonly [string, object, object][] = [
      ['clock', { startingPrice: 7 }, items],
      ['clock', { startingPrice: 7, increment: 3 }, items],
      ['open-outcry', { startingPrice: large - 90_000_000, increment: 1_000_003 }, items],
      ['proxy', { startingPrice: 7, increment: 3 }, items],
      ['clinching', { units: 3 }, units],
      ['clinching', { units: 3, increment: 11 }, units],
    ];
    for (const [name, settings, reports] of plays) {
      const { outcome } = mechane.runScenario({ mechanism: `auction-english/${name}`, settings, reports });
      const payments = 'payments' in outcome ? Object.values(outcome.payments as Record<string, number>) : [];
      expect(payments).toHaveLength(3);
      expect(payments.filter((payment) => !Number.isSafeInteger(payment))).toEqual([]);
    }
    const [second = 0] = [a, b, c].sort((x, y) => x - y).slice(-2);
    const { payment } = mechane.run('auction-english/clock', {
      settings: { startingPrice: 7 },
      reports: items,
    }).outcome;
    expect(payment).toBe(second);
  }
});

test('prices are computed from their round, so that steps of a tenth do not drift', () => {
  const reports = { ann: { value: 100 }, bob: { value: 99.95 } };
  const settings = { startingPrice: 0, increment: 0.1 };
  for (const mechanism of ['clock', 'open-outcry'] as const) {
    const { outcome, metrics } = mechane.run(`auction-english/${mechanism}`, { settings, reports });
    // Adding a tenth a thousand times gives 99.9999999999986.
    expect(outcome.payment).toBe(100);
    // The last round of open outcry is the one without a bid.
    expect(metrics.rounds).toBe(mechanism === 'clock' ? 1001 : 1002);
  }
});

test('the first round above a price, and at least at it, is the first of all', () => {
  for (let round = 0; round < 2000; round++) {
    const startingPrice = random.below(10) * (random.below(2) === 0 ? 1 : 0.3);
    const increment = [1, 2, 0.1, 0.7, 1 / 3][random.below(5)] as number;
    const { priceOf, firstAbove, firstAtLeast } = risingSteps(startingPrice, increment);
    const price = random.below(2) === 0 ? priceOf(1 + random.below(60)) : random.next() * 20;
    let above = 1;
    while (priceOf(above) <= price) above += 1;
    let atLeast = 1;
    while (priceOf(atLeast) < price) atLeast += 1;
    expect([firstAbove(price), firstAtLeast(price)]).toEqual([above, atLeast]);
  }
});

test('where rounding swallows steps, the first round above a price is still found', () => {
  const { priceOf, firstAbove } = risingSteps(2 ** 53, 0.001);
  const round = firstAbove(2 ** 53);
  expect(priceOf(round)).toBeGreaterThan(2 ** 53);
  expect(priceOf(round - 1)).toBe(2 ** 53);
  expect(risingSteps(1e300, 1e-300).firstAbove(1e300)).toBe(Number.POSITIVE_INFINITY);
});

test('rows are in the order of their keys, and compared only where these are equal', () => {
  const draws: readonly (() => number)[] = [
    () => random.below(5),
    () => random.next(),
    () => 1e300 * random.next(),
    () => (random.below(20) === 0 ? Number.POSITIVE_INFINITY : random.below(3)),
    // One far away, so that all others round to the same.
    () => (random.below(50) === 0 ? 1e308 : random.next()),
    () => (random.below(3) === 0 ? -1 : 7),
  ];
  for (const draw of draws) {
    for (const size of [0, 1, 2, 3, 100, 2000]) {
      const keys = Float64Array.from({ length: size }, draw);
      const lastFirst = (row: number, other: number): number => other - row;
      const expected = Array.from(keys, (_, row) => row);
      expected.sort(
        (a, b) => Number((keys[a] ?? 0) > (keys[b] ?? 0)) - Number((keys[a] ?? 0) < (keys[b] ?? 0)) || b - a,
      );
      expect(Array.from(leavingOrder(keys, lastFirst))).toEqual(expected);
    }
  }
});
