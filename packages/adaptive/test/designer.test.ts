import { describe, expect, test } from 'vitest';
import { Designer, fixed, pageHinkley, ucb1 } from '../src/index.ts';
import { failing, run, source, uniform } from './population.ts';

const arms = [{ mechanism: 'test/failing' }, { mechanism: 'auction-sealed/second-price' }];
const required = 0.9;

describe('the fallback chain', () => {
  test.each(['fixed', 'ucb1', 'exp3'] as const)(
    'keeps efficiency above its requirement when an arm degrades (%s)',
    async (kind) => {
      const mechane = source(failing('test/failing', 3_000, 'lowest-wins'));
      const {
        history,
        arms: summaries,
        pulls,
        reward,
      } = await run(
        {
          arms,
          policy: { kind },
          objective: 'efficiency',
          fallback: { minimumEfficiency: required, window: 40 },
          rounds: 20_000,
        },
        { mechane },
      );
      // Three uniform values: the lowest is about 0.4 of the highest. At most 40 rounds pass before it shows.
      expect(reward?.mean).toBeGreaterThan(required);
      const switched = history.find((entry) => entry.kind === 'fallback');
      expect(switched).toMatchObject({ from: 0, to: 1, figures: { limit: required, window: 40 } });
      expect(switched?.figures.mean).toBeLessThan(required);
      expect(switched?.because).toMatch(
        /^arm 0 \(test\/failing\) came to an efficiency of 0\.\d+ over its last 40 rounds, below the required 0\.9: arm 1 \(auction-sealed\/second-price\) takes over$/,
      );
      // It went wrong after its 3,000th play, and was found out within the window.
      expect(pulls[0]).toBeLessThanOrEqual(3_000 + 40);
      expect(summaries[1]?.efficiency?.mean).toBe(1);
    },
  );
  test('without it, a fixed designer goes on below the requirement', async () => {
    const mechane = source(failing('test/failing', 3_000, 'lowest-wins'));
    const { reward } = await run({ arms, objective: 'efficiency', rounds: 20_000 }, { mechane });
    expect(reward?.mean).toBeLessThan(required);
  });
  test('the last arm that works is kept, and the history says that nothing better is left', async () => {
    const mechane = source(failing('test/failing', 100, 'lowest-wins'));
    const { history, pulls } = await run(
      { arms: arms.slice(0, 1), fallback: { minimumEfficiency: required }, rounds: 1_000 },
      { mechane },
    );
    expect(pulls).toEqual([1_000]);
    expect(history.filter(({ kind }) => kind === 'exhausted')).toHaveLength(1);
    expect(history.find(({ kind }) => kind === 'exhausted')?.because).toContain('but no other arm is left');
  });
  test('goes by the order of the chain', async () => {
    const mechane = source(failing('test/failing', 0, 'lowest-wins'));
    const three = [...arms, { mechanism: 'auction-sealed/first-price' }];
    const fallback = { minimumEfficiency: required, chain: [0, 2, 1] };
    const { pulls } = await run({ arms: three, fallback }, { mechane });
    expect(pulls).toEqual([50, 0, 950]);
  });
  test('takes an arm out that is too slow', async () => {
    let time = 0;
    let calls = 0;
    // Every other look at the clock ends a round: the first 100 rounds take 1 ms, later ones 9.
    const now = () => {
      calls += 1;
      time += calls > 200 && calls < 400 ? 9 : 1;
      return time;
    };
    const { history } = await run(
      {
        arms: [arms[1] as (typeof arms)[1], { mechanism: 'auction-sealed/first-price' }],
        fallback: { maximumMilliseconds: 5, window: 20 },
      },
      { now },
    );
    expect(history.find(({ kind }) => kind === 'fallback')).toMatchObject({ from: 0, to: 1, figures: { limit: 5 } });
  });
  test('takes an arm out at which agents fail, which stay away meanwhile', async () => {
    let bids = 0;
    const moody = () => ({
      bid: (value: number) => {
        bids += 1;
        if (bids > 200) throw new Error('out of sorts');
        return value;
      },
    });
    const {
      history,
      arms: summaries,
      failures,
    } = await run(
      {
        arms: [arms[1] as (typeof arms)[1], { mechanism: 'auction-sealed/first-price' }],
        population: {
          bidders: [
            { kind: 'moody', values: uniform },
            { kind: 'truthful', values: uniform },
          ],
        },
        fallback: { maximumFailures: 0.5, window: 20 },
      },
      { bidders: { moody } },
    );
    expect(history.find(({ kind }) => kind === 'fallback')?.because).toContain('failures of agents');
    expect(summaries[0]?.efficiency?.mean).toBeLessThan(1);
    expect(failures).toEqual([]);
  });
});

describe('adaptation triggers', () => {
  test('a change that a detector calls makes the policy learn afresh, and the history says so', async () => {
    const rounds = 20_000;
    // At first arm 0 is the best; then it comes to a third, and the other, which sells in two rounds of three, is better.
    const reserved = { mechanism: 'auction-sealed/second-price', settings: { reserve: 0.7 } };
    const experiment = {
      arms: [{ mechanism: 'test/failing' }, reserved],
      policy: { kind: 'ucb1' as const },
      objective: 'efficiency' as const,
      rounds,
    };
    const deaf = await run(experiment, { mechane: source(failing('test/failing', 4_000, 'lowest-wins')) });
    for (const trigger of [
      { kind: 'page-hinkley' as const, slack: 0.1, threshold: 10 },
      { kind: 'cusum' as const, target: 0.8, slack: 0.25, threshold: 10 },
    ]) {
      const { history, pulls } = await run(
        { ...experiment, triggers: [trigger] },
        { mechane: source(failing('test/failing', 4_000, 'lowest-wins')) },
      );
      const change = history.find(({ kind }) => kind === 'change');
      expect(change).toMatchObject({ from: 0, to: 0 });
      expect(change?.because).toContain('has changed: the designer starts learning afresh');
      // It leaves the arm sooner than one that goes by all it has ever seen.
      expect(pulls[0]).toBeLessThan(0.9 * (deaf.pulls[0] ?? 0));
    }
  });
});

describe('the adaptation history', () => {
  test('tells which arm is preferred, and in numbers why', () => {
    const designer = new Designer({ names: ['one', 'other'], makePolicy: () => ucb1(2) });
    for (let round = 0; round < 4_000; round++) {
      const arm = designer.choose();
      const reward = arm === (round < 1_000 ? 0 : 1) ? 1 : 0;
      designer.learn(arm, { reward, efficiency: null, failures: 0, milliseconds: 0 });
    }
    const [first, second] = designer.history.entries;
    expect(first).toMatchObject({ kind: 'begun', round: 200, to: 0 });
    expect(second).toMatchObject({ kind: 'preferred', from: 0, to: 1 });
    expect(second?.because).toMatch(
      /^other was played in \d+ % of the last 200 rounds, more than one: mean rewards are/,
    );
    expect(designer.pulls.reduce((sum, pulls) => sum + pulls, 0)).toBe(4_000);
    expect(designer.regret).toBeGreaterThan(0);
  });
  test('stays small however often the designer adapts', () => {
    // A detector that cries wolf.
    const designer = new Designer({
      names: ['one'],
      makePolicy: () => fixed(1),
      makeDetectors: () => [{ detects: () => true }],
    });
    for (let round = 0; round < 1_000; round++) {
      designer.learn(designer.choose(), { reward: 1, efficiency: 1, failures: 0, milliseconds: 0 });
    }
    const { entries, leftOut } = designer.history;
    expect(entries).toHaveLength(200);
    // And which arm is preferred, once.
    expect(leftOut).toBe(1_000 + 1 - 200);
    expect([entries[0]?.round, entries.at(-1)?.round]).toEqual([1, 1_000]);
  });
  test('an arm that is out is not chosen again, whatever the policy says', () => {
    const designer = new Designer({ names: ['one', 'other', 'third'], makePolicy: () => fixed(3) });
    designer.fail(0, 'broken');
    expect(designer.choose()).toBe(1);
    designer.fail(1, 'broken');
    expect(designer.choose()).toBe(2);
    expect(designer.canGoOn).toBe(true);
    designer.fail(2, 'broken');
    expect(designer.canGoOn).toBe(false);
    expect(designer.means).toEqual([0, 0, 0]);
  });
  test('detectors watch each arm by itself', () => {
    const designer = new Designer({
      names: ['one', 'other'],
      makePolicy: () => ucb1(2),
      makeDetectors: () => [pageHinkley({ slack: 0.05, threshold: 5 })],
    });
    // Rewards of 1 and 0 by arm are no change of either.
    for (let round = 0; round < 2_000; round++) {
      const arm = designer.choose();
      designer.learn(arm, { reward: arm, efficiency: 1, failures: 0, milliseconds: 0 });
    }
    expect(designer.history.entries.filter(({ kind }) => kind === 'change')).toEqual([]);
  });
});
