import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('the point stays where the middle agent stops it (Black 1948)', () => {
  const reports = { ann: { peak: 1 }, bob: { peak: 10 }, cat: { peak: 4 } };
  const { outcome, metrics } = createMechane().use(plugin).run('__ID__/moving-point', { reports });
  expect(outcome.location).toBe(4);
  expect(metrics.rounds).toBe(2);
});
