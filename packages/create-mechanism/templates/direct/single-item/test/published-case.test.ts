import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('the highest bidder pays the second highest bid (Vickrey 1961)', () => {
  const reports = { ann: { bid: 10 }, bob: { bid: 15 }, cat: { bid: 12 } };
  const { outcome } = createMechane().use(plugin).run('__ID__/second-price', { reports });
  expect(outcome.winner).toBe('bob');
  expect({ ...outcome.payments }).toEqual({ ann: 0, bob: 12, cat: 0 });
});
