import { ClockService, createMechane, journalRecorder, provide, testClock } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions);

describe('clock', () => {
  test('whoever is silent does not stop it', async () => {
    for (const decrement of [2, undefined]) {
      const { outcome } = await mechane.open('auction-dutch/clock', {
        settings: { startingPrice: 10, decrement },
        agents: { ann: () => undefined, bob: () => ({ stopAt: 5 }) },
      }).result;
      expect(outcome).toMatchObject({ winner: 'bob', payment: decrement === undefined ? 5 : 4 });
    }
  });

  test('taking it stops it at once, waiting never does', async () => {
    const agents = { ann: () => 'wait' as const, bob: () => 'take' as const };
    for (const decrement of [2, undefined]) {
      const settings = { startingPrice: 10, decrement };
      const { outcome } = await mechane.open('auction-dutch/clock', { settings, agents }).result;
      expect(outcome).toMatchObject({ winner: 'bob', payment: 10, rounds: 1 });
      const nobody = await mechane.open('auction-dutch/clock', { settings, agents: { ann: agents.ann } }).result;
      expect(nobody.outcome).toMatchObject({ winner: null, rounds: decrement === undefined ? 1 : 6 });
    }
  });
});

describe('multi-unit', () => {
  test('bidders see what is left and who has taken how many', async () => {
    const seen: unknown[] = [];
    const { outcome } = await mechane.open('auction-dutch/multi-unit', {
      settings: { units: 3, startingPrice: 10, decrement: 4 },
      agents: {
        ann: ({ price }) => ({ take: price === 6 ? 2 : 0 }),
        bob: (ask) => {
          seen.push(ask);
          return ask.price === 2 ? { take: 9 } : undefined;
        },
      },
    }).result;
    expect(seen).toEqual([
      { price: 10, left: 3, taken: { ann: 0, bob: 0 }, answer: 'take' },
      { price: 6, left: 3, taken: { ann: 0, bob: 0 }, answer: 'take' },
      { price: 2, left: 1, taken: { ann: 2, bob: 0 }, answer: 'take' },
    ]);
    expect(outcome).toMatchObject({ allocation: { ann: 2, bob: 1 }, payments: { ann: 12, bob: 2 }, rounds: 3 });
  });

  test('a price to stop at takes one unit when it is called, and taking units stops a falling price for one', async () => {
    const stopping = { ann: () => ({ stopAt: 7 }), bob: () => ({ take: 0 }) };
    const called = await mechane.open('auction-dutch/multi-unit', {
      settings: { units: 2, startingPrice: 10, decrement: 4 },
      agents: stopping,
    }).result;
    expect(called.outcome.sales).toEqual([
      { price: 6, agent: 'ann' },
      { price: 2, agent: 'ann' },
    ]);
    const falling = await mechane.open('auction-dutch/multi-unit', {
      settings: { units: 3, startingPrice: 10 },
      agents: { ...stopping, cat: ({ taken }) => (taken.cat === 0 ? { take: 5 } : undefined) },
    }).result;
    expect(falling.outcome.sales).toEqual([
      { price: 10, agent: 'cat' },
      { price: 7, agent: 'ann' },
      { price: 7, agent: 'ann' },
    ]);
  });
});

test('gradual: an order comes when it comes, by the clock of the host, and none says its own time', async () => {
  const clock = testClock();
  clock.advance(1e12);
  const house = createMechane({ services: [provide(ClockService, () => clock)] }).use(dutchAuctions);
  const journal = journalRecorder();
  const hour = 3_600_000;
  const settings = {
    targetPrice: 8,
    decay: 0.5,
    schedule: { kind: 'linear', perTimeUnit: 1 },
    timeUnit: hour,
  } as const;
  const session = house.open('auction-dutch/gradual', { settings, agents: { ann: 'external' }, journal });
  clock.advance(hour);
  await session.submit('ann', { maxPrice: 8 });
  await session.join('bob');
  await expect(session.submit('bob', { at: 9, maxPrice: 8 })).rejects.toThrow(/for the host to say/);
  clock.advance(2 * hour);
  await session.submit('bob', { maxPrice: 8 });
  session.close();
  const outcome = await session.outcome;
  expect(outcome.sales).toEqual([
    { agent: 'ann', at: 1, price: 8 },
    { agent: 'bob', at: 3, price: 4 },
  ]);
  expect(house.replay(journal.journal()).outcome).toEqual(outcome);
  const timed = [
    ['ann', { maxPrice: 8 }, hour],
    ['bob', { maxPrice: 8 }, 3 * hour],
  ] as const;
  expect(house.run('auction-dutch/gradual', { settings, messages: timed }).outcome).toEqual(outcome);
});
