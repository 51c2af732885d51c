/**
 * Whatever has keys.
 *
 * @category Figures
 */
export type AnyRecord = Readonly<Record<string, unknown>>;

/**
 * A scenario and what came of it: the fields of both, side by side.
 *
 * @category Figures
 */
export interface AnyRun {
  readonly mechanism: string;
  readonly settings?: AnyRecord;
  /** What each agent told the mechanism: a record, or a list of pairs. */
  readonly reports?: unknown;
  readonly messages?: unknown;
  readonly outcome: AnyRecord;
  readonly metrics?: unknown;
  readonly certificate?: unknown;
}

export function isRecord(value: unknown): value is AnyRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What agents told, by agent, in the order in which the text lists them. */
export function reportsOf(reports: unknown): readonly (readonly [agent: string, report: AnyRecord])[] {
  const pairs = Array.isArray(reports) ? reports : isRecord(reports) ? Object.entries(reports) : [];
  return pairs.filter(
    (pair): pair is [string, AnyRecord] => Array.isArray(pair) && typeof pair[0] === 'string' && isRecord(pair[1]),
  );
}

/** The number that every report has in a field; `undefined` where one has none, or there is no report. */
export function numbersIn(reports: unknown, field: string): Readonly<Record<string, number>> | undefined {
  const pairs = reportsOf(reports).map(([agent, report]) => [agent, report[field]] as const);
  if (pairs.length === 0 || pairs.some(([, value]) => typeof value !== 'number')) return undefined;
  return Object.fromEntries(pairs) as Readonly<Record<string, number>>;
}

/** The list of numbers that every report has in a field; `undefined` where one has none. */
export function listsIn(reports: unknown, field: string): Readonly<Record<string, readonly number[]>> | undefined {
  const pairs = reportsOf(reports).map(([agent, report]) => [agent, report[field]] as const);
  if (pairs.length === 0 || pairs.some(([, value]) => !isNumbers(value))) return undefined;
  return Object.fromEntries(pairs) as Readonly<Record<string, readonly number[]>>;
}

export function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

/** The entries of a record that are numbers. */
export function onlyNumbers(value: unknown): Readonly<Record<string, number>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

export function numberOr<Other>(value: unknown, other: Other): number | Other {
  return typeof value === 'number' ? value : other;
}
