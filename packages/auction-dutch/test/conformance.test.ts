import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';
import { dutchAuctions } from '../src/index.ts';

test('the subjects cover every mechanism of the package', () => {
  expect(subjects.map(({ mechanism }) => mechanism.id)).toEqual(dutchAuctions.mechanisms.map(({ id }) => id));
});

describeMechanisms(subjects);

test('the kit would see a unit sold without an order, or above its price', () => {
  const infeasible = subjects.at(-1)?.domain.infeasible;
  const given = new Map([['ann', { at: 0, maxPrice: 5 }]]);
  const sale = { agent: 'ann', at: 0, price: 4 };
  expect(infeasible?.({ sales: [sale] }, given, {})).toBeUndefined();
  expect(infeasible?.({ sales: [sale, sale] }, given, {})).toBe('2 units are sold on 1 orders');
  expect(infeasible?.({ sales: [{ ...sale, price: 6 }] }, given, {})).toBe('ann pays 6, more than it ordered for');
  expect(infeasible?.({ sales: [{ ...sale, agent: 'eve' }] }, given, {})).toBe('eve pays 4, more than it ordered for');
});
