import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('the facility is built where the middle agent wants it (Black 1948)', () => {
  const reports = { ann: { peak: 1 }, bob: { peak: 10 }, cat: { peak: 4 } };
  expect(createMechane().use(plugin).run('__ID__/median', { reports }).outcome.location).toBe(4);
});
