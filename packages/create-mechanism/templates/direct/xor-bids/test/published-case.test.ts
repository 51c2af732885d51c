import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('two who complement each other win for nothing (Ausubel and Milgrom 2006)', () => {
  const reports = {
    ann: { xor: [{ bundle: ['A', 'B'], value: 2 }] },
    bob: { xor: [{ bundle: ['A'], value: 2 }] },
    cat: { xor: [{ bundle: ['B'], value: 2 }] },
  };
  const { outcome } = createMechane()
    .use(plugin)
    .run('__ID__/vcg', { settings: { goods: ['A', 'B'] }, reports });
  expect({ ...outcome.allocation }).toEqual({ bob: ['A'], cat: ['B'] });
  expect({ ...outcome.payments }).toEqual({ ann: 0, bob: 0, cat: 0 });
});
