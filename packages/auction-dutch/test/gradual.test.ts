import { codedErrorOf } from '@mechane/conformance';
import { createMechane, journalRecorder } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { dutchAuctions, type PurchaseOrder, type SalesSchedule } from '../src/index.ts';
import { targetSaleTime } from '../src/schedule.ts';

const mechane = createMechane().use(dutchAuctions);
// The numbers of Paradigm's own tests of its reference implementation (github.com/transmissions11/VRGDAs).
const paradigm = { targetPrice: 69.42, decay: 0.31 };
const linear: SalesSchedule = { kind: 'linear', perTimeUnit: 2 };
const mostSellable = 6392;
const logistic: SalesSchedule = { kind: 'logistic', limit: mostSellable + 1, timeScale: 0.0023 };

const anyPrice = 1e15;
const play = (schedule: SalesSchedule, messages: readonly (readonly [string, PurchaseOrder])[], more: object = {}) =>
  mechane.run('auction-dutch/gradual', { settings: { ...paradigm, schedule, ...more }, messages }).outcome;

/** The price of the unit after so many, at a time: those before it are bought evenly until then. All at the start would cost beyond any amount. */
function priceAfter(schedule: SalesSchedule, sold: number, at: number): number {
  const orders = [...Array.from({ length: sold }, (_, unit) => (at * unit) / sold), at].map(
    (when) => ['a', { at: when, maxPrice: anyPrice }] as const,
  );
  return play(schedule, orders).sales.at(-1)?.price ?? Number.NaN;
}

describe('the values of Paradigm’s tests', () => {
  test('the first unit costs the target price at its target sale time', () => {
    for (const schedule of [linear, logistic]) {
      expect(priceAfter(schedule, 0, targetSaleTime(schedule, 1))).toBeCloseTo(69.42, 9);
    }
  });

  test('linear: after 120 days and 239 units, the next costs the target price', () => {
    expect(priceAfter(linear, 239, 120)).toBeCloseTo(69.42, 9);
  });

  test('logistic: after 120 days and 876 units, the next costs the target price within 2 %', () => {
    // 876 units at once at the start would cost more than a double can say, so the price is taken from the formula.
    const price = 69.42 * 0.69 ** (120 - targetSaleTime(logistic, 877));
    expect(Math.abs(price / 69.42 - 1)).toBeLessThan(0.02);
  });

  test('logistic: the last unit has a target sale time, and one more has none', () => {
    expect(Number.isFinite(targetSaleTime(logistic, mostSellable))).toBe(true);
    expect(targetSaleTime(logistic, mostSellable + 1)).toBe(Number.POSITIVE_INFINITY);
    expect(targetSaleTime(logistic, mostSellable + 2)).toBe(Number.POSITIVE_INFINITY);
  });

  test('whatever was sold, the next unit costs the target price at its target sale time', () => {
    for (const schedule of [linear, { ...logistic, timeScale: 2 }]) {
      for (const sold of [1, 5, 20]) {
        const times = Array.from({ length: sold + 1 }, (_, unit) => targetSaleTime(schedule, unit + 1));
        const { sales } = play(
          schedule,
          times.map((at) => ['a', { at, maxPrice: 69.43 }] as const),
        );
        expect(sales.map(({ price }) => price)).toEqual(times.map(() => expect.closeTo(69.42, 9)));
      }
    }
  });
});

test('the target sale time is the inverse of the schedule', () => {
  for (const time of [0, 0.5, 3, 100]) {
    expect(targetSaleTime(linear, 2 * time)).toBeCloseTo(time, 9);
    const sold = (2 * 6393) / (1 + Math.exp(-0.0023 * time)) - 6393;
    expect(targetSaleTime(logistic, sold)).toBeCloseTo(time, 6);
  }
});

test('the price decays in time and rises with every sale', () => {
  expect(priceAfter(linear, 0, 0)).toBeCloseTo(83.57185921214099, 9);
  expect(priceAfter(linear, 0, 1)).toBeCloseTo(83.57185921214099 * 0.69, 9);
  expect(priceAfter(linear, 1, 0)).toBeCloseTo(69.42 / 0.69, 9);
});

test('an order that pays less than the price buys nothing, and moves nothing', () => {
  const { sales, allocation, payments } = play(linear, [
    ['ann', { at: 0, maxPrice: 83 }],
    ['bob', { at: 0, maxPrice: 84 }],
    ['bob', { at: 2, maxPrice: 48 }],
    ['bob', { at: 2, maxPrice: 57 }],
  ]);
  expect(sales.map(({ agent, at }) => [agent, at])).toEqual([
    ['bob', 0],
    ['bob', 2],
  ]);
  expect(allocation).toEqual({ bob: 2 });
  expect(payments).toEqual({ ann: 0, bob: (sales[0]?.price ?? 0) + (sales[1]?.price ?? 0) });
});

test('on a logistic schedule fewer units than the limit are sold, whatever is paid', () => {
  const orders = Array.from({ length: 6 }, () => ['a', { at: 1, maxPrice: anyPrice }] as const);
  expect(play({ kind: 'logistic', limit: 4, timeScale: 1 }, orders).sales).toHaveLength(3);
  expect(play({ kind: 'logistic', limit: 3.5, timeScale: 1 }, orders).sales).toHaveLength(3);
  expect(play({ kind: 'logistic', limit: 1, timeScale: 1 }, orders).sales).toHaveLength(0);
});

test('without orders there are no sales', () => {
  expect(play(linear, [])).toEqual({ sales: [], allocation: {}, payments: {} });
});

describe('bad input', () => {
  const error = (scenario: object) =>
    codedErrorOf(() => mechane.runScenario({ mechanism: 'auction-dutch/gradual', ...scenario }));
  const settings = { ...paradigm, schedule: linear };

  test('an order before an earlier one is refused, with its place', () => {
    const messages = [
      ['a', { at: 1, maxPrice: 0 }],
      ['b', { at: 3, maxPrice: 0 }],
      ['a', { at: 2, maxPrice: 0 }],
    ];
    expect(error({ settings, messages })).toMatchObject({ code: 'invalid-message', path: ['messages', 2, 1, 'at'] });
  });

  test.each([
    [{ at: -1, maxPrice: 1 }, [0, 1, 'at']],
    [{ at: 1 }, [0, 1, 'maxPrice']],
    [{ at: 1, maxPrice: Number.NaN }, [0, 1, 'maxPrice']],
    [{ at: '1', maxPrice: 1 }, [0, 1, 'at']],
  ])('the order %j is refused', (order, path) => {
    expect(error({ settings, messages: [['a', order]] })).toMatchObject({
      code: 'invalid-message',
      path: ['messages', ...path],
    });
  });

  test.each([
    [{ targetPrice: 0 }, ['targetPrice']],
    [{ decay: 0 }, ['decay']],
    [{ decay: 1 }, ['decay']],
    [{ schedule: { kind: 'linear', perTimeUnit: 0 } }, ['schedule', 'perTimeUnit']],
    [{ schedule: { kind: 'logistic', limit: 3 } }, ['schedule', 'timeScale']],
    [{ schedule: { kind: 'quadratic' } }, ['schedule', 'kind']],
  ])('the settings %j are refused', (wrong, path) => {
    expect(error({ settings: { ...settings, ...wrong }, messages: [] })).toMatchObject({
      code: 'invalid-settings',
      path: ['settings', ...path],
    });
  });

  test('reports are refused: it takes messages', () => {
    expect(error({ settings, reports: {} })).toMatchObject({ code: 'invalid-scenario', path: ['reports'] });
  });
});

test('a journal replays to the same sales', () => {
  const journal = journalRecorder();
  const messages = [
    ['ann', { at: 0, maxPrice: 90 }],
    ['bob', { at: 1, maxPrice: 90 }],
  ] as const;
  const settings = { ...paradigm, schedule: linear };
  const { outcome } = mechane.run('auction-dutch/gradual', { settings, messages, journal });
  expect(mechane.replay(JSON.parse(JSON.stringify(journal.journal()))).outcome).toEqual(outcome);
});
