import { describeMechanisms } from '@mechane/conformance/vitest';
import { expect, test } from 'vitest';
import { subjects } from '../src/conformance.ts';

const ids = ['fisher', 'exchange', 'tatonnement', 'multi-commodity'].map((name) => `market/${name}`);
const economies = subjects.filter(({ mechanism }) => ids.includes(mechanism.id));

describeMechanisms(economies);

test('the kit would see more given away than there is', () => {
  const outcome = { allocation: { ann: { x: 0.7 }, bob: { x: 0.4 } } };
  const types = new Map(['ann', 'bob'].map((agent) => [agent, { endowment: { x: 0.5 } }]));
  for (const { domain } of economies.slice(0, 4)) {
    expect(domain.infeasible?.(outcome, types, { goods: { x: 1 } })).toMatch(/of x is given away, and there is 1$/);
  }
});
