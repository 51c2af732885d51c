import { englishAuctions } from '@mechane/auction-english';
import { createMechane, journalRecorder } from '@mechane/core';
import { expect, test } from 'vitest';

/*
 * The most that who says something may still have to pay, as whoever holds its money reckons: by hand.
 */
const mechane = createMechane().use(englishAuctions);
const said = (ask: object, before = 0) => ({ settings: {}, participants: ['ann'], ask, before }) as never;

test('of a clock: the price at which it stays, or the one at which it is to leave; what it said before stands', () => {
  const { mostPaid } = mechane.mechanism('auction-english/clock');
  const called = { price: 7, answer: 'in-or-out' };
  expect(mostPaid?.('in', said(called, 6))).toBe(7);
  expect(mostPaid?.('out', said(called, 6))).toBe(6);
  const running = { price: 0, answer: 'leaving-price' };
  expect(mostPaid?.({ leaveAt: 5 }, said(running))).toBe(5);
  expect(mostPaid?.({ leaveAt: 5 }, said(running, 9))).toBe(9);
});

test('of an open outcry: its highest bid', () => {
  const { mostPaid } = mechane.mechanism('auction-english/open-outcry');
  expect(mostPaid?.({ bid: 5 }, said({ leastBid: 5 }, 3))).toBe(5);
  expect(mostPaid?.('pass', said({ leastBid: 5 }, 3))).toBe(3);
});

test('of a timed auction: its highest maximum, or the price at which it buys at once', () => {
  const { mostPaid } = mechane.mechanism('auction-english/timed');
  expect(mostPaid?.({ max: 5 }, said({ buyNow: null }, 3))).toBe(5);
  expect(mostPaid?.({ max: 2 }, said({ buyNow: null }, 3))).toBe(3);
  expect(mostPaid?.({ buyNow: true } as never, said({ buyNow: 20 }, 3))).toBe(20);
});

test('nobody who comes means nothing sold, in no round, also in conversation', () => {
  const nothing = { winner: null, payment: 0, allocation: {}, payments: {}, rounds: 0, history: [] };
  for (const increment of [1, undefined])
    for (const journal of [journalRecorder(), undefined]) {
      const settings = { startingPrice: 0, ...(increment ? { increment } : {}) };
      const options = journal ? { journal } : {};
      const { outcome } = mechane.run('auction-english/clock', { settings, reports: {}, ...options });
      expect(outcome).toEqual(nothing);
    }
});
