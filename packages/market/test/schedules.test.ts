import { codedErrorOf } from '@mechane/conformance';
import { MechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  aggregate,
  applyShock,
  arcElasticity,
  type Curve,
  clearPeriods,
  demandCurve,
  elasticityAt,
  meet,
  type PeriodsSettings,
  quantityAt,
  type Schedule,
  supplyCurve,
  volatility,
} from '../src/index.ts';

const linear = (intercept: number, slope: number): Schedule => ({ kind: 'linear', intercept, slope });
const steps = (...given: [number, number][]): Schedule => ({ kind: 'step', steps: given });
const joints = (...points: [number, number][]): Schedule => ({ kind: 'piecewise-linear', points });
const at = (curve: Curve, ...prices: number[]): number[] => prices.map((price) => quantityAt(curve, price));

describe('schedules', () => {
  test('linear: intercept plus slope times price, never below nothing', () => {
    expect(at(demandCurve(linear(10, -2)), 0, 1, 5, 6)).toEqual([10, 8, 0, 0]);
    expect(at(demandCurve(linear(10, 0)), 0, 1e9)).toEqual([10, 10]);
    expect(at(demandCurve(linear(-1, -1)), 0, 1)).toEqual([0, 0]);
    expect(at(demandCurve(linear(0, -1)), 0, 1)).toEqual([0, 0]);
    expect(at(supplyCurve(linear(-6, 2)), 0, 3, 4, 10)).toEqual([0, 0, 2, 14]);
    expect(at(supplyCurve(linear(6, 2)), 0, 3)).toEqual([6, 12]);
    expect(at(supplyCurve(linear(0, 2)), 0, 3)).toEqual([0, 6]);
    expect(at(supplyCurve(linear(6, 0)), 0, 3)).toEqual([6, 6]);
    expect(at(supplyCurve(linear(-6, 0)), 0, 3)).toEqual([0, 0]);
    expect(at(supplyCurve(linear(0, 0)), 0, 3)).toEqual([0, 0]);
  });

  test('steps: who is indifferent counts', () => {
    expect(at(demandCurve(steps([3, 2], [5, 1], [3, 1])), 0, 3, 4, 5, 6)).toEqual([4, 4, 1, 1, 0]);
    expect(at(supplyCurve(steps([3, 2], [1, 1])), 0, 1, 2, 3, 9)).toEqual([0, 1, 1, 3, 3]);
    expect(at(supplyCurve(steps()), 0, 9)).toEqual([0, 0]);
  });

  test('piecewise linear: straight between points, jumps where two share a price, ends beyond the last', () => {
    const demand = demandCurve(joints([1, 10], [3, 6], [3, 4], [5, 0]));
    expect(at(demand, 0, 1, 2, 3, 4, 5, 6)).toEqual([10, 10, 8, 6, 2, 0, 0]);
    expect(at(demandCurve(joints([2, 7])), 1, 2, 3)).toEqual([7, 7, 0]);
    expect(at(supplyCurve(joints([1, 2], [3, 6], [3, 9])), 0, 1, 2, 3, 4)).toEqual([0, 2, 4, 9, 9]);
  });

  test('aggregates add up at every price', () => {
    const random = seededRandom(2);
    for (let round = 0; round < 200; round++) {
      const curves = Array.from({ length: 1 + random.below(4) }, () =>
        random.below(2) === 0
          ? demandCurve(linear(random.below(20), -random.below(4)))
          : demandCurve(steps([random.below(9), 1 + random.below(5)], [random.below(9), 1])),
      );
      const sum = aggregate(curves);
      for (const price of [0, 0.5, 1, 2, 3.25, 4, 8, 9, 30]) {
        expect(quantityAt(sum, price)).toBeCloseTo(
          curves.reduce((total, curve) => total + quantityAt(curve, price), 0),
          9,
        );
      }
    }
  });

  test.each([
    ['demand that rises', () => demandCurve(linear(1, 1)), ['demand', 'slope']],
    ['supply that falls', () => supplyCurve(linear(1, -1)), ['supply', 'slope']],
    ['points out of order', () => demandCurve(joints([2, 1], [1, 1])), ['demand', 'points', 1]],
    ['points of a supply that falls', () => supplyCurve(joints([1, 2], [2, 1])), ['supply', 'points', 1]],
    ['a step of nothing', () => supplyCurve(steps([1, 0])), ['supply', 'steps', 0, 1]],
    ['NaN', () => demandCurve(linear(Number.NaN, 0)), ['demand', 'intercept']],
    ['no points', () => demandCurve(joints()), ['demand', 'points']],
    ['no curves', () => aggregate([]), ['curves']],
    ['mixed curves', () => aggregate([demandCurve(steps()), supplyCurve(steps())]), ['curves']],
  ])('refuses %s', (_, make, path) => {
    expect(make).toThrow(MechaneError);
    expect(codedErrorOf(make)).toMatchObject({ code: 'invalid-settings', path });
  });
});

describe('elasticity', () => {
  test('of linear demand is −1 in the middle, and slope · price / quantity everywhere', () => {
    const demand = demandCurve(linear(100, -2));
    expect(elasticityAt(demand, 25)).toBe(-1);
    expect(elasticityAt(demand, 10)).toBeCloseTo(-20 / 80, 12);
    expect(elasticityAt(demand, 50)).toBeNull();
  });

  test('of supply through the origin is 1, whatever its slope', () => {
    for (const slope of [0.5, 3]) expect(elasticityAt(supplyCurve(linear(0, slope)), 7)).toBeCloseTo(1, 12);
    expect(elasticityAt(supplyCurve(linear(5, 0)), 7)).toBe(0);
  });

  test('is none at a jump, and nought on a step', () => {
    const demand = demandCurve(steps([5, 1], [3, 2]));
    expect([elasticityAt(demand, 3), elasticityAt(demand, 4), elasticityAt(demand, 2)]).toEqual([null, 0, 0]);
  });

  test('over an arc is the same in both directions', () => {
    expect(arcElasticity([4, 120], [6, 80])).toBe(-1);
    expect(arcElasticity([6, 80], [4, 120])).toBe(-1);
    expect(arcElasticity([4, 1], [4, 2])).toBeNull();
    expect(arcElasticity([4, 0], [5, 0])).toBeNull();
  });
});

describe('where demand and supply meet', () => {
  test('linear: P* = (a − c) / (b + d), and the surpluses are triangles', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 300; round++) {
      const [a, b, c, d] = [20 + random.below(80), 1 + random.below(9), -random.below(9), 1 + random.below(9)];
      const { price, quantity, consumerSurplus, producerSurplus, interval } = meet(
        demandCurve(linear(a, -b)),
        supplyCurve(linear(c, d)),
      );
      const expected = (a - c) / (b + d);
      // Supply starts at −c/d, demand ends at a/b.
      if (a / b <= -c / d) {
        expect(price).toBeNull();
        continue;
      }
      expect(price).toBeCloseTo(expected, 9);
      expect(interval?.[1]).toBeCloseTo(interval?.[0] ?? Number.NaN, 9);
      expect(quantity).toBeCloseTo(a - b * expected, 9);
      expect(consumerSurplus).toBeCloseTo(((a / b - expected) * quantity) / 2, 7);
      expect(producerSurplus).toBeCloseTo(((expected + c / d) * quantity) / 2, 7);
    }
  });

  test('steps: the interval, the quantity and the surpluses of the call market', () => {
    const demand = demandCurve(steps([3, 1], [4, 2], [1, 5]));
    const supply = supplyCurve(steps([2, 4], [1, 1], [6, 5]));
    expect(meet(demand, supply)).toEqual({
      price: 2,
      interval: [2, 2],
      quantity: 3,
      consumerSurplus: 5,
      producerSurplus: 1,
    });
    expect(meet(demandCurve(steps([9, 1])), supplyCurve(steps([3, 1])))).toMatchObject({
      price: 6,
      interval: [3, 9],
      quantity: 1,
      consumerSurplus: 3,
      producerSurplus: 3,
    });
  });

  test('a step of supply under linear demand', () => {
    expect(meet(demandCurve(linear(10, -1)), supplyCurve(steps([4, 20])))).toMatchObject({ price: 4, quantity: 6 });
    expect(meet(demandCurve(linear(10, -1)), supplyCurve(steps([4, 3])))).toMatchObject({
      price: 7,
      quantity: 3,
      consumerSurplus: 4.5,
      producerSurplus: 9,
    });
  });

  test('nobody trades where the curves do not reach each other', () => {
    const none = { price: null, interval: null, quantity: 0, consumerSurplus: 0, producerSurplus: 0 };
    expect(meet(demandCurve(steps([3, 1])), supplyCurve(steps([4, 1])))).toEqual(none);
    expect(meet(demandCurve(steps()), supplyCurve(steps()))).toEqual(none);
    expect(meet(demandCurve(linear(5, 0)), supplyCurve(linear(3, 0)))).toEqual(none);
  });

  test('at a price of 0 there may be more than anybody wants', () => {
    expect(meet(demandCurve(linear(5, -1)), supplyCurve(linear(9, 1)))).toMatchObject({ price: 0, quantity: 5 });
  });

  test('demand that pays any price has an infinite surplus', () => {
    const { price, consumerSurplus } = meet(demandCurve(linear(5, 0)), supplyCurve(linear(0, 1)));
    expect([price, consumerSurplus]).toEqual([5, Number.POSITIVE_INFINITY]);
    expect(meet(demandCurve(linear(5, 0)), supplyCurve(linear(5, 0)))).toMatchObject({ price: 0, quantity: 5 });
  });
});

describe('shocks', () => {
  const market = { demand: demandCurve(linear(100, -2)), supply: supplyCurve(linear(0, 3)) };
  const priceAfter = (...shock: Parameters<typeof applyShock>[1][]): number | null => {
    const { demand, supply } = shock.reduce(applyShock, market);
    return meet(demand, supply).price;
  };

  test('move linear equilibria as the formula says', () => {
    expect(priceAfter()).toBe(20);
    expect(priceAfter({ kind: 'demand-surge', share: 0.5 })).toBe(25);
    // 100 − 2P = 1.5 P.
    expect(priceAfter({ kind: 'supply-disruption', share: 0.5 })).toBeCloseTo(100 / 3.5, 9);
    expect(priceAfter({ kind: 'supply-disruption', share: 1 })).toBeNull();
    // 100 − 2P = 3 (P − 10).
    expect(priceAfter({ kind: 'price', amount: 10 })).toBe(26);
    expect(priceAfter({ kind: 'price', amount: -10 })).toBe(14);
    // 100 − P = 3P.
    expect(priceAfter({ kind: 'preference', factor: 2 })).toBe(25);
  });

  test('a tax falls on buyers by the share of supply in the sum of slopes, and its surplus is that of the net price', () => {
    const taxed = applyShock(market, { kind: 'price', amount: 10 });
    const { price, quantity, producerSurplus } = meet(taxed.demand, taxed.supply);
    expect(((price ?? 0) - 20) / 10).toBeCloseTo(3 / 5, 12);
    expect(producerSurplus).toBeCloseTo(((26 - 10) * quantity) / 2, 9);
    const subsidised = applyShock(market, { kind: 'price', amount: -10 });
    expect(meet(subsidised.demand, subsidised.supply).producerSurplus).toBeCloseTo((24 * 72) / 2, 9);
  });

  const settings: PeriodsSettings = {
    demand: [linear(60, -1), linear(40, -1)],
    supply: [linear(0, 3)],
    periods: 6,
    shocks: [
      { kind: 'demand-surge', share: 0.5, from: 2, until: 4 },
      { kind: 'price', amount: 10, from: 4 },
    ],
  };

  test('come and go by period, and add up where they meet', () => {
    const { path, volatility: measured } = clearPeriods(settings);
    // With both, 150 − 3P = 3 (P − 10).
    expect(path.map(({ price }) => price)).toEqual([20, 25, 25, 30, 26, 26]);
    expect(path.map(({ period }) => period)).toEqual([1, 2, 3, 4, 5, 6]);
    const returns = [Math.log(1.25), 0, Math.log(1.2), Math.log(26 / 30), 0];
    const mean = returns.reduce((sum, own) => sum + own) / 5;
    const variance = returns.reduce((sum, own) => sum + (own - mean) ** 2, 0) / 4;
    expect(measured).toBeCloseTo(Math.sqrt(variance), 12);
  });

  test('without shocks the price stands still', () => {
    const { path, volatility: measured } = clearPeriods({ ...settings, shocks: undefined });
    expect(new Set(path.map(({ price }) => price))).toEqual(new Set([20]));
    expect(measured).toBe(0);
  });

  test('without any trade there is no price, and nothing to measure', () => {
    const { path, volatility: measured } = clearPeriods({
      demand: [{ kind: 'step', steps: [[1, 1]] }],
      supply: [{ kind: 'step', steps: [[9, 1]] }],
      periods: 4,
    });
    expect(path.map(({ price }) => price)).toEqual([null, null, null, null]);
    expect(measured).toBeNull();
  });

  test('of a length that says nothing have no volatility', () => {
    expect(clearPeriods({ ...settings, periods: 2 }).volatility).toBeNull();
    expect(volatility([])).toBeNull();
    expect(volatility([1, 0, 2])).toBeNull();
    expect(volatility([100, 110, 99])).toBeCloseTo(Math.abs(Math.log(1.1) - Math.log(0.9)) / Math.SQRT2, 12);
  });

  test.each([
    [{ periods: 0 }, ['settings', 'periods']],
    [{ periods: 1e9 }, ['settings', 'periods']],
    [{ demand: [] }, ['settings', 'demand']],
    [{ demand: [linear(1, 1)] }, ['settings', 'demand', 0, 'slope']],
    [{ shocks: [{ kind: 'supply-disruption', share: 2 }] }, ['settings', 'shocks', 0, 'share']],
    [{ shocks: [{ kind: 'preference', factor: 0 }] }, ['settings', 'shocks', 0, 'factor']],
    [{ shocks: [{ kind: 'demand-surge', share: 1, from: 0 }] }, ['settings', 'shocks', 0, 'from']],
    [{ shocks: [{ kind: 'war' }] }, ['settings', 'shocks', 0, 'kind']],
  ])('refuses %j', (wrong, path) => {
    expect(codedErrorOf(() => clearPeriods({ ...settings, ...(wrong as object) }))).toMatchObject({
      code: 'invalid-settings',
      path,
    });
  });
});

test('amounts beyond what a double holds are a coded error or an equilibrium of finite numbers', () => {
  const random = seededRandom(9);
  const wild = (): number => [0, 1, 1e-308, 5e-324, 1e154, 1e300, 1.7e308][random.below(7)] ?? 0;
  let [errors, results] = [0, 0];
  for (let round = 0; round < 2_000; round++) {
    const demand = demandCurve(
      random.below(2) === 0 ? linear(wild(), -wild()) : steps([wild(), wild() || 1], [wild(), 1]),
    );
    const supply = supplyCurve(
      random.below(2) === 0 ? linear(-wild(), wild()) : joints([0, wild() / 4], [wild(), 1.7e308]),
    );
    try {
      const { price, quantity, consumerSurplus, producerSurplus } = meet(demand, supply);
      expect([Number.isFinite(price ?? 0), Number.isFinite(quantity)]).toEqual([true, true]);
      expect([consumerSurplus, producerSurplus]).not.toContain(Number.NaN);
      results += 1;
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'overflow' });
      errors += 1;
    }
  }
  expect(Math.min(errors, results)).toBeGreaterThan(10);
});
