import { createMechane, type OutcomeOf } from '@mechane/core';
import { expect, expectTypeOf, test } from 'vitest';
import { type Location, type median, type PublicChoice, publicChoices } from '../src/index.ts';

const mechane = createMechane().use(publicChoices);
const settings = { alternatives: ['park', 'road'] };
const reports = { ann: { values: { park: 3 } } };

test('an unknown id, wrong settings or a wrong report neither compile nor run', () => {
  // @ts-expect-error: no such mechanism
  expect(() => mechane.run('public-choice/mean', { reports: {} })).toThrow('no plugin in use');
  // @ts-expect-error: the alternatives are needed
  expect(() => mechane.run('public-choice/groves', { reports })).toThrow('alternatives');
  // @ts-expect-error: no such setting
  expect(() => mechane.run('public-choice/groves', { settings: { ...settings, quota: 2 }, reports })).toThrow('known');
  // @ts-expect-error: a value is a number
  expect(() => mechane.run('public-choice/groves', { settings, reports: { ann: { values: { park: '3' } } } })).toThrow(
    'number',
  );
  // @ts-expect-error: a peak is a number
  expect(() => mechane.run('public-choice/median', { reports: { ann: { peak: '3' } } })).toThrow('number');
});

test('outcomes have exactly the type of their mechanism', () => {
  const { mechanism, outcome } = mechane.run('public-choice/groves', { settings, reports });
  expectTypeOf(outcome).toEqualTypeOf<PublicChoice>();
  expectTypeOf<OutcomeOf<typeof median>>().toEqualTypeOf<Location>();
  expect(mechanism).toBe('public-choice/groves');
});
