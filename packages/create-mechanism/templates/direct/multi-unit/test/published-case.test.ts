import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('each winner pays the bids that it displaced (Vickrey 1961)', () => {
  const reports = { ann: { bids: [9, 5] }, bob: { bids: [7, 6] } };
  const { outcome } = createMechane()
    .use(plugin)
    .run('__ID__/vickrey', { settings: { units: 2 }, reports });
  expect({ ...outcome.allocation }).toEqual({ ann: 1, bob: 1 });
  expect({ ...outcome.payments }).toEqual({ ann: 6, bob: 5 });
});
