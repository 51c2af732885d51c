import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';
import { sealedAuctions } from '../src/index.ts';

test('the subjects cover every mechanism of the package', () => {
  expect(subjects.map(({ mechanism }) => mechanism.id)).toEqual(sealedAuctions.mechanisms.map(({ id }) => id));
});

describeMechanisms(subjects);

test('of what is in unlimited supply, every participant gets one copy at most', () => {
  const domain = subjects.map((subject) => subject.domain).find(({ name }) => name === 'unlimited-supply');
  const types = new Map([['ann', { bid: 3 }]]);
  expect(domain?.infeasible?.({ allocation: { ann: 1 } }, types, {})).toBeUndefined();
  expect(domain?.infeasible?.({ allocation: { ann: 2 } }, types, {})).toBe('ann gets 2 copies');
  expect(domain?.infeasible?.({ allocation: { eve: 1 } }, types, {})).toBe('eve gets 1 copies');
  expect(domain?.infeasible?.({}, types, {})).toBeUndefined();
});
