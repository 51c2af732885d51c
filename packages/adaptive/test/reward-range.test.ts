import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { Designer, fixed } from '../src/index.ts';
import { run, source, uniform } from './population.ts';

const exponential = { kind: 'exponential' as const, mean: 1 };
const arms = [{ mechanism: 'auction-sealed/second-price' }, { mechanism: 'auction-sealed/first-price' }];
const truthful = (count: number, values: typeof uniform | typeof exponential) => ({
  bidders: [{ kind: 'truthful', count, values }],
});
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe('what rewards are scaled by, where the experiment does not say', () => {
  test('is what there is to gain, and it is told', async () => {
    for (const objective of ['welfare', 'revenue'] as const) {
      expect((await run({ objective, rounds: 20 })).regret.range).toEqual([0, 1]);
    }
    expect((await run({ objective: 'efficiency', rounds: 20 })).regret.range).toEqual([0, 1]);
    expect((await run({ range: [-1, 3], rounds: 20 })).regret.range).toEqual([-1, 3]);
    const clicks = { mechanism: 'auction-sealed/gsp', settings: { clickThroughRates: [30, 10, 5] } };
    expect((await run({ arms: [clicks], rounds: 20 })).regret.range).toEqual([0, 45]);
    // Of two arms, the wider one's.
    const both = await run({ arms: [...arms, clicks], objective: 'revenue', rounds: 20 });
    expect(both.regret.range).toEqual([0, 45]);
    // Of a distribution without end, the value that one draw in 1,000 exceeds counts as the highest.
    const endless = await run({ population: truthful(2, exponential), rounds: 20 });
    expect(endless.regret.range).toEqual([0, -Math.log(1e-3)]);
  });
  test('is what was seen by the end, for an objective of one’s own', async () => {
    const seen: number[] = [];
    const objective = ({ revenue }: { revenue: number }) => {
      seen.push(-revenue);
      return -revenue;
    };
    const { regret } = await run({ rounds: 200 }, { objective });
    expect(regret.range).toEqual([Math.min(...seen), 0]);
  });
  test('makes Thompson sampling do what it does when it is told', async () => {
    const experiment = { arms, objective: 'revenue' as const, policy: { kind: 'thompson' as const }, rounds: 3_000 };
    const [found, told] = [await run(experiment), await run({ ...experiment, range: [0, 1] })];
    expect(found).toEqual(told);
    // And leaves nothing to the first rewards: the best arm is found under every seed.
    for (const seed of seeds.slice(0, 10)) {
      const { pulls } = await run({ ...experiment, population: truthful(2, exponential), seed });
      expect(pulls[1]).toBeGreaterThan(pulls[0] ?? 0);
    }
  });
});

describe('triggers raise no alarm where nothing changes but what has been seen', () => {
  const alarms = async (experiment: Parameters<typeof run>[0], options?: Parameters<typeof run>[1]) => {
    let raised = 0;
    for (const seed of seeds) {
      const { history } = await run({ rounds: 2_000, ...experiment, seed }, options);
      if (history.some(({ kind }) => kind === 'change')) raised += 1;
    }
    return raised;
  };
  const watches = { kind: 'page-hinkley' as const, slack: 0.1, threshold: 5 };
  test.each(['welfare', 'revenue'] as const)('of %s', async (objective) => {
    for (const values of [uniform, exponential]) {
      expect(await alarms({ objective, population: truthful(2, values), triggers: [watches] })).toBe(0);
    }
    // The second highest of two uniform values is 1/3 on average, the highest 2/3.
    const target = objective === 'revenue' ? 1 / 3 : 2 / 3;
    const cusum = { kind: 'cusum' as const, target, slack: 0.1, threshold: 5 };
    expect(await alarms({ objective, population: truthful(2, uniform), triggers: [cusum] })).toBe(0);
  });
  test('of an objective of one’s own, which is scaled by what was seen', async () => {
    // For a hundred rounds of little, then as much as a hundred times that now and then.
    const random = seededRandom(1);
    let round = 0;
    const growing = () => {
      round += 1;
      return round % 2_000 < 100 ? 0.01 * random.next() : 0.01 * random.next() + (random.next() < 0.02 ? 1 : 0);
    };
    expect(await alarms({ triggers: [watches] }, { objective: growing })).toBe(0);
  });
  test('and a designer can be told that its rewards are scaled otherwise', () => {
    const heard: number[][] = [];
    const designer = new Designer({
      names: ['one'],
      makePolicy: () => fixed(1),
      makeDetectors: () => {
        const own: number[] = [];
        heard.push(own);
        return [{ detects: (value) => own.push(value) > 100 }];
      },
    });
    const learn = (reward: number) => designer.learn(0, { reward, efficiency: 1, failures: 0, milliseconds: 0 });
    learn(1);
    designer.rescaled();
    learn(0.5);
    expect(heard).toEqual([[1], [0.5]]);
  });
});

describe('sums beyond what numbers can say are refused', () => {
  test.each([
    [
      'values',
      { population: truthful(2, { kind: 'uniform', low: 0, high: 1e200 } as never) },
      ['population', 'bidders'],
    ],
    ['a mean', { population: truthful(2, { kind: 'exponential', mean: 1e307 } as never) }, ['population', 'bidders']],
    [
      'clicks',
      { arms: [{ mechanism: 'auction-sealed/gsp', settings: { clickThroughRates: [1e200, 1] } }] },
      ['arms', 0, 'settings'],
    ],
  ] as const)('%s', async (_, experiment, path) => {
    await expect(run(experiment as never)).rejects.toMatchObject({ code: 'overflow', path });
  });
  test('nothing in a result is anything but finite, or null, however large the amounts that pass', async () => {
    const large = { kind: 'uniform' as const, low: 0, high: 1e140 };
    const bidders = ['truthful', 'zip', 'hedge', 'exp3', 'regret-matching', 'zero-intelligence'].map((kind) => ({
      kind,
      values: large,
    }));
    const result = await run({ arms, population: { bidders, bids: 5 }, objective: 'revenue', rounds: 300 });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(result.arms.every(({ welfare }) => welfare === null || welfare.mean > 1e138)).toBe(true);
  });
  test('an arm whose amounts grow too large is taken out', async () => {
    const huge = () => ({ bid: () => 1e300 });
    const population = { bidders: [{ kind: 'huge', count: 2, values: uniform }] };
    const { failures, rounds } = await run({ population, rounds: 10 }, { bidders: { huge }, mechane: source() });
    expect(failures[0]?.error.code).toBe('overflow');
    expect(rounds).toBeLessThan(10);
  });
});
