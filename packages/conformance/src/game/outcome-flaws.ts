import type { AgentId } from '@mechane/core';
import { paymentsOf } from '@mechane/core/host';
import { isRecord, numbersIn } from './leaves.ts';

/** Words by which an outcome might say that money changes hands beside its payments. */
const charging =
  /fee|charge|tax|levy|duty|dues|toll|rebate|refund|subsid|transfer|commission|deposit|bonus|penalt|fine[sd]?$|surcharge|reward|compensation|payout|paid|pays|owed|owes|debt|cashback|reimburse|kickback|tip[s]?$/i;
const notCharging = /payments?$|prepaid|history|unpaid/i;

const knownKeys = new Map<string, boolean>();

function isCharging(key: string): boolean {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const is = charging.test(key) && !notCharging.test(key);
  if (knownKeys.size < 1_000) knownKeys.set(key, is);
  return is;
}

/** What is wrong with the payments of an outcome, in words. */
export function paymentFlaw(outcome: object, agents: Iterable<AgentId>): string | undefined {
  for (const [path, number] of numbersIn(outcome)) {
    if (!Number.isFinite(number)) return `${path.join('.')} is ${number}`;
  }
  const payments: unknown = paymentsOf(outcome);
  if (payments === undefined) return undefined;
  if (!isRecord(payments)) return `the payments are ${JSON.stringify(payments)}, and name nobody`;
  const expected = new Set(agents);
  for (const agent of expected) {
    if (typeof payments[agent] !== 'number') return `the payments do not name ${agent}`;
  }
  const stranger = Object.keys(payments).find((agent) => !expected.has(agent));
  if (stranger !== undefined) return `${stranger} pays without taking part`;
  return chargedBeside(outcome, payments);
}

/**
 * Money that an outcome moves beside its payments: an amount under a name of its own for somebody whose payment is nothing, so that
 * it cannot be a part of that.
 */
export function chargedBeside(outcome: object, payments: Readonly<Record<AgentId, unknown>>): string | undefined {
  for (const key of Object.keys(outcome)) {
    if (!isCharging(key)) continue;
    const content: unknown = (outcome as Readonly<Record<string, unknown>>)[key];
    if (typeof content === 'number') {
      const isNothing = Object.values(payments).every((payment) => payment === 0);
      if (content !== 0 && isNothing) return `${key} is ${content}, and nobody's payment has it in it`;
      continue;
    }
    if (!isRecord(content)) continue;
    for (const [agent, amount] of Object.entries(content)) {
      if (typeof amount !== 'number' || amount === 0 || payments[agent] !== 0) continue;
      return `${key} has ${amount} for ${agent}, which its payment of 0 does not have in it`;
    }
  }
  return undefined;
}
