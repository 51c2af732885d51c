import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('in turn, agents take the bundle they like best of what is left (Chawla, Hartline, Malec and Sivan 2010)', () => {
  const { outcome } = createMechane()
    .use(plugin)
    .run('__ID__/posted-prices', {
      settings: {
        prices: [
          { good: 'A', price: 4 },
          { good: 'B', price: 3 },
        ],
      },
      reports: {
        ann: { xor: [{ bundle: ['A', 'B'], value: 6 }] },
        bob: {
          xor: [
            { bundle: ['A'], value: 8 },
            { bundle: ['B'], value: 6 },
          ],
        },
        cat: { xor: [{ bundle: ['B'], value: 7 }] },
      },
    });
  expect({ ...outcome.allocation }).toEqual({ bob: ['A'], cat: ['B'] });
  expect({ ...outcome.payments }).toEqual({ ann: 0, bob: 4, cat: 3 });
});
