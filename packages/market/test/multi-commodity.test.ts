import { createMechane, isMechaneError, provide, seededRandom } from '@mechane/core';
import { highsOptimizer, type Optimizer, OptimizerService } from '@mechane/optimization';
import { beforeAll, expect, test } from 'vitest';
import { markets, type ResourceReport } from '../src/index.ts';

const mechane = createMechane().use(markets);
beforeAll(() => mechane.prepare());

function share(resources: Record<string, number>, reports: Record<string, ResourceReport>) {
  const { outcome, certificate, metrics } = mechane.run('market/multi-commodity', { settings: { resources }, reports });
  return { ...outcome, certificate, metrics };
}

test('the factory of Dantzig’s textbook: shadow prices say what another hour is worth', () => {
  // Hillier and Lieberman's Wyndor Glass: 3 d + 5 w, with d ≤ 4, 2 w ≤ 12, 3 d + 2 w ≤ 18: 36 at (2, 6), shadow prices 0, 3/2, 1.
  const { levels, prices, payments, certificate, metrics } = share(
    { plant1: 4, plant2: 12, plant3: 18 },
    {
      doors: { uses: [{ value: 3, needs: { plant1: 1, plant3: 3 } }] },
      windows: { uses: [{ value: 5, needs: { plant2: 2, plant3: 2 } }] },
    },
  );
  expect(levels.doors?.[0]).toBeCloseTo(2, 9);
  expect(levels.windows?.[0]).toBeCloseTo(6, 9);
  expect(prices.plant1).toBeCloseTo(0, 9);
  expect(prices.plant2).toBeCloseTo(1.5, 9);
  expect(prices.plant3).toBeCloseTo(1, 9);
  expect(payments.doors).toBeCloseTo(6, 9);
  expect(payments.windows).toBeCloseTo(30, 9);
  expect(metrics.welfare).toBeCloseTo(36, 9);
  expect(certificate).toMatchObject({ status: 'optimal' });
  expect(certificate?.bound).toBeCloseTo(36, 9);
});

test('nobody gets more than its budget can pay for', () => {
  const wanting: ResourceReport = { uses: [{ value: 3, needs: { cpu: 1 } }] };
  const { allocation, payments } = share(
    { cpu: 10 },
    { ann: { ...wanting, budget: 6 }, bob: { uses: [{ value: 1, needs: { cpu: 1 } }] } },
  );
  expect(allocation.ann?.cpu).toBeCloseTo(2, 9);
  expect(allocation.bob?.cpu).toBeCloseTo(8, 9);
  expect(payments.ann).toBeLessThanOrEqual(6);
  expect(payments.ann).toBeCloseTo(2, 9);
});

test('a limit leaves the rest to others, and what is left over is free', () => {
  const { levels, prices } = share(
    { cpu: 10, disk: 5 },
    {
      ann: {
        uses: [
          { value: 3, needs: { cpu: 1 }, limit: 4 },
          { value: 0, needs: { disk: 1 } },
        ],
      },
      bob: { uses: [] },
    },
  );
  expect(levels.ann?.[0]).toBe(4);
  expect(levels.bob).toEqual([]);
  expect(prices).toEqual({ cpu: 0, disk: 0 });
});

test('a thousand random programs are proved optimal, and nobody pays more than its uses are worth', {
  tags: ['long'],
}, () => {
  let state = 7;
  const draw = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const names = ['cpu', 'memory', 'disk'];
  for (let run = 0; run < 1_000; run++) {
    const reports = Object.fromEntries(
      Array.from({ length: 1 + (run % 6) }, (_, index) => [
        `agent${index}`,
        {
          uses: Array.from({ length: 1 + (index % 3) }, () => ({
            value: 0.1 + 9 * draw(),
            needs: Object.fromEntries(names.map((name) => [name, 0.1 + draw()])),
            ...(draw() < 0.3 ? { limit: 1 + draw() } : {}),
          })),
          ...(draw() < 0.5 ? { budget: 0.5 + 20 * draw() } : {}),
        },
      ]),
    );
    const resources = { cpu: 1 + 9 * draw(), memory: 1 + 9 * draw(), disk: 1 + 9 * draw() };
    const { levels, payments, certificate } = share(resources, reports);
    expect(certificate?.status, `run ${run}`).toBe('optimal');
    for (const [agent, { uses, budget = Infinity }] of Object.entries(reports)) {
      const worth = uses.reduce((sum, { value }, index) => sum + value * (levels[agent]?.[index] ?? 0), 0);
      expect(payments[agent]).toBeLessThanOrEqual(worth + 1e-6);
      expect(payments[agent]).toBeLessThanOrEqual(budget + 1e-6);
    }
  }
});

test.each([
  ['scarce', 50],
  ['enough for many', 20_000],
  ['enough for all', 1e7],
])('of very many agents, too, no division is worth more, where resources are %s', { tags: ['long'] }, (_, supply) => {
  const random = seededRandom(supply);
  const resources = { cpu: supply, disk: 2 * supply, memory: supply };
  const reports: Record<string, ResourceReport> = {};
  for (let agent = 0; agent < 3_000; agent++) {
    const uses = Array.from({ length: 1 + random.below(2) }, () => ({
      value: random.below(10),
      needs: { cpu: 1 + random.below(4), disk: random.below(4), memory: random.below(3) },
      limit: 1 + random.below(9),
    }));
    reports[`agent${agent}`] = random.below(2) === 0 ? { uses } : { uses, budget: 1 + random.below(40) };
  }
  const { levels, prices, certificate } = share(resources, reports);
  const taken: Record<string, number> = { cpu: 0, disk: 0, memory: 0 };
  let welfare = 0;
  // What all is worth at these prices, and what each could gain at most by them: nothing is worth more than both together.
  let bound = Object.entries(resources).reduce((sum, [name, there]) => sum + there * (prices[name] as number), 0);
  for (const [agent, { uses, budget = Infinity }] of Object.entries(reports)) {
    const own = levels[agent] as readonly number[];
    const worth = uses.reduce((sum, { value }, use) => sum + value * (own[use] as number), 0);
    welfare += worth;
    expect(worth).toBeLessThanOrEqual(budget + 1e-6);
    const gains = uses.map(({ value, needs, limit = Infinity }, use) => {
      expect(own[use]).toBeLessThanOrEqual(limit + 1e-6);
      const cost = Object.entries(needs).reduce((sum, [name, need]) => sum + need * (prices[name] as number), 0);
      for (const [name, need] of Object.entries(needs))
        taken[name] = (taken[name] as number) + need * (own[use] as number);
      return { value, limit, gain: value - cost };
    });
    let left = budget;
    for (const { value, limit, gain } of gains.sort((one, other) => other.gain / other.value - one.gain / one.value)) {
      if (!(gain > 0)) continue;
      const level = Math.min(limit, left / value);
      bound += gain * level;
      left -= value * level;
    }
  }
  for (const [name, there] of Object.entries(resources)) expect(taken[name]).toBeLessThanOrEqual(there * (1 + 1e-9));
  expect(bound - welfare).toBeLessThanOrEqual(1e-6 * welfare);
  expect(certificate?.status).toBe('optimal');
});

test('resources that are not there, needs of nothing and numbers out of reach are refused', () => {
  const refused = (report: unknown, resources: Record<string, number> = { cpu: 1 }) => {
    try {
      share(resources, { ann: report as ResourceReport });
    } catch (thrown) {
      if (isMechaneError(thrown)) return thrown.path;
      throw thrown;
    }
    return undefined;
  };
  expect(refused({ uses: [{ value: 1, needs: { cpus: 1 } }] })).toEqual(['reports', 'ann', 'uses', 0, 'needs', 'cpus']);
  expect(refused({ uses: [{ value: 1, needs: { mainframe: 1 } }] })).toEqual([
    'reports',
    'ann',
    'uses',
    0,
    'needs',
    'mainframe',
  ]);
  expect(refused({ uses: [{ value: 1, needs: { cpu: 0 } }] })).toEqual(['reports', 'ann', 'uses', 0, 'needs']);
  expect(refused({ uses: [{ value: 1e308, needs: { cpu: 1 } }] })).toEqual(['reports', 'ann', 'uses', 0, 'value']);
  expect(refused({ uses: [{ value: 1, needs: { cpu: 1e-12 } }] })).toEqual([
    'reports',
    'ann',
    'uses',
    0,
    'needs',
    'cpu',
  ]);
  expect(refused({ uses: [], budget: 0 })).toEqual(['reports', 'ann', 'budget']);
  expect(refused({ uses: [] }, { cpu: -1 })).toEqual(['settings', 'resources', 'cpu']);
});

/** The real optimizer, with something done to its solutions. */
function tampered(tamper: (solution: ReturnType<Optimizer['solve']>) => object): ReturnType<typeof createMechane> {
  const honest = mechane.service(OptimizerService);
  const optimizer = { ...honest, solve: (program: Parameters<Optimizer['solve']>[0]) => tamper(honest.solve(program)) };
  return createMechane({ services: [provide(OptimizerService, () => optimizer as Optimizer)] });
}

const single = { settings: { resources: { cpu: 4 } }, reports: { ann: { uses: [{ value: 3, needs: { cpu: 1 } }] } } };

test('an optimizer that stops without an answer is an error, not an allocation', () => {
  const stopped = tampered(({ primal: _, ...rest }) => ({ ...rest, status: 'time-limit' })).use(markets);
  expect(() => stopped.run('market/multi-commodity', single)).toThrow(
    expect.objectContaining({ code: 'unsolved-allocation' }),
  );
});

test('what the prices do not prove is called feasible only', () => {
  const idle = tampered((solution) => ({ ...solution, primal: new Float64Array(1), objective: 0 })).use(markets);
  const { certificate } = idle.run('market/multi-commodity', single);
  expect(certificate).toMatchObject({ status: 'feasible', welfare: 0, bound: 12, gap: 12 });
});

test('what an optimizer says that its point is worth is not taken for granted', () => {
  const boasting = tampered((solution) => ({ ...solution, primal: Float64Array.of(1), objective: 12 })).use(markets);
  const { certificate } = boasting.run('market/multi-commodity', single);
  expect(certificate).toMatchObject({ status: 'feasible', welfare: 3, bound: 12, gap: 9 });
});

test('what takes more than there is is called feasible only, however well it is paid for', () => {
  const greedy = tampered((solution) => ({ ...solution, primal: Float64Array.of(4.001), objective: 12 })).use(markets);
  const { certificate } = greedy.run('market/multi-commodity', single);
  expect(certificate).toMatchObject({ status: 'feasible' });
  expect(certificate?.violation).toBeCloseTo(0.001, 9);
});

test('a bound is one as a part of what is gained: the last digits of large sums do not count', () => {
  const large = {
    settings: { resources: { cpu: 4 } },
    reports: { ann: { uses: [{ value: 3e8, needs: { cpu: 1 } }] } },
  };
  const near = tampered((solution) => ({ ...solution, primal: Float64Array.of(4 - 1e-8) })).use(markets);
  const { certificate } = near.run('market/multi-commodity', large);
  expect(certificate).toMatchObject({ status: 'optimal', bound: 1.2e9 });
  expect(certificate?.gap).toBeCloseTo(3, 3);
});

test('which of several best divisions is found does not depend on the order in which anything was written', () => {
  const wants = (value: number, ...names: string[]): ResourceReport => ({
    uses: names.map((name) => ({ value, needs: { [name]: 1 } })),
  });
  const agents = { ann: wants(2, 'cpu', 'disk'), bob: wants(2, 'disk', 'cpu'), cat: wants(2, 'cpu', 'net') };
  const resources = { cpu: 3, disk: 2, net: 1 };
  const turned = <Value>(record: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).reverse());
  const { certificate: _, ...here } = share(resources, agents);
  const { certificate: __, ...there } = share(turned(resources), turned(agents));
  expect(there).toEqual(here);
  // Nothing is told of what nobody uses.
  for (const used of Object.values(here.allocation)) expect(Object.values(used)).not.toContain(0);
});

test('a need of nothing is none, but something has to be needed; numbers are between a millionth and a billion', () => {
  const use = (value: number, needs: Record<string, number>, limit?: number): Record<string, ResourceReport> => ({
    ann: { uses: [{ value, needs, ...(limit === undefined ? {} : { limit }) }] },
  });
  expect(share({ cpu: 1, disk: 1 }, use(1, { cpu: 1, disk: 0 })).levels.ann?.[0]).toBeCloseTo(1, 9);
  expect(() => share({ cpu: 1 }, use(1, { cpu: 0 }))).toThrow('expected a need');
  expect(() => share({ cpu: 1e-6 }, use(1e9, { cpu: 1e-6 }))).not.toThrow();
  expect(() => share({ cpu: 1e9 }, use(1e-6, { cpu: 1e9 }))).not.toThrow();
  for (const far of [5e-7, 2e9]) {
    expect(() => share({ cpu: 1 }, use(far, { cpu: 1 }))).toThrow('from 0.000001 to 1000000000');
    expect(() => share({ cpu: 1 }, use(1, { cpu: far }))).toThrow('from 0.000001 to 1000000000');
  }
});

test('the optimizer is loaded by the name of the mechanism', async () => {
  const fresh = createMechane({ services: [highsOptimizer()] }).use(markets);
  expect(() => fresh.run('market/multi-commodity', single)).toThrow(
    expect.objectContaining({ code: 'optimizer-not-ready', fix: 'await mechane.prepare() first' }),
  );
  await fresh.prepare('market/multi-commodity');
  expect(fresh.run('market/multi-commodity', single).outcome.levels).toEqual({ ann: [4] });
});

test('whoever is silent uses nothing', async () => {
  const { outcome } = await mechane.open('market/multi-commodity', {
    settings: single.settings,
    agents: { ann: () => single.reports.ann, mute: () => undefined },
  }).result;
  expect(outcome.levels).toEqual({ ann: [4], mute: [] });
  expect(outcome.allocation).toEqual({ ann: { cpu: 4 }, mute: {} });
  expect(outcome.payments.mute).toBe(0);
});
