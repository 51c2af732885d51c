import { directMechanism, type Mechanism, sold } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { FreeBidder } from '../src/index.ts';
import { run, source, uniform } from './population.ts';

const bid = z.strictObject({ bid: z.number().nonnegative() });
const two = [{ mechanism: 'auction-sealed/first-price' }, { mechanism: 'auction-sealed/second-price' }];

describe('policies with numbers of their own', () => {
  test.each([
    { kind: 'exp3' as const, exploration: 1 },
    { kind: 'sliding-window-ucb' as const, window: 50, width: 2 },
    { kind: 'fixed' as const, arm: 1 },
  ])('%j', async (policy) => {
    const { pulls } = await run({ arms: two, policy });
    if (policy.kind === 'fixed') expect(pulls).toEqual([0, 1_000]);
    // What explores all the time pulls both about as often.
    else expect(Math.min(...pulls)).toBeGreaterThan(400);
  });
});

test('a bidder of one’s own can ask what other bids would have brought', async () => {
  const seen: (readonly [bid: number, utility: number, none: number])[] = [];
  const curious = (): FreeBidder => ({
    bid: (value) => value / 2,
    learn({ bid: made, utility, utilityOf }) {
      expect(utilityOf(made)).toBe(utility);
      seen.push([made, utility, utilityOf(0)]);
    },
  });
  const bidders = [
    { kind: 'curious', values: uniform },
    { kind: 'truthful', values: uniform },
  ];
  await run({ arms: two.slice(0, 1), population: { bidders }, rounds: 100 }, { bidders: { curious } });
  expect(seen).toHaveLength(100);
  // A bid of 0 never beats a truthful rival.
  expect(seen.every(([, , none]) => none === 0)).toBe(true);
  // It wins at half its value, or not at all.
  expect(seen.every(([made, utility]) => utility === 0 || utility === made)).toBe(true);
});

test('a learner that fails now and then does not spoil what is kept of outcomes', async () => {
  let rounds = 0;
  const moody = {
    grid: Float64Array.of(0, 0.5, 1),
    hindsight: true,
    choose: () => {
      rounds += 1;
      if (rounds % 3 === 0) throw new Error('out of sorts');
      return 2;
    },
    learn: () => undefined,
    mixtureAt: () => Float64Array.of(0, 0, 1),
  };
  const bidders = [
    { kind: 'moody', values: { kind: 'constant' as const, value: 1 } },
    { kind: 'hedge', values: { kind: 'constant' as const, value: 1 } },
  ];
  const { regret, arms } = await run(
    { population: { bidders, bids: 3 }, rounds: 3_000 },
    { bidders: { moody: () => moody } },
  );
  // The other wins for nothing when it is alone: every third round.
  expect(regret.bidders[1]?.utility?.mean).toBeGreaterThan(0.3);
  expect(regret.bidders[0]?.examined).toBe(2_000);
  expect(arms[0]?.welfare?.mean).toBeGreaterThan(0.9);
});

test('rewards below 0 are scaled too', async () => {
  const losses = ({ revenue }: { revenue: number }) => -revenue;
  const { pulls } = await run({ arms: two, policy: { kind: 'ucb1' }, rounds: 3_000 }, { objective: losses });
  // The second price takes less from truthful bidders than the first.
  expect(pulls[1]).toBeGreaterThan(pulls[0] ?? 0);
});

test('a mechanism that pays by utility alone, or not at all, can be played', async () => {
  const pleasant = directMechanism({
    id: 'test/pleasant',
    settings: z.strictObject({}),
    report: bid,
    decide: (reports) => ({ sum: [...reports.values()].reduce((sum, each) => sum + each.bid, 0) }),
    utility: (_, type, { sum }) => type.bid - sum / 10,
  }) as object as Mechanism;
  const population = { bidders: [{ kind: 'hedge', count: 2, values: uniform }] };
  const experiment = {
    arms: [{ mechanism: 'test/pleasant' }],
    population,
    objective: 'revenue' as const,
    rounds: 2_000,
  };
  const { regret, reward, arms } = await run(experiment, { mechane: source(pleasant) });
  expect(reward?.mean).toBe(0);
  // Bids only cost: learners bid less and less.
  expect(regret.bidders[0]?.strategy?.[5]?.bid).toBeLessThan(0.45);
  expect(arms[0]).toMatchObject({ efficiency: null, priceOfAnarchy: null, smithsAlpha: null });
  await expect(run({ ...experiment, objective: 'welfare' }, { mechane: source(pleasant) })).rejects.toMatchObject({
    code: 'no-objective',
    path: ['arms', 0, 'mechanism'],
  });
});

test('a report that does not fit the settings is refused before the first round', async () => {
  const capped = directMechanism({
    id: 'test/capped',
    settings: z.strictObject({ most: z.number() }),
    report: bid,
    decide: (_, { participants }) => sold(participants, participants[0] as string, 0),
    value: () => 1,
    bestWelfare: () => 1,
    refuseReport: (report, { most }) => (report.bid > most ? { problem: 'it is too much', path: ['bid'] } : undefined),
  }) as object as Mechanism;
  const arms = (most: number) => [{ mechanism: 'test/capped', settings: { most } }];
  await expect(run({ arms: arms(0.5) }, { mechane: source(capped) })).rejects.toMatchObject({ code: 'invalid-report' });
  expect((await run({ arms: arms(2) }, { mechane: source(capped) })).complete).toBe(true);
});

test('a limit in milliseconds is kept by the system’s clock unless another is given', async () => {
  const { pulls } = await run({ arms: two, fallback: { maximumMilliseconds: 10_000 }, rounds: 200 });
  expect(pulls).toEqual([200, 0]);
});

test('a kind that is near to none is told what there is', async () => {
  const population = { bidders: [{ kind: 'xyzzyplugh', values: uniform }] };
  await expect(run({ population })).rejects.toMatchObject({
    code: 'invalid-experiment',
    fix: expect.stringMatching(/^give one of truthful, /),
  });
  const inherited = { bidders: [{ kind: 'constructor', values: uniform }] };
  await expect(run({ population: inherited })).rejects.toMatchObject({ code: 'invalid-experiment' });
});

test('what throws no error is reported all the same', async () => {
  const rude = directMechanism({
    id: 'test/rude',
    settings: z.strictObject({}),
    report: bid,
    decide() {
      throw 'nothing doing';
    },
    value: () => 0,
  }) as object as Mechanism;
  const { failures, rounds } = await run({ arms: [{ mechanism: 'test/rude' }] }, { mechane: source(rude) });
  expect(rounds).toBe(0);
  expect(failures[0]?.error.message).toContain('nothing doing');
});
