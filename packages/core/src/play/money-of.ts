import * as z from 'zod';
import { signedAmount } from '../contract/amount.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { type AmountsIn, amountsIn } from '../input/amounts-in.ts';

/** Where money stands in what a mechanism takes and gives. */
export interface MoneyOf {
  readonly settings: AmountsIn | undefined;
  readonly report: AmountsIn | undefined;
  readonly message: AmountsIn | undefined;
  readonly ask: AmountsIn | undefined;
  readonly outcome: AmountsIn | undefined;
  readonly certificate: AmountsIn | undefined;
  /** `undefined` where a mechanism does not say which of its columns are money. */
  readonly columns: readonly string[] | undefined;
}

/** What is money in any certificate, where a mechanism does not say. */
const usualCertificate = z.looseObject({
  welfare: signedAmount.optional(),
  bound: signedAmount.optional(),
});

const known = new WeakMap<object, MoneyOf | 'none'>();

/** `undefined` where a mechanism has no money, or does not say what of its outcome is money: nothing of it is counted in a unit. */
export function moneyOf(mechanism: Mechanism): MoneyOf | undefined {
  const found = known.get(mechanism) ?? lookedFor(mechanism);
  known.set(mechanism, found);
  return found === 'none' ? undefined : found;
}

function lookedFor({ settings, report, message, ask, outcome, certificate, columns }: Mechanism): MoneyOf | 'none' {
  if (outcome === undefined) return 'none';
  const given = [settings, report, message].map((schema) => amountsIn(schema, 'money'));
  if (given.every((amounts) => amounts === undefined)) return 'none';
  return {
    settings: given[0],
    report: given[1],
    message: given[2],
    ask: amountsIn(ask, 'money'),
    outcome: amountsIn(outcome, 'money'),
    certificate: amountsIn(certificate ?? usualCertificate, 'money'),
    columns: columns?.money,
  };
}
