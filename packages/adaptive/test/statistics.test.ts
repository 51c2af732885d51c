import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  competitivePrice,
  meanOf,
  RunningAlpha,
  RunningMean,
  smithsAlpha,
  valueClasses,
  valuesOf,
} from '../src/index.ts';
import { run, uniform } from './population.ts';

describe('means with intervals', () => {
  test('are those of the textbook', () => {
    // Student 1908, additional hours of sleep: mean 1.58, deviation 1.23, ten patients; t(0.975, 9) = 2.262.
    const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
    const { mean, halfWidth, count } = meanOf(sleep) ?? { mean: 0, halfWidth: 0, count: 0 };
    expect([mean.toFixed(2), halfWidth.toFixed(2), count]).toEqual(['1.58', '0.88', 10]);
    expect(meanOf([])).toBeNull();
    expect(meanOf([5])).toEqual({ mean: 5, halfWidth: Number.POSITIVE_INFINITY, count: 1 });
    expect(new RunningMean().variance).toBe(0);
  });
  test('hold the mean in 95 of 100 cases', () => {
    const random = seededRandom(9);
    let held = 0;
    for (let trial = 0; trial < 2_000; trial++) {
      const { mean, halfWidth } = meanOf(Array.from({ length: 40 }, () => random.next())) ?? { mean: 0, halfWidth: 0 };
      if (Math.abs(mean - 0.5) <= halfWidth) held += 1;
    }
    // Five standard errors of a share of 0.95 in 2,000.
    expect(Math.abs(held / 2_000 - 0.95)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / 2_000));
  });
});

describe('Smith’s alpha', () => {
  test('is the deviation of prices from the equilibrium price, as a share of it', () => {
    expect(smithsAlpha([2, 2], 2)).toBe(0);
    expect(smithsAlpha([1, 3], 2)).toBe(0.5);
    expect(smithsAlpha([], 2)).toBeNull();
    expect(smithsAlpha([1], 0)).toBeNull();
    const running = new RunningAlpha();
    expect(running.alpha).toBeNull();
    for (const price of [1, 3]) running.add(price, 2);
    expect(running.alpha).toBe(0.5);
  });
  test('is refused where its squares are beyond what numbers can say, as means are', () => {
    for (const act of [
      () => smithsAlpha([1e200], 1),
      () => new RunningAlpha().add(Number.NaN, 1),
      () => meanOf([1e200, -1e200]),
      () => meanOf([Number.NaN]),
      () => meanOf([Number.POSITIVE_INFINITY]),
    ]) {
      expect(act).toThrow(expect.objectContaining({ code: 'overflow' }));
    }
    expect(smithsAlpha([1e150], 1e150)).toBe(0);
  });
  test('knows how many can be served, or is not known', async () => {
    const alpha = async (mechanism: string, settings: object, kind = 'truthful') => {
      const bidders = [{ kind, count: 5, values: uniform, ...(kind === 'shading' ? { share: 0.5 } : {}) }];
      return (await run({ arms: [{ mechanism, settings }], population: { bidders }, rounds: 400 })).arms[0]
        ?.smithsAlpha;
    };
    // Truthful play pays the highest value that gets nothing, whatever the supply.
    for (const units of [1, 2, 3, 4]) {
      expect(await alpha('auction-sealed/uniform-price', { units })).toBe(0);
      expect(await alpha('auction-sealed/vickrey', { units })).toBeCloseTo(0, 12);
      expect(await alpha('auction-sealed/pay-as-bid', { units })).toBeGreaterThan(0.2);
    }
    // Where all get one there is no price, and slots of several qualities have several.
    for (const [mechanism, settings] of [
      ['auction-sealed/uniform-price', { units: 5 }],
      ['auction-sealed/random-sampling', {}],
      ['adaptive/posted-price', { rounds: 1 }],
      ['adaptive/posted-price', { rounds: 20 }],
      ['auction-sealed/gsp', { clickThroughRates: [1, 0.5] }],
      ['auction-sealed/gsp', { clickThroughRates: [100, 100] }],
    ] as const) {
      expect(await alpha(mechanism, settings), mechanism).toBeNull();
    }
    // Slots that are alike are units, and half of every value is half of the price.
    expect(await alpha('auction-sealed/position-vcg', { clickThroughRates: [1, 1] })).toBeCloseTo(0, 12);
    const half = await alpha('auction-sealed/uniform-price', { units: 2 }, 'shading');
    expect(half).toBeGreaterThan(0.45);
    expect(half).toBeLessThan(0.6);
  });
  test('refers to the price at which demand meets supply', () => {
    const price = (values: readonly number[], sides: readonly ('buy' | 'sell')[]) =>
      competitivePrice(Float64Array.from(values), sides);
    expect(price([3, 9, 5], ['buy', 'buy', 'buy'])).toBe(5);
    expect(price([3], ['buy'])).toBe(0);
    expect(price([], [])).toBeNull();
    // Two trade: between max(4, 5) and min(7, 8).
    expect(price([9, 7, 5, 2, 4, 8], ['buy', 'buy', 'buy', 'sell', 'sell', 'sell'])).toBe(6);
    expect(price([1, 2], ['buy', 'sell'])).toBeNull();
    // Of two or three units, it is what the first pays who gets none.
    expect(competitivePrice(Float64Array.of(3, 9, 5), ['buy', 'buy', 'buy'], 2)).toBe(3);
    expect(competitivePrice(Float64Array.of(3, 9, 5), ['buy', 'buy', 'buy'], 3)).toBe(0);
    expect(competitivePrice(Float64Array.of(3), ['buy'], 0)).toBeNull();
    // All trade: only the buyer's value limits it from above.
    expect(price([4, 2], ['buy', 'sell'])).toBe(3);
  });
});

describe('values', () => {
  test.each([
    [{ kind: 'uniform' as const, low: 2, high: 4 }, 3, 3],
    [{ kind: 'exponential' as const, mean: 2 }, 2, 2 * Math.LN2],
    [{ kind: 'empirical' as const, samples: [1, 2, 6] }, 3, 2],
    [{ kind: 'constant' as const, value: 7 }, 7, 7],
  ])('%j have the mean and the median of their distribution', (distribution, mean, median) => {
    const values = valuesOf(distribution);
    const random = seededRandom(2);
    const drawn = Array.from({ length: 20_000 }, () => values.draw(random));
    const { mean: estimate, halfWidth } = meanOf(drawn) ?? { mean: 0, halfWidth: 0 };
    expect(Math.abs(estimate - mean)).toBeLessThanOrEqual(3 * halfWidth + 1e-12);
    expect(values.shareBelow(median)).toBeLessThanOrEqual(0.5 + 1e-12);
    expect(values.shareBelow(median + 1e-9)).toBeGreaterThanOrEqual(0.5 - 1e-9);
    expect([values.shareBelow(-1), values.shareBelow(1e9)]).toEqual([0, 1]);
  });
  test('fall into classes that are equally likely', () => {
    const values = valuesOf({ kind: 'exponential', mean: 3 });
    const classes = valueClasses(values, 4);
    const counts = [0, 0, 0, 0];
    const random = seededRandom(4);
    for (let draw = 0; draw < 8_000; draw++) {
      const own = classes.of(values.draw(random));
      counts[own] = (counts[own] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(5 * Math.sqrt(8_000 * 0.25 * 0.75));
    expect(valueClasses(valuesOf({ kind: 'constant', value: 1 }), 4).count).toBe(1);
    expect(classes.of(1e300)).toBe(3);
  });
});
