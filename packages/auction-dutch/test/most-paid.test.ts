import { dutchAuctions } from '@mechane/auction-dutch';
import { createMechane, journalRecorder } from '@mechane/core';
import { expect, test } from 'vitest';

/*
 * The most that who says something may still have to pay, as whoever holds its money reckons: by hand.
 */
const mechane = createMechane().use(dutchAuctions);
const said = (ask: object, before = 0) => ({ settings: { units: 3 }, participants: ['ann'], ask, before }) as never;

test('of a clock: the price that is called, or the one at which it is to stop, and nothing for waiting', () => {
  const { mostPaid } = mechane.mechanism('auction-dutch/clock');
  const called = said({ price: 7, answer: 'take-or-wait' });
  expect(mostPaid?.('take', called)).toBe(7);
  expect(mostPaid?.('wait', called)).toBe(0);
  expect(mostPaid?.({ stopAt: 5 }, called)).toBe(5);
});

test('of a gradual auction: each order at its most, one after another', () => {
  const { mostPaid } = mechane.mechanism('auction-dutch/gradual');
  expect(mostPaid?.({ maxPrice: 4 }, said({ sold: 0, since: 0 }))).toBe(4);
  expect(mostPaid?.({ maxPrice: 4 }, said({ sold: 1, since: 2 }, 6))).toBe(10);
});

test('nobody who comes means nothing sold, in no round, also in conversation', () => {
  const nothing = { winner: null, payment: 0, allocation: {}, payments: {}, rounds: 0 };
  for (const decrement of [1, undefined])
    for (const journal of [journalRecorder(), undefined]) {
      const settings = { startingPrice: 9, ...(decrement ? { decrement } : {}) };
      const options = journal ? { journal } : {};
      const { outcome } = mechane.run('auction-dutch/clock', { settings, reports: {}, ...options });
      expect(outcome).toEqual(nothing);
    }
});

test('whoever takes a unit is asked about those that are left, with what each has', async () => {
  const asked: unknown[] = [];
  const { outcome } = await mechane.open('auction-dutch/multi-unit', {
    settings: { units: 3, startingPrice: 10, decrement: 5 },
    agents: {
      ann: (ask: unknown) => {
        asked.push(ask);
        return { take: (ask as { readonly price: number }).price === 10 ? 1 : 0 };
      },
      bob: (ask: unknown) => ({ take: (ask as { readonly price: number }).price === 5 ? 2 : 0 }),
    },
  }).result;
  expect(asked).toEqual([
    { price: 10, left: 3, taken: { ann: 0, bob: 0 }, answer: 'take' },
    { price: 5, left: 2, taken: { ann: 1, bob: 0 }, answer: 'take' },
  ]);
  expect(outcome).toMatchObject({ allocation: { ann: 1, bob: 2 }, payments: { ann: 10, bob: 10 }, rounds: 2 });
});
