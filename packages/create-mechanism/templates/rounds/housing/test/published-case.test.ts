import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('in turn, agents take the best of what is left (Svensson 1999)', () => {
  const settings = { items: ['desk', 'sofa', 'shelf'], breakTie: { priority: ['bob'] } };
  const reports = { ann: { ranking: ['sofa', 'desk'] }, bob: { ranking: ['sofa'] }, cat: { ranking: ['desk'] } };
  const { outcome } = createMechane().use(plugin).run('__ID__/serial-dictatorship', { settings, reports });
  expect({ ...outcome.allocation }).toEqual({ bob: 'sofa', ann: 'desk' });
});
