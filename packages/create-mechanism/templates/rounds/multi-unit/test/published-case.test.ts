import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('whoever comes first takes what is worth its price to it (Chawla, Hartline, Malec and Sivan 2010)', () => {
  const reports = { ann: { values: [9, 5] }, bob: { values: [7, 6] } };
  const settings = { units: 2, price: 6 };
  const { outcome } = createMechane().use(plugin).run('__ID__/posted-price', { settings, reports });
  expect({ ...outcome.allocation }).toEqual({ ann: 1, bob: 1 });
  expect({ ...outcome.payments }).toEqual({ ann: 6, bob: 6 });
});
