import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('who gains at the price trades, and what is paid is received (Hagerty and Rogerson 1987)', () => {
  const { outcome, metrics } = createMechane()
    .use(plugin)
    .run('__ID__/posted-price', {
      settings: { price: 5 },
      reports: {
        ann: { side: 'buy', price: 9 },
        bob: { side: 'buy', price: 4 },
        cat: { side: 'sell', price: 2 },
        dan: { side: 'sell', price: 8 },
      },
    });
  expect({ ...outcome.trades }).toEqual({ ann: 1, cat: -1 });
  expect({ ...outcome.payments }).toEqual({ ann: 5, bob: 0, cat: -5, dan: 0 });
  expect(metrics.revenue).toBe(0);
});
