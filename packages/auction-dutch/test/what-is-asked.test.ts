import { createMechane, type Round } from '@mechane/core';
import { conduct, RunSetup, ServiceScope } from '@mechane/core/host';
import { expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions);

test('the discrete clock asks at each price whether to take or to wait, and a stop at that very price takes it', async () => {
  const asked: unknown[] = [];
  const ann = (ask: { price: number; answer: string }) => {
    asked.push(ask);
    return ask.price > 8 ? ('wait' as const) : { stopAt: 8 };
  };
  const settings = { startingPrice: 10, decrement: 1 };
  const { outcome } = await mechane.open('auction-dutch/clock', { settings, agents: { ann } }).result;
  expect(asked).toEqual([10, 9, 8].map((price) => ({ price, answer: 'take-or-wait' })));
  expect(outcome).toMatchObject({ winner: 'ann', payment: 8, rounds: 3 });
});

test('the continuous clock asks once where to stop a falling price, and the highest stop within it wins', () => {
  const { mechanisms } = dutchAuctions;
  const clock = mechanisms.find(({ id }) => id === 'auction-dutch/clock');
  const setup = new RunSetup({
    settings: { startingPrice: 10, floor: 2 },
    breakTie: 'agent-id',
    participants: ['ann', 'bob', 'eve'],
    seed: 1,
    signal: undefined,
    openScope: () => new ServiceScope(),
  });
  const rounds: Round[] = [];
  const { outcome } = conduct(clock as never, setup, (round) => {
    rounds.push(round);
    return new Map<string, unknown>([
      ['ann', { stopAt: 7 }],
      ['bob', { stopAt: 7.5 }],
      ['eve', 'wait'],
    ]);
  });
  expect(rounds).toHaveLength(1);
  const [{ clock: price, contentFor }] = rounds as [Round];
  expect(contentFor('ann')).toEqual({ price: 10, answer: 'stopping-price' });
  expect(price?.direction).toBe('descending');
  const stopAt = price?.stopAt as (message: unknown) => number;
  expect([{ stopAt: 7 }, 'take', 'wait'].map(stopAt)).toEqual([7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect(outcome).toMatchObject({ winner: 'bob', payment: 7.5, rounds: 1 });
});
