import type { AgentId } from '@mechane/core';
import { paymentsOf } from '@mechane/core/host';
import { numbersIn } from './leaves.ts';

/** What is wrong with the payments of an outcome, in words. */
export function paymentFlaw(outcome: object, agents: Iterable<AgentId>): string | undefined {
  for (const [path, number] of numbersIn(outcome)) {
    if (!Number.isFinite(number)) return `${path.join('.')} is ${number}`;
  }
  const payments = paymentsOf(outcome);
  if (payments === undefined) return undefined;
  const expected = new Set(agents);
  for (const agent of expected) {
    if (typeof payments[agent] !== 'number') return `the payments do not name ${agent}`;
  }
  const stranger = Object.keys(payments).find((agent) => !expected.has(agent));
  return stranger === undefined ? undefined : `${stranger} pays without taking part`;
}
