import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('the least valuable trade sets the prices of the others (McAfee 1992)', () => {
  const { outcome } = createMechane()
    .use(plugin)
    .run('__ID__/trade-reduction', {
      reports: {
        ann: { side: 'buy', price: 9 },
        bob: { side: 'buy', price: 7 },
        cat: { side: 'sell', price: 2 },
        dan: { side: 'sell', price: 4 },
      },
    });
  expect({ ...outcome.trades }).toEqual({ ann: 1, cat: -1 });
  expect({ ...outcome.payments }).toEqual({ ann: 7, bob: 0, cat: -4, dan: 0 });
});
