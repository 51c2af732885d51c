import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('only who turns the choice pays, and pays what it costs the others (Clarke 1971)', () => {
  const settings = { alternatives: ['bridge', 'wait'] };
  const reports = { ann: { values: { bridge: 30 } }, bob: { values: { wait: 20 } }, cat: { values: { bridge: 5 } } };
  const { outcome } = createMechane().use(plugin).run('__ID__/clarke-pivot', { settings, reports });
  expect(outcome.chosen).toBe('bridge');
  expect({ ...outcome.payments }).toEqual({ ann: 15, bob: 0, cat: 0 });
});
