import { type Mechanism, validate } from '@mechane/core';
import { unknownReport } from '../errors.ts';

/** Where a bid goes in a report. */
export interface ReportField {
  readonly key: string;
  /** Whether the report wants a list of one. */
  readonly listed: boolean;
}

/** The names under which mechanisms take a single number, or a list of them. */
const usual: readonly string[] = [
  'bid',
  'value',
  'threshold',
  'price',
  'maxPrice',
  'bids',
  'marginals',
  'thresholds',
  'values',
];

/** Makes reports of a mechanism from bids, without parsing each. */
export type ReportOfBid = (bid: number) => Readonly<Record<string, unknown>>;

/**
 * Finds out where a bid goes: under the key given, or under the first usual one that makes a report the mechanism takes.
 *
 * @throws MechaneError `unknown-report` where there is none; `invalid-report` where the key given does not do.
 */
export function reportField(
  mechanism: Mechanism,
  fixed: object,
  key: string | undefined,
  path: readonly (string | number)[],
): ReportField {
  const schema = mechanism.report;
  for (const candidate of key === undefined ? usual : [key]) {
    for (const listed of [false, true]) {
      if (schema?.safeParse({ ...fixed, [candidate]: listed ? [1] : 1 }).success) return { key: candidate, listed };
    }
  }
  if (key !== undefined && schema) validate(schema, { ...fixed, [key]: 1 }, 'invalid-report', path);
  throw unknownReport(mechanism.id, usual, path);
}

/** Parses a report once, defaults and all, and copies it with other bids. */
export function reportOfBid(mechanism: Mechanism, fixed: object, { key, listed }: ReportField): ReportOfBid {
  const parsed = mechanism.report?.parse({ ...fixed, [key]: listed ? [1] : 1 }) as Readonly<Record<string, unknown>>;
  return listed ? (bid) => ({ ...parsed, [key]: [bid] }) : (bid) => ({ ...parsed, [key]: bid });
}
