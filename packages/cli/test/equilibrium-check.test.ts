import type { JointPlay } from '@mechane/adaptive';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, type Mechane, type Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { checkEquilibrium, type EquilibriumCheck } from '../src/equilibrium-check.ts';
import { loadPlugins } from '../src/plugins.ts';
import { tasks } from '../src/thread-tasks.ts';
import { mechane } from './command.ts';
import { project } from './project.ts';

const values = { kind: 'uniform', low: 0, high: 1 };
const packages = ['@mechane/adaptive', '@mechane/auction-sealed'];
const withGames = [...packages, '@mechane/game-theory'];

interface Printed {
  readonly equilibrium: EquilibriumCheck;
  readonly convergence: { readonly coarse: number; readonly correlated: number | null };
}

function experimentOf(mechanism: string, bidders: object, rounds: number, settings: object = {}): string {
  return JSON.stringify({
    arms: [{ mechanism, settings }],
    policy: { kind: 'fixed' },
    population: { bidders: [{ values, count: 2, ...bidders }], bids: 11, classes: 5 },
    rounds,
    seed: 1,
  });
}

async function simulated(mechanism: string, bidders: object, rounds: number): Promise<Printed> {
  const cwd = project(withGames);
  const stdin = experimentOf(mechanism, bidders, rounds);
  const { stdout, stderr } = await mechane(['simulate', '-', '--json'], { stdin, cwd });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('mechane simulate checks play by the game that it was', () => {
  test.each(['first-price', 'second-price'])('Hedge comes to coarse correlated equilibria of %s', async (name) => {
    const mechanism = `auction-sealed/${name}`;
    const [few, many] = [
      await simulated(mechanism, { kind: 'hedge' }, 500),
      await simulated(mechanism, { kind: 'hedge' }, 100_000),
    ];
    const { by, coarse, correlated, arms } = many.equilibrium;
    expect(by).toBe('@mechane/game-theory');
    expect(arms).toEqual([{ arm: 0, coarse, correlated }]);
    expect(coarse).toBeLessThan(0.005);
    expect(few.equilibrium.coarse).toBeGreaterThan(3 * (coarse as number));
    expect(correlated).toBeGreaterThanOrEqual(coarse as number);
    // Two reckonings that share nothing but what was played: one by runs at the average value of a class, one by every round’s own.
    expect(Math.abs((coarse as number) - many.convergence.coarse)).toBeLessThan(0.002);
  });

  test('who bids the truth whatever comes of it is in equilibrium at the second price only', async () => {
    const second = await simulated('auction-sealed/second-price', { kind: 'truthful' }, 20_000);
    expect(second.equilibrium.coarse).toBeLessThan(0.005);
    // At the first price, half of the value would win with a chance of v/2 and bring v/2: 1/12 on average, and the grid moves it a little.
    const first = await simulated('auction-sealed/first-price', { kind: 'truthful' }, 20_000);
    expect(Math.abs((first.equilibrium.coarse as number) - 1 / 12)).toBeLessThan(0.02);
  });

  test('who bids anything at all is not, however long it plays', async () => {
    const { equilibrium } = await simulated('auction-sealed/first-price', { kind: 'zero-intelligence' }, 50_000);
    expect(equilibrium.coarse).toBeGreaterThan(0.03);
  });

  test('the table and the lines of values say what was found', { tags: ['long'] }, async () => {
    const cwd = project(withGames, {
      'experiment.json': experimentOf('auction-sealed/first-price', { kind: 'hedge' }, 2_000),
    });
    const one = await mechane(['simulate', 'experiment.json'], { cwd });
    expect(one.stdout).toMatch(/checked +coarse 0\.\d+, correlated 0\.\d+ \(@mechane\/game-theory\)\n/);
    const two = await mechane(['simulate', 'experiment.json', '--seeds', '2'], { cwd });
    expect(two.stdout).toMatch(/checked +coarse 0\.\d+, correlated 0\.\d+ at the most \(@mechane\/game-theory\)\n/);
    const { stdout } = await mechane(['simulate', 'experiment.json', '--csv'], { cwd });
    const [head = '', line = ''] = stdout.split('\n').map((text) => text.split(','));
    expect(Number(line[head.indexOf('checked_coarse')])).toBeGreaterThan(0);
    expect(Number(line[head.indexOf('checked_correlated')])).toBeGreaterThan(0);
  });

  test('where the package of games is missing, it says in a line what to install', async () => {
    const cwd = project(packages, {
      'experiment.json': experimentOf('auction-sealed/first-price', { kind: 'hedge' }, 100),
    });
    const shown = await mechane(['simulate', 'experiment.json'], { cwd });
    expect(shown.stdout).toMatch(/checked +not: npm install @mechane\/game-theory\n/);
    const { stdout } = await mechane(['simulate', 'experiment.json', '--json'], { cwd });
    expect((JSON.parse(stdout) as Printed).equilibrium).toEqual({
      by: null,
      coarse: null,
      correlated: null,
      arms: [],
      fix: 'npm install @mechane/game-theory',
    });
  });

  test.each([
    ['more profiles of bids than can be counted', 'auction-sealed/first-price', 5],
    ['outcomes that are drawn by lot', 'auction-sealed/random-sampling', 2],
  ])('%s are not checked, and it says so', async (_, mechanism, count) => {
    const cwd = project(withGames);
    const stdin = experimentOf(mechanism, { kind: 'truthful', count }, 50);
    const { stdout } = await mechane(['simulate', '-'], { stdin, cwd });
    expect(stdout).toMatch(/checked +not: there are too many profiles of bids, or outcomes are drawn by lot\n/);
  });
});

describe('the check', () => {
  const installed = createMechane().use(sealedAuctions) as object as Mechane<Mechanism>;
  const cwd = (): string => project(withGames);
  const bids = [{ bid: 0 }, { bid: 1 }, { bid: 2 }];
  /** Two bidders worth 2, who can bid 0, 1 or 2: how often each pair was bid, and who was told apart. */
  const played = (counts: readonly number[], more: Partial<JointPlay> = {}) => ({
    arm: 0,
    mechanism: 'auction-sealed/first-price',
    settings: {},
    play: {
      agents: ['ann', 'bob'],
      reports: [bids, bids],
      types: [[{ bid: 2 }], [{ bid: 2 }]],
      counts: [[Float64Array.from(counts)], [Float64Array.from(counts)]],
      rounds: counts.reduce((sum, count) => sum + count, 0),
      range: 2,
      ...more,
    },
  });

  test('finds what a few lines by hand find, however long the history', async () => {
    // Ann bid 0 and bob 1, so he won 1. By 1 she would have won the tie, and 1 of the 2 that utilities can be apart.
    for (const times of [1, 7, 3_000_000]) {
      const { coarse, correlated } = await checkEquilibrium(cwd(), installed, [
        played([0, times, 0, 0, 0, 0, 0, 0, 0]),
      ]);
      expect([coarse, correlated]).toEqual([0.5, 0.5]);
    }
    // Both bid 1: ann wins the tie, and could not have won by 0; bob would have to bid 2, for nothing.
    const tied = await checkEquilibrium(cwd(), installed, [played([0, 0, 0, 0, 5, 0, 0, 0, 0])]);
    expect([tied.coarse, tied.correlated]).toEqual([0, 0]);
    // Ann bids 0 against 1, and 2 against 0. By 1 throughout she gains 1 and 1; by 1 instead of 0, and 0 instead of 2, she gains 1 and 2.
    const mixed = await checkEquilibrium(cwd(), installed, [played([0, 1, 0, 0, 0, 0, 1, 0, 0])]);
    expect([mixed.coarse, mixed.correlated]).toEqual([0.5, 0.75]);
  });

  test('says what keeps it from checking an arm, and checks the others', async () => {
    const good = played([0, 0, 0, 0, 5, 0, 0, 0, 0]);
    const { arms, coarse } = await checkEquilibrium(cwd(), installed, [
      { ...good, arm: 0 },
      { ...played([1], { types: [[{ bid: -1 }], [{ bid: 2 }]] }), arm: 1 },
      { ...played([0], { rounds: 0 }), arm: 2 },
    ]);
    expect(coarse).toBe(0);
    expect(arms.map(({ arm }) => arm)).toEqual([0, 1, 2]);
    expect(arms[1]?.reason).toContain('types.ann[0].bid');
    expect(arms[2]?.reason).toBe('in every round somebody failed to bid');
  });
});

describe('a replication', () => {
  const experiment = JSON.parse(experimentOf('auction-sealed/first-price', { kind: 'hedge' }, 300));
  const around = (signal: AbortSignal, onProgress: (rounds: number) => void = () => {}) => {
    const cwd = project(withGames);
    return { cwd, installed: loadPlugins(cwd), signal, onProgress, onPart: () => {} };
  };

  test('is played with its seed, checked, and says how far it has come', async () => {
    const heard: number[] = [];
    const { signal } = new AbortController();
    const checked = await tasks.replicate(
      { experiment, seed: 4 },
      around(signal, (rounds) => heard.push(rounds)),
    );
    expect(checked).toMatchObject({
      seed: 4,
      rounds: 300,
      complete: true,
      equilibrium: { by: '@mechane/game-theory' },
    });
    expect(heard.at(-1)).toBe(300);
  });

  test('ends early once it is called off, and refuses what is no experiment', async () => {
    const ended = await tasks.replicate({ experiment, seed: 4 }, around(AbortSignal.abort()));
    expect(ended).toMatchObject({ complete: false, reason: 'interrupted' });
    const refused = tasks.replicate({ experiment: { arms: 7 }, seed: 4 }, around(new AbortController().signal));
    await expect(refused).rejects.toMatchObject({ code: 'invalid-experiment' });
  });
});
