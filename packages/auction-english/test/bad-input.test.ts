import { codedErrorOf } from '@mechane/conformance';
import { createMechane, MechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { englishAuctions } from '../src/index.ts';

const mechane = createMechane().use(englishAuctions);

const error = (scenario: object) => codedErrorOf(() => mechane.runScenario(scenario));

/** Settings and a report that each mechanism takes. */
const plays: Readonly<Record<string, { settings: object; report: object }>> = {
  clock: { settings: { startingPrice: 1, increment: 1 }, report: { value: 3 } },
  'open-outcry': { settings: { startingPrice: 1, increment: 1 }, report: { value: 3 } },
  proxy: { settings: { startingPrice: 1, increment: 1 }, report: { value: 3 } },
  clinching: { settings: { units: 2 }, report: { marginals: [3, 1] } },
};
const scenario = (name: string, reports: unknown, settings: object = {}): object => ({
  mechanism: `auction-english/${name}`,
  settings: { ...plays[name]?.settings, ...settings },
  reports,
});

describe.each(Object.keys(plays))('auction-english/%s', (name) => {
  const key = 'marginals' in (plays[name]?.report ?? {}) ? 'marginals' : 'value';
  const reportOf = (value: unknown): object => ({ [key]: key === 'marginals' ? [value] : value });
  const path = ['reports', 'bob', key, ...(key === 'marginals' ? [0] : [])];

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
    const misspelt = key.slice(0, -1);
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
    const leaves = [0, 1, -1, 2.5, 5e-324, '', 'bid', null, true, [], {}, [3, 1], { value: 2 }, { marginals: [2, 1] }];
    const keys = ['value', 'marginals', 'startingPrice', 'increment', 'maxRounds', 'units', '__proto__'];
    const pick = (): unknown => leaves[random.below(leaves.length)];
    const some = (): object =>
      Object.fromEntries(Array.from({ length: random.below(3) }, () => [keys[random.below(keys.length)], pick()]));
    let [results, errors] = [0, 0];
    for (let round = 0; round < 400; round++) {
      const settings = random.below(3) === 0 ? some() : {};
      // A step of 5e-324 takes longer than anybody waits to be called from price to price.
      if (name === 'open-outcry' && Object.values(settings).includes(5e-324)) continue;
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
  ['clock', { increment: 0 }, ['increment']],
  ['clock', { increment: Number.NaN }, ['increment']],
  ['clock', { maxRounds: 0 }, ['maxRounds']],
  ['clock', { maxRounds: 1.5 }, ['maxRounds']],
  ['open-outcry', { increment: undefined }, ['increment']],
  ['proxy', { increment: 0 }, ['increment']],
  ['clinching', { units: 0 }, ['units']],
  ['clinching', { increment: -1 }, ['increment']],
])('%s refuses the settings %j', (name, settings, path) => {
  expect(error(scenario(name, { ann: plays[name]?.report }, settings))).toMatchObject({
    code: 'invalid-settings',
    path: ['settings', ...path],
  });
});

test('marginal values must not increase', () => {
  expect(error(scenario('clinching', { ann: { marginals: [3, 4] } }))).toMatchObject({
    code: 'invalid-report',
    path: ['reports', 'ann', 'marginals', 1],
  });
});

test('increments that lead nowhere are refused with the setting to change', () => {
  const values = { ann: { value: 9 }, bob: { value: 9 } };
  const units = { ann: { marginals: [9] }, bob: { marginals: [9] } };
  for (const [name, reports, settings] of [
    ['clock', values, { increment: 1e-300 }],
    ['clinching', units, { units: 1, increment: 1e-300 }],
  ] as const) {
    expect(error(scenario(name, reports, settings))).toMatchObject({
      code: 'too-many-rounds',
      path: ['settings', 'increment'],
    });
  }
  // With a limit, or when only one bidder is that far up, there is an outcome.
  const limited = scenario('clock', values, { increment: 1e-300, maxRounds: 5 });
  expect(mechane.runScenario(limited).outcome).toMatchObject({ winner: 'ann', payment: 1, rounds: 5 });
  const alone = scenario('clock', { ann: { value: 1e15 }, bob: { value: 9 } });
  expect(mechane.runScenario(alone).outcome).toMatchObject({ winner: 'ann', payment: 10 });
});
