import { type Domain, describeMechanism, describeMechanisms, multiUnit, singleItem } from '@mechane/conformance';
import { describeMechanism as describeInVitest } from '@mechane/conformance/vitest';
import type { Mechanism } from '@mechane/core';
import { expect, test, vi } from 'vitest';
import { environmentNumber } from '../src/environment-number.ts';
import { claiming, holds } from './mechanisms/claiming.ts';
import { firstPrice, secondPrice } from './mechanisms/single-item-auctions.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

interface Suite {
  readonly names: string[];
  readonly tests: Map<string, () => Promise<unknown>>;
}

/** What a runner is told. */
function suiteOf(mechanism: Mechanism, options?: Parameters<typeof describeMechanism>[2]): Suite {
  const suite: Suite = { names: [], tests: new Map() };
  const runner = {
    describe: (name: string, body: () => void) => {
      suite.names.push(name);
      body();
    },
    it: (name: string, body: () => Promise<unknown>) => suite.tests.set(name, body),
  };
  describeMechanism(runner, { mechanism, domain: singleItem() }, options);
  return suite;
}

const shading = {
  law: 'strategy-proof',
  holds: false,
  because: 'bidders shade',
  witness: { reports: { ann: { bid: 9 } }, deviation: { ann: { bid: 0 } } },
} as const;

test('a suite has a test for every claim and every law of structure', () => {
  const honest = claiming(firstPrice, shading, holds('no-deficit'), {
    law: 'efficient',
    holds: { approximately: 0.5 },
    because: 'it is',
  });
  const { names, tests } = suiteOf(honest);
  expect(names).toEqual(['test/first-price (single-item)']);
  expect([...tests.keys()].slice(0, 3)).toEqual([
    'strategy-proof does not hold',
    'no-deficit holds',
    'efficient holds up to 0.5',
  ]);
  expect(tests.has('structural/deterministic holds')).toBe(true);
});

test('kept claims pass and broken ones fail with reason, command and seed', { tags: ['long'] }, async () => {
  const { tests } = suiteOf(claiming(firstPrice, holds('strategy-proof'), holds('no-deficit')), { seed: 3, runs: 60 });
  await expect(tests.get('no-deficit holds')?.()).resolves.toMatchObject({ mechanism: 'test/first-price', seed: 3 });
  await expect(tests.get('structural/ends holds')?.()).resolves.toBeUndefined();
  const failure = tests.get('strategy-proof holds')?.();
  await expect(failure).rejects.toThrow(/strategy-proof is refuted: ann, worth 1, gains 1/);
  await expect(failure).rejects.toThrow(/see it: printf/);
  await expect(failure).rejects.toThrow(/seed: 3/);
});

test('what cannot be decided fails, and so does a claim for types that no subject has', async () => {
  const claims = claiming(secondPrice, holds('acme/fair'), holds('core', 'multi-unit'));
  const { tests } = suiteOf(claims, { laws: ['acme/fair', 'core'] });
  await expect(tests.get('acme/fair holds')?.()).rejects.toThrow(/undecided/);
  await expect(tests.get('core holds')?.()).rejects.toThrow(/no subject of the mechanism has that domain/);
});

test('a claim for types that another subject has is left to that', () => {
  const mechanism = claiming(secondPrice, holds('core'), holds('core', 'multi-unit'));
  const names: string[] = [];
  const runner = {
    describe(name: string, body: () => void) {
      names.push(name);
      body();
    },
    it: (name: string) => names.push(name),
  };
  describeMechanisms(
    runner,
    [multiUnit(), singleItem()].map((domain) => ({ mechanism, domain: domain as Domain })),
    {
      laws: ['core'],
    },
  );
  expect(names).toEqual([
    'test/second-price (multi-unit)',
    'core holds',
    'core holds',
    'test/second-price (single-item)',
    'core holds',
  ]);
});

test('the seed and the runs of the environment are whole numbers, from the first place that has one', () => {
  const seed = environmentNumber('MECHANE_SEED', undefined, {}, { MECHANE_SEED: '12' }, { MECHANE_SEED: '13' });
  expect(seed).toBe(12);
  const unread = [{ MECHANE_RUNS: '' }, { MECHANE_RUNS: 'soon' }, { MECHANE_RUNS: '1.5' }, { MECHANE_SEED: '3' }];
  expect(environmentNumber('MECHANE_RUNS', ...unread)).toBeUndefined();
});

describeInVitest(
  { mechanism: claiming(secondPrice, holds('strategy-proof')), domain: singleItem() },
  { laws: ['strategy-proof', 'structural/answers'] },
);

// What the environment says counts where a suite is described.
vi.stubEnv('MECHANE_SEED', '5');
vi.stubEnv('MECHANE_RUNS', '3');
describeInVitest(
  { mechanism: claiming(firstPrice, holds('no-deficit')), domain: singleItem() },
  { laws: ['no-deficit'] },
);
vi.stubEnv('MECHANE_RUNS', '0');
describeInVitest(
  { mechanism: claiming(firstPrice, holds('no-deficit')), domain: singleItem() },
  { laws: ['no-deficit'], runs: 2 },
);
vi.unstubAllEnvs();

test('a suite in vitest begins where the environment says', ({ task }) => {
  const found = task.file.tasks.flatMap((each) => ('tasks' in each ? each.tasks : []));
  const seeds = found.flatMap(
    ({ meta }) => (meta as { readonly conformance?: { readonly seed: number } }).conformance?.seed ?? [],
  );
  expect(seeds.slice(-2)).toEqual([5, 5]);
});
