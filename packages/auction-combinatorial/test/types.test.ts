import { createMechane } from '@mechane/core';
import { expect, expectTypeOf, test } from 'vitest';
import { combinatorialAuctions, type PackageOutcome } from '../src/index.ts';

const mechane = createMechane().use(combinatorialAuctions);
const settings = { goods: ['A'] };
const reports = { ann: { xor: [{ bundle: ['A'], value: 3 }] } };

test('an unknown id, wrong settings or a wrong report neither compile nor run', () => {
  // @ts-expect-error: no such mechanism
  expect(() => mechane.run('auction-combinatorial/lottery', { settings, reports })).toThrow('no plugin in use');
  // @ts-expect-error: goods are needed
  expect(() => mechane.run('auction-combinatorial/vcg', { reports })).toThrow('goods');
  const odd = { ...settings, reference: 'mean' } as const;
  // @ts-expect-error: a reference is one of three
  expect(() => mechane.run('auction-combinatorial/core-selecting', { settings: odd, reports })).toThrow('reference');
  // @ts-expect-error: bids are in one language
  expect(() => mechane.run('auction-combinatorial/vcg', { settings, reports: { ann: { and: [] } } })).toThrow();
});

test('outcomes have the type of their mechanism', () => {
  const { outcome, mechanism } = mechane.run('auction-combinatorial/vcg', { settings, reports });
  expectTypeOf(outcome).toEqualTypeOf<PackageOutcome>();
  expectTypeOf(mechanism).toEqualTypeOf<'auction-combinatorial/vcg'>();
  expect(outcome).toEqual({ allocation: { ann: ['A'] }, payments: { ann: 0 } });
});
