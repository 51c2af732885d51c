import { codedErrorOf } from '@mechane/conformance';
import { createMechane, MechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions);

const error = (scenario: object) => codedErrorOf(() => mechane.runScenario(scenario));

/** Settings and a report that each mechanism takes. */
const plays: Readonly<Record<string, { settings: object; report: object }>> = {
  clock: { settings: { startingPrice: 9, decrement: 1 }, report: { threshold: 3 } },
  'multi-unit': { settings: { units: 2, startingPrice: 9 }, report: { thresholds: [3, 1] } },
};
const scenario = (name: string, reports: unknown, settings: object = {}): object => ({
  mechanism: `auction-dutch/${name}`,
  settings: { ...plays[name]?.settings, ...settings },
  reports,
});

describe.each(Object.keys(plays))('auction-dutch/%s', (name) => {
  const key = 'thresholds' in (plays[name]?.report ?? {}) ? 'thresholds' : 'threshold';
  const reportOf = (value: unknown): object => ({ [key]: key === 'thresholds' ? [value] : value });
  const path = ['reports', 'bob', key, ...(key === 'thresholds' ? [0] : [])];

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a negative value', -1],
    ['a numeral', '3'],
    ['null', null],
    ['a value of 10 MB', 'x'.repeat(10_000_000)],
  ])('refuses %s, naming agent and field', (_, value) => {
    const { code, path: where, message } = error(scenario(name, { ann: plays[name]?.report, bob: reportOf(value) }));
    expect([code, where]).toEqual(['invalid-report', path]);
    expect(message.length).toBeLessThan(1000);
  });

  test('refuses keys that nobody knows, with the nearest that somebody does', () => {
    const misspelt = key.replace('sh', 'hs');
    expect(error(scenario(name, { ann: { ...plays[name]?.report, [misspelt]: 1 } }))).toMatchObject({
      code: 'unknown-key',
      path: ['reports', 'ann', misspelt],
      fix: `did you mean "${key}"?`,
    });
    expect(error(scenario(name, {}, { startingPrise: 1 }))).toMatchObject({
      code: 'unknown-key',
      fix: 'did you mean "startingPrice"?',
    });
  });

  test('runs without anybody, and with agents of any name', () => {
    const nobody = mechane.runScenario(scenario(name, {}));
    expect(nobody.metrics).toMatchObject({ participants: 0, welfare: 0, efficiency: 1, revenue: 0 });
    const strange = ['__proto__', 'constructor', 'toString', '', '\ud800', ' '];
    const reports = new Map(strange.map((id) => [id, plays[name]?.report]));
    const { outcome } = mechane.runScenario(scenario(name, reports));
    expect(Object.keys('payments' in outcome ? (outcome.payments as object) : {}).sort()).toEqual(strange.sort());
  });

  test('whatever JSON comes, it is either a result or a coded error', () => {
    const random = seededRandom(5);
    const leaves = [
      0,
      1,
      -1,
      2.5,
      5e-324,
      '',
      'bid',
      null,
      true,
      [],
      {},
      [3, 1],
      { threshold: 2 },
      { thresholds: [2, 1] },
    ];
    const keys = ['threshold', 'thresholds', 'startingPrice', 'decrement', 'floor', 'units', '__proto__'];
    const pick = (): unknown => leaves[random.below(leaves.length)];
    const some = (): object =>
      Object.fromEntries(Array.from({ length: random.below(3) }, () => [keys[random.below(keys.length)], pick()]));
    let [results, errors] = [0, 0];
    for (let round = 0; round < 400; round++) {
      const settings = random.below(3) === 0 ? some() : {};
      const reports = Object.fromEntries(
        ['a', 'b', '__proto__'].map((id) => [id, random.below(4) === 0 ? pick() : reportOf(random.below(9))]),
      );
      try {
        const { metrics } = mechane.runScenario({ ...scenario(name, reports, settings), seed: 1 });
        expect(Number.isFinite(metrics.revenue)).toBe(true);
        results += 1;
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(MechaneError);
        expect(thrown).not.toHaveProperty('code', 'mechanism-failed');
        errors += 1;
      }
    }
    expect(Math.min(results, errors)).toBeGreaterThan(20);
  });
});

test.each([
  ['clock', { startingPrice: -1 }, ['startingPrice']],
  ['clock', { startingPrice: undefined }, ['startingPrice']],
  ['clock', { decrement: 0 }, ['decrement']],
  ['clock', { decrement: Number.NaN }, ['decrement']],
  ['clock', { floor: -1 }, ['floor']],
  ['clock', { floor: 10 }, ['floor']],
  ['multi-unit', { floor: 10 }, ['floor']],
  ['multi-unit', { units: 0 }, ['units']],
  ['multi-unit', { pricing: 'first' }, ['pricing']],
])('%s refuses the settings %j', (name, settings, path) => {
  expect(error(scenario(name, { ann: plays[name]?.report }, settings))).toMatchObject({
    code: 'invalid-settings',
    path: ['settings', ...path],
  });
});

test('thresholds must not increase', () => {
  expect(error(scenario('multi-unit', { ann: { thresholds: [3, 4] } }))).toMatchObject({
    code: 'invalid-report',
    path: ['reports', 'ann', 'thresholds', 1],
  });
});

test('decrements that lead nowhere are refused with the setting to change', () => {
  for (const name of ['clock', 'multi-unit']) {
    expect(error(scenario(name, { ann: plays[name]?.report }, { decrement: 1e-300 }))).toMatchObject({
      code: 'too-many-rounds',
      path: ['settings', 'decrement'],
    });
  }
  // Where somebody stops it in time, there is an outcome.
  const stopped = scenario('clock', { ann: { threshold: 9 } }, { decrement: 1e-300 });
  expect(mechane.runScenario(stopped).outcome).toMatchObject({ winner: 'ann', payment: 9, rounds: 1 });
});
