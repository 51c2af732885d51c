import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('the last bidder left pays the price at which its last rival left (Milgrom and Weber 1982)', () => {
  const reports = { ann: { value: 10 }, bob: { value: 15 }, cat: { value: 12 } };
  const { outcome, metrics } = createMechane().use(plugin).run('__ID__/ascending-clock', { reports });
  expect(outcome.winner).toBe('bob');
  expect({ ...outcome.payments }).toEqual({ ann: 0, bob: 12, cat: 0 });
  expect(metrics.rounds).toBe(2);
});
