import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, isMechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type Experiment, replicated, type SimulateOptions, simulate } from '../src/index.ts';
import { failing, messaged, ordinal, run, source, stepped, uniform } from './population.ts';

describe('simulate', () => {
  test('the same seed gives the same result, another seed another', { tags: ['long'] }, async () => {
    const population = {
      bidders: [
        { kind: 'hedge', count: 2, values: uniform },
        { kind: 'zip', values: uniform },
      ],
    };
    for (const kind of ['ucb1', 'thompson', 'exp3', 'sliding-window-ucb', 'fixed'] as const) {
      const experiment = {
        arms: [{ mechanism: 'auction-sealed/first-price' }, { mechanism: 'auction-sealed/all-pay' }],
        population,
      };
      const once = await run({ ...experiment, policy: { kind } });
      expect(await run({ ...experiment, policy: { kind } })).toEqual(once);
      expect(await run({ ...experiment, policy: { kind }, seed: 2 })).not.toEqual(once);
      expect(once).toMatchObject({ rounds: 1_000, complete: true, seed: 1, objective: 'welfare' });
      expect(once.pulls.reduce((sum, pulls) => sum + pulls, 0)).toBe(1_000);
    }
  });
  test('truthful play of the second price is efficient and has the revenue of theory', async () => {
    const { arms, regret, convergence, reward } = await run({ rounds: 20_000, objective: 'revenue' });
    const [arm] = arms;
    expect(arm).toMatchObject({
      pulls: 20_000,
      efficiency: { mean: 1, halfWidth: 0 },
      priceOfAnarchy: 1,
      smithsAlpha: 0,
    });
    // Three uniform values: the second highest is 1/2 on average, the highest 3/4.
    expect(Math.abs((arm?.revenue?.mean ?? 0) - 0.5)).toBeLessThan(2.5 * (arm?.revenue?.halfWidth ?? 0));
    expect(Math.abs((arm?.welfare?.mean ?? 0) - 0.75)).toBeLessThan(2.5 * (arm?.welfare?.halfWidth ?? 0));
    expect(reward).toEqual(arm?.revenue);
    // Nothing is regretted, and there is no grid to swap bids on.
    expect(regret.bidders.map(({ agent, externalRegret, swapRegret }) => [agent, externalRegret, swapRegret])).toEqual([
      ['truthful1', 0, null],
      ['truthful2', 0, null],
      ['truthful3', 0, null],
    ]);
    expect(convergence).toMatchObject({ coarse: 0, correlated: null });
    expect(convergence.checkpoints.map(({ round }) => round).at(-1)).toBe(20_000);
  });
  test('the designer finds the reserve that earns most', async () => {
    // Two uniform values: a reserve of 1/2 earns 5/12, none 1/3, one of 0.9 about 0.17 (Myerson 1981).
    const arms = [0, 0.5, 0.9].map((reserve) => ({ mechanism: 'auction-sealed/second-price', settings: { reserve } }));
    const population = { bidders: [{ kind: 'truthful', count: 2, values: uniform }] };
    for (const kind of ['ucb1', 'thompson', 'exp3', 'sliding-window-ucb'] as const) {
      const { pulls, regret, reward } = await run({
        arms,
        population,
        policy: { kind },
        objective: 'revenue',
        range: [0, 1],
        rounds: 20_000,
      });
      expect(pulls[1]).toBe(Math.max(...pulls));
      expect(regret.perRound).toBeLessThan(0.1);
      expect(reward?.mean).toBeGreaterThan(1 / 3);
    }
  });
  test('learners’ mixtures and regrets do not depend on whether outcomes are kept', async () => {
    const bidders = [{ kind: 'hedge', count: 2, values: uniform }];
    const arms = [{ mechanism: 'auction-sealed/first-price' }];
    const kept = await run({ arms, population: { bidders } });
    // A rival who never outbids anybody keeps outcomes from being kept.
    const idle = { idle: () => ({ bid: () => 0 }) };
    const played = await run(
      { arms, population: { bidders: [...bidders, { kind: 'idle', values: { kind: 'constant', value: 0 } }] } },
      { bidders: idle },
    );
    expect(played.regret.bidders.map(({ kind }) => kind)).toEqual(['hedge', 'hedge', 'idle']);
    expect(played.convergence.coarse).toBeLessThan(0.05);
    expect(kept.convergence.coarse).toBeLessThan(0.05);
  });
  test('values that are no lines over types, and randomness, are played as they are', async () => {
    const population = { bidders: [{ kind: 'hedge', count: 2, values: uniform }], classes: 2 };
    const mechane = source(stepped);
    const { regret } = await run({ arms: [{ mechanism: 'test/stepped' }], population, rounds: 5_000 }, { mechane });
    // Whoever wins pays nothing: bids rise to the top for values above 1/2, where winning is worth something.
    const [{ strategy } = { strategy: null }] = regret.bidders;
    expect(strategy?.find(({ value }) => value > 0.9)?.bid).toBeGreaterThan(0.9);
    const lots = { arms: [{ mechanism: 'auction-sealed/first-price', settings: { breakTie: 'lot' } }], population };
    expect((await run(lots)).regret.bidders).toEqual((await run(lots)).regret.bidders);
  });
  test('an objective can be a function', async () => {
    const arms = [{ mechanism: 'auction-sealed/first-price' }, { mechanism: 'auction-sealed/second-price' }];
    const population = { bidders: [{ kind: 'shading', share: 0.5, count: 2, values: uniform }] };
    const consumers = ({ welfare, revenue }: { welfare: number; revenue: number }) => welfare - revenue;
    const { pulls, objective } = await run(
      { arms, population, policy: { kind: 'ucb1' }, rounds: 5_000 },
      { objective: consumers },
    );
    expect(objective).toBe('function');
    expect(pulls[1]).toBeGreaterThan(pulls[0] ?? 0);
  });
  test('mechanisms of many rounds, and one that learns its price, are arms like any other', async () => {
    const { arms } = await run({
      arms: [{ mechanism: 'adaptive/posted-price', settings: { rounds: 20, learnFrom: 'others' } }],
      population: { bidders: [{ kind: 'truthful', count: 4, values: { kind: 'exponential', mean: 2 } }] },
      objective: 'revenue',
      rounds: 100,
    });
    expect(arms[0]?.revenue?.mean).toBeGreaterThan(0);
    expect(arms[0]?.efficiency?.mean).toBeLessThan(1);
  });
  test('values can be samples, and stand still', async () => {
    const bidders = [
      { kind: 'truthful', values: { kind: 'empirical' as const, samples: [1, 2, 4] } },
      { kind: 'hedge', values: { kind: 'constant' as const, value: 3 } },
    ];
    const { arms, regret } = await run({ population: { bidders }, rounds: 3_000 });
    // The learner faces 4 once in three rounds: bidding between 2 and 4 is best, and wins the rest at 1.5 on average.
    expect(regret.bidders[1]?.strategy).toHaveLength(1);
    expect(regret.bidders[1]?.utility?.mean).toBeGreaterThan(0.9);
    expect(arms[0]?.welfare?.mean).toBeGreaterThan(3);
    const nothing = { bidders: [{ kind: 'hedge', count: 2, values: { kind: 'constant' as const, value: 0 } }] };
    expect((await run({ population: nothing })).arms[0]?.welfare?.mean).toBe(0);
  });
  test('it is called off with what it has, and says how far it has come', async () => {
    const heard: number[] = [];
    const controller = new AbortController();
    const onProgress = (rounds: number) => {
      heard.push(rounds);
      controller.abort();
    };
    const result = await run({ rounds: 100_000_000 }, { signal: controller.signal, onProgress });
    expect(result).toMatchObject({ complete: false, reason: 'interrupted' });
    expect(result.rounds).toBeGreaterThan(0);
    expect(result.arms[0]?.pulls).toBe(result.rounds);
    expect(heard.at(-1)).toBe(result.rounds);
    const before = await run({}, { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ rounds: 1, complete: false });
  });
  test('without a seed one is drawn and told', async () => {
    const experiment: Experiment = {
      arms: [{ mechanism: 'auction-sealed/first-price' }],
      population: { bidders: [{ kind: 'zero-intelligence', count: 2, values: uniform }] },
      rounds: 50,
    };
    const mechane = createMechane().use(sealedAuctions);
    const first = await simulate(experiment, { mechane });
    expect(await simulate(experiment, { mechane, seed: first.seed })).toEqual(first);
  });
});

describe('replications', () => {
  test('come together as means with intervals over seeds', async () => {
    const simulations = await Promise.all([1, 2, 3].map((seed) => run({ seed, rounds: 500 })));
    const { seeds, complete, reward, correlated, arms } = replicated(simulations);
    expect([seeds, complete, correlated]).toEqual([[1, 2, 3], true, null]);
    const means = simulations.map((each) => each.reward?.mean ?? 0);
    expect(reward?.mean).toBeCloseTo(means.reduce((sum, mean) => sum + mean, 0) / 3, 12);
    // Student's t with two degrees of freedom.
    const mean = reward?.mean ?? 0;
    const deviation = Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 2);
    expect(reward?.halfWidth).toBeCloseTo((4.303 * deviation) / Math.sqrt(3), 12);
    expect(arms[0]).toMatchObject({ mechanism: 'auction-sealed/second-price', pulls: { mean: 500, halfWidth: 0 } });
    expect(replicated([])).toMatchObject({ seeds: [], reward: null, arms: [] });
  });
});

describe('an arm that goes wrong', () => {
  const arms = [{ mechanism: 'test/failing' }, { mechanism: 'auction-sealed/second-price' }];
  test('is taken out, and nothing already simulated is lost', async () => {
    for (const kind of ['fixed', 'ucb1', 'exp3', 'thompson', 'sliding-window-ucb'] as const) {
      const fresh = source(failing('test/failing', 100, 'throws'));
      const { rounds, complete, pulls, failures, history } = await run(
        { arms, policy: { kind }, rounds: 2_000 },
        { mechane: fresh },
      );
      expect([rounds, complete, pulls[0]]).toEqual([1_999, true, 100]);
      expect(failures).toEqual([
        { arm: 0, round: expect.any(Number), error: expect.objectContaining({ code: 'mechanism-failed' }) },
      ]);
      expect(failures[0]?.error.message).toContain('out of order');
      expect(history.find((entry) => entry.kind === 'failure')).toMatchObject({
        from: 0,
        to: 1,
        figures: { pulls: 100 },
      });
    }
  });
  test('ends the simulation with what it has, where no arm is left', async () => {
    const mechane = source(failing('test/failing', 100, 'throws'));
    const result = await run({ arms: arms.slice(0, 1), rounds: 2_000 }, { mechane });
    expect(result).toMatchObject({ rounds: 100, complete: false, reason: 'every arm has failed', pulls: [100] });
    expect(result.arms[0]?.efficiency?.mean).toBe(1);
    expect(result.history.at(-1)?.because).toContain('no arm is left');
  });
  test('amounts that are not finite count as failure', async () => {
    const mechane = source(failing('test/failing', 10, 'infinite'));
    const { failures } = await run({ arms, objective: 'revenue' }, { mechane });
    expect(failures[0]?.error.code).toBe('overflow');
  });
});

const population = { bidders: [{ kind: 'truthful', values: uniform }] };

test.each<[string, object, string, readonly (string | number)[]]>([
  ['no rounds', { rounds: 0 }, 'invalid-experiment', ['rounds']],
  ['rounds without number', { rounds: Number.NaN }, 'invalid-experiment', ['rounds']],
  ['no arms', { arms: [] }, 'invalid-experiment', ['arms']],
  [
    'an unknown arm',
    { arms: [{ mechanism: 'auction-sealed/second-prize' }] },
    'unknown-mechanism',
    ['arms', 0, 'mechanism'],
  ],
  [
    'bad settings of an arm',
    { arms: [{ mechanism: 'auction-sealed/first-price', settings: { reserve: -1 } }] },
    'invalid-settings',
    ['arms', 0, 'settings', 'reserve'],
  ],
  [
    'a misspelt setting',
    { arms: [{ mechanism: 'auction-sealed/first-price', settings: { reserv: 1 } }] },
    'unknown-key',
    ['arms', 0, 'settings', 'reserv'],
  ],
  ['a misspelt key', { round: 3 }, 'unknown-key', ['round']],
  ['an unknown policy', { policy: { kind: 'ucb2' } }, 'invalid-experiment', ['policy', 'kind']],
  ['a negative rate', { policy: { kind: 'exp3', exploration: -0.1 } }, 'invalid-experiment', ['policy', 'exploration']],
  [
    'a negative width',
    { policy: { kind: 'sliding-window-ucb', width: -1 } },
    'invalid-experiment',
    ['policy', 'width'],
  ],
  ['a fixed arm that is none', { policy: { kind: 'fixed', arm: 1 } }, 'invalid-experiment', ['policy', 'arm']],
  ['a chain of arms that are none', { fallback: { chain: [0, 4] } }, 'invalid-experiment', ['fallback', 'chain', 1]],
  ['a range that is none', { range: [1, 1] }, 'invalid-experiment', ['range']],
  ['no bidders', { population: { bidders: [] } }, 'invalid-experiment', ['population', 'bidders']],
  [
    'an unknown kind of bidder',
    { population: { bidders: [{ kind: 'hedgehog', values: uniform }] } },
    'invalid-experiment',
    ['population', 'bidders', 0, 'kind'],
  ],
  [
    'a shading bidder without share',
    { population: { bidders: [{ kind: 'shading', values: uniform }] } },
    'invalid-experiment',
    ['population', 'bidders', 0, 'share'],
  ],
  [
    'a negative mean',
    { population: { bidders: [{ kind: 'zip', values: { kind: 'exponential', mean: -1 } }] } },
    'invalid-experiment',
    ['population', 'bidders', 0, 'values', 'mean'],
  ],
  [
    'values that are nowhere',
    { population: { bidders: [{ kind: 'zip', values: { kind: 'uniform', low: 2, high: 1 } }] } },
    'invalid-experiment',
    ['population', 'bidders', 0, 'values', 'high'],
  ],
  [
    'a report that nobody knows',
    { arms: [{ mechanism: 'test/messaged' }] },
    'unknown-report',
    ['arms', 0, 'mechanism'],
  ],
  ['no cardinal values', { arms: [{ mechanism: 'test/ordinal' }] }, 'no-cardinal-values', ['arms', 0, 'mechanism']],
  [
    'efficiency without an optimum',
    { arms: [{ mechanism: 'test/messaged' }], objective: 'efficiency' },
    'no-objective',
    ['arms', 0, 'mechanism'],
  ],
  ['a seed that is none', { seed: 0.5 }, 'invalid-experiment', ['seed']],
])('%s is refused with code and path', async (_, change, code, path) => {
  const mechane = source(messaged, ordinal);
  const experiment = { arms: [{ mechanism: 'auction-sealed/first-price' }], population, rounds: 10, ...change };
  const thrown = await simulate(experiment as Experiment, { mechane } satisfies SimulateOptions).catch(
    (error: unknown) => error,
  );
  expect(isMechaneError(thrown)).toBe(true);
  expect(thrown).toMatchObject({ code, path });
  expect((thrown as Error).message.split('; expected').length).toBeLessThan(3);
  expect((thrown as Error).message.split('. Fix: ').length).toBeLessThan(3);
});

test('what to do about a value of the wrong kind stands in the fix of its error, and once in its sentence', async () => {
  const refused = (change: object) => run(change as Partial<Experiment>).catch((error: unknown) => error);
  expect(await refused({ rounds: '10' })).toMatchObject({
    message: 'rounds: expected number, received string. Fix: write 10 without quotes.',
    fix: 'write 10 without quotes',
  });
  expect(await refused({ seed: 0.5 })).toMatchObject({ path: ['seed'], fix: 'give a whole number' });
  expect(await refused({ rounds: 0 })).toMatchObject({ path: ['rounds'], fix: 'give more than 0' });
});

test.each([null, 7, 'x', [], { arms: 1 }, { __proto__: null, rounds: 1e308 }])('%j is no experiment', async (given) => {
  const thrown = await simulate(given as object as Experiment, { mechane: source() }).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'invalid-experiment' });
});
