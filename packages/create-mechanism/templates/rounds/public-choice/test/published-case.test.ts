import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('in a cycle of majorities the alternative that comes last wins (Black 1958)', () => {
  const reports = {
    ann: { values: { A: 3, B: 2, C: 1 } },
    bob: { values: { A: 1, B: 3, C: 2 } },
    cat: { values: { A: 2, B: 1, C: 3 } },
  };
  const mechane = createMechane().use(plugin);
  const chosen = (...alternatives: string[]): string =>
    mechane.run('__ID__/successive-votes', { settings: { alternatives }, reports }).outcome.chosen;
  expect([chosen('A', 'B', 'C'), chosen('B', 'C', 'A'), chosen('C', 'A', 'B')]).toEqual(['C', 'A', 'B']);
});
