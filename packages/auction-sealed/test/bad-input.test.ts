import { codedErrorOf } from '@mechane/conformance';
import { createMechane, MechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { sealedAuctions } from '../src/index.ts';

const mechane = createMechane().use(sealedAuctions);

const error = (scenario: object) => codedErrorOf(() => mechane.runScenario(scenario));

const uniform = { kind: 'uniform', low: 0, high: 1 };
/** Settings and a report that each mechanism takes. */
const plays: Readonly<Record<string, { settings: object; report: object }>> = {
  'first-price': { settings: {}, report: { bid: 3 } },
  'second-price': { settings: {}, report: { bid: 3 } },
  'all-pay': { settings: {}, report: { bid: 3 } },
  optimal: { settings: { distribution: uniform }, report: { bid: 3 } },
  'uniform-price': { settings: { units: 2 }, report: { bids: [3, 1] } },
  'pay-as-bid': { settings: { units: 2 }, report: { bids: [3, 1] } },
  vickrey: { settings: { units: 2 }, report: { bids: [3, 1] } },
  gsp: { settings: { clickThroughRates: [2, 1] }, report: { bid: 3 } },
  'position-vcg': { settings: { clickThroughRates: [2, 1] }, report: { bid: 3 } },
  'random-sampling': { settings: {}, report: { bid: 3 } },
};
const names = Object.keys(plays);
const scenario = (name: string, reports: unknown, settings: object = {}): object => ({
  mechanism: `auction-sealed/${name}`,
  settings: { ...plays[name]?.settings, ...settings },
  reports,
});

describe.each(names)('auction-sealed/%s', (name) => {
  const multiUnit = 'bids' in (plays[name]?.report ?? {});
  const reportOf = (bid: unknown): object => (multiUnit ? { bids: [bid] } : { bid });
  const path = (agent: string): (string | number)[] =>
    multiUnit ? ['reports', agent, 'bids', 0] : ['reports', agent, 'bid'];

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a negative bid', -1],
    ['a numeral', '3'],
    ['null', null],
    ['a bid of 10 MB', 'x'.repeat(10_000_000)],
  ])('refuses %s, naming agent and field', (_, bid) => {
    const { code, path: where, message } = error(scenario(name, { ann: plays[name]?.report, bob: reportOf(bid) }));
    expect([code, where]).toEqual(['invalid-report', path('bob')]);
    expect(message.length).toBeLessThan(1000);
  });

  test('refuses keys that nobody knows, with the nearest that somebody does', () => {
    const key = multiUnit ? 'bidz' : 'bdi';
    const report = { ...plays[name]?.report, [key]: 1 };
    expect(error(scenario(name, { ann: report }))).toMatchObject({
      code: 'unknown-key',
      path: ['reports', 'ann', key],
      fix: `did you mean "${multiUnit ? 'bids' : 'bid'}"?`,
    });
    expect(error(scenario(name, {}, { breakTies: 'lot' }))).toMatchObject({ path: ['settings', 'breakTies'] });
  });

  test('runs without anybody, and with agents of any name', () => {
    const nobody = mechane.runScenario(scenario(name, {}));
    expect(nobody.metrics).toMatchObject({ participants: 0, welfare: 0, efficiency: 1, revenue: 0 });
    const strange = ['__proto__', 'constructor', 'toString', '', '\ud800', ' '];
    const reports = new Map(strange.map((id) => [id, plays[name]?.report]));
    const { outcome, metrics } = mechane.runScenario(scenario(name, reports));
    expect(Object.keys('payments' in outcome ? (outcome.payments as object) : {}).sort()).toEqual(strange.sort());
    expect(metrics.participants).toBe(6);
  });

  test('an agent that keeps silent in a live run pays nothing and gets nothing', async () => {
    const id = sealedAuctions.mechanisms.find((mechanism) => mechanism.id === `auction-sealed/${name}`)?.id;
    if (id === undefined) throw new Error(`${name} is not in the plugin`);
    const live: unknown = await mechane.open(id as 'auction-sealed/first-price', {
      settings: plays[name]?.settings ?? {},
      agents: { ann: () => plays[name]?.report as { bid: number }, bob: () => undefined },
      seed: 1,
    }).result;
    expect(live).toMatchObject({ outcome: { payments: { bob: 0 } }, metrics: { participants: 2 } });
  });

  test('whatever JSON comes, it is either a result or a coded error', () => {
    const random = seededRandom(5);
    const leaves = [0, 1, -1, 2.5, 1e308, 5e-324, '', 'bid', null, true, [], {}, [3, 1], { bid: 2 }, { bids: [2, 1] }];
    const pick = (): unknown => leaves[random.below(leaves.length)];
    const keys = ['bid', 'bids', 'value', 'reserve', 'units', 'clickThroughRates', 'distribution', 'kind', '__proto__'];
    const some = (): object =>
      Object.fromEntries(Array.from({ length: random.below(3) }, () => [keys[random.below(9)], pick()]));
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

test('marginal bids must not increase', () => {
  expect(error(scenario('vickrey', { ann: { bids: [3, 4] } }))).toMatchObject({
    code: 'invalid-report',
    path: ['reports', 'ann', 'bids', 1],
  });
});

test.each([
  ['pay-as-bid', { units: 0 }, ['units']],
  ['pay-as-bid', { units: 1.5 }, ['units']],
  ['uniform-price', { pricing: 'first-accepted' }, ['pricing']],
  ['first-price', { reserve: -1 }, ['reserve']],
  ['first-price', { reserve: Number.NaN }, ['reserve']],
  ['gsp', { clickThroughRates: [] }, ['clickThroughRates']],
  ['gsp', { clickThroughRates: [1, 2] }, ['clickThroughRates', 1]],
  ['position-vcg', { clickThroughRates: [3, 2, 2, 4] }, ['clickThroughRates', 3]],
  ['position-vcg', { clickThroughRates: [3, -1] }, ['clickThroughRates', 1]],
  ['optimal', { distribution: undefined }, ['distribution']],
  ['optimal', { distribution: { kind: 'normal', mean: 1 } }, ['distribution', 'kind']],
  ['optimal', { distribution: { kind: 'uniform', low: 2, high: 2 } }, ['distribution', 'high']],
  ['optimal', { distribution: { kind: 'uniform', low: -1, high: 2 } }, ['distribution', 'low']],
  ['optimal', { distribution: { kind: 'exponential', mean: 0 } }, ['distribution', 'mean']],
  ['optimal', { distribution: { kind: 'empirical', samples: [] } }, ['distribution', 'samples']],
  ['optimal', { distribution: { kind: 'empirical', samples: [1, -1] } }, ['distribution', 'samples', 1]],
  ['optimal', { distributions: [] }, ['distributions']],
  ['optimal', { distributions: null }, ['distributions']],
  ['optimal', { distributions: { ann: { kind: 'exponential', mean: -1 } } }, ['distributions', 'ann', 'mean']],
])('%s refuses the settings %j', (name, settings, path) => {
  expect(error(scenario(name, { ann: plays[name]?.report }, settings))).toMatchObject({
    code: 'invalid-settings',
    path: ['settings', ...path],
  });
});

test('optimal refuses a bidder of whom nothing is known, and knows one named __proto__', () => {
  const distributions = JSON.parse('{"__proto__": {"kind": "exponential", "mean": 1}}');
  const play = { distribution: undefined, distributions };
  expect(error(scenario('optimal', { ann: { bid: 3 } }, play))).toMatchObject({
    code: 'missing-distribution',
    path: ['settings', 'distributions', 'ann'],
  });
  const reports = JSON.parse('{"__proto__": {"bid": 3}}');
  expect(mechane.runScenario(scenario('optimal', reports, play)).outcome).toMatchObject({ payment: 1 });
});

test('the value an agent proposes is any JSON, and nothing else', () => {
  const report = (value: unknown): object => scenario('first-price', { ann: { bid: 1, value } });
  const proposal = { temperature: 21.5, rooms: ['a', null] };
  expect(mechane.runScenario(report(proposal)).outcome).toMatchObject({ winningValue: proposal });
  expect(mechane.runScenario(report(null)).outcome).toMatchObject({ winningValue: null });
  expect(mechane.runScenario(report(undefined)).outcome).not.toHaveProperty('winningValue');
  expect(error(report(Number.NaN))).toMatchObject({ code: 'invalid-report', path: ['reports', 'ann', 'value'] });
});

test('optimal knows of bidders who stay away: what is believed of them changes nothing', () => {
  const uniform = { kind: 'uniform', low: 0, high: 10 };
  for (const known of [[], ['ann'], ['zacharias'], ['ann', 'bob', 'zacharias']]) {
    const distributions = Object.fromEntries(known.map((agent) => [agent, uniform]));
    const auction = scenario('optimal', { ann: { bid: 4 }, bob: { bid: 8 } }, { distribution: uniform, distributions });
    expect(mechane.runScenario(auction).outcome).toMatchObject({ winner: 'bob', payment: 5 });
  }
});
