import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';
import { adaptive } from '../src/index.ts';

test('the subjects cover every mechanism of the package', () => {
  expect(subjects.map(({ mechanism }) => mechanism.id)).toEqual(adaptive.mechanisms.map(({ id }) => id));
});

describeMechanisms(subjects);

test('the kit would see more copies than there are rounds', () => {
  const infeasible = subjects[0]?.domain.infeasible;
  const given = new Map([['ann', { value: 5 }]]);
  expect(infeasible?.({ allocation: { ann: 2 } }, given, { rounds: 2 })).toBeUndefined();
  expect(infeasible?.({ allocation: { ann: 3 } }, given, { rounds: 2 })).toBe('ann gets 3 copies in 2 rounds');
  expect(infeasible?.({ allocation: { eve: 1 } }, given, { rounds: 2 })).toBe('eve gets 1 copies in 2 rounds');
});
