import { createMechane, type OutcomeOf } from '@mechane/core';
import { expect, expectTypeOf, test } from 'vitest';
import { type Assignment, type deferredAcceptance, type Matching, matchings, type Reassignment } from '../src/index.ts';

const mechane = createMechane().use(matchings);
const settings = { items: ['desk', 'sofa'] };
const reports = { ann: { ranking: ['sofa'] } };

test('an unknown id, wrong settings or a wrong report neither compile nor run', () => {
  // @ts-expect-error: no such mechanism
  expect(() => mechane.run('matching/roommates', { reports: {} })).toThrow('no plugin in use');
  // @ts-expect-error: the items are needed
  expect(() => mechane.run('matching/serial-dictatorship', { reports })).toThrow('items');
  const worded = { ann: { ranking: 'sofa' } };
  // @ts-expect-error: a ranking is a list
  expect(() => mechane.run('matching/serial-dictatorship', { settings, reports: worded })).toThrow('array');
  // @ts-expect-error: an owner brings something
  expect(() => mechane.run('matching/top-trading-cycles', { reports })).toThrow('owns');
  const suitors = { ann: { side: 'left', ranking: [] } };
  // @ts-expect-error: there are two sides
  expect(() => mechane.run('matching/deferred-acceptance', { reports: suitors })).toThrow('side');
});

test('outcomes have exactly the type of their mechanism', () => {
  const { mechanism, outcome } = mechane.run('matching/serial-dictatorship', { settings, reports });
  expectTypeOf(outcome).toEqualTypeOf<Assignment>();
  expectTypeOf(mechane.run('matching/top-trading-cycles', { reports: {} }).outcome).toEqualTypeOf<Reassignment>();
  expectTypeOf<OutcomeOf<typeof deferredAcceptance>>().toEqualTypeOf<Matching>();
  expect(mechanism).toBe('matching/serial-dictatorship');
});
