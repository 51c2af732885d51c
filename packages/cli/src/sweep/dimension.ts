import { noSweep, tooWide } from '../errors.ts';
import { typedJson } from '../json-text.ts';

/** What a sweep varies: a place in a scenario, and the values that are put there. */
export interface Dimension {
  /** As it was typed. */
  readonly key: string;
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

/** More values than this are a mistake. */
const mostValues = 1_000_000;

/** Parts of a scenario by which a key may begin; every other is one of its settings. */
const parts: ReadonlySet<string> = new Set(['mechanism', 'reports', 'seed', 'settings', 'types']);

/**
 * Reads what was typed: `reserve=0..10:1`, `pricing=first-rejected,last-accepted`, `reports.ann.bid=1,2`.
 *
 * @throws CliError `invalid-option` or `imprecise-amount`.
 */
export function dimensionIn(typed: string): Dimension {
  const at = typed.indexOf('=');
  const key = typed.slice(0, at);
  const steps = key.split('.');
  if (at <= 0 || steps.includes('')) throw noSweep(typed);
  const values = valuesIn(typed.slice(at + 1), typed);
  return { key, path: parts.has(steps[0] as string) ? steps : ['settings', ...steps], values };
}

/** A list of JSON; or of ranges, of JSON and of words. */
function valuesIn(text: string, typed: string): readonly unknown[] {
  const list = typedJson(`[${text}]`) as readonly unknown[] | undefined;
  const values =
    list ?? text.split(',').flatMap((each): readonly unknown[] => rangeIn(each, typed) ?? [wordOrJson(each)]);
  if (values.length === 0 || values.includes('')) throw noSweep(typed);
  return values;
}

/** What was meant as a range, whether it is one or not. */
const rangeLike = /^-?[\d.].*\.\./;
const range = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/;

/** The numbers of a range, as decimals: 0.3, never 0.30000000000000004. */
function rangeIn(text: string, typed: string): readonly number[] | undefined {
  const [, first, last, step = '1'] = range.exec(text) ?? [];
  if (first === undefined || last === undefined) {
    if (rangeLike.test(text)) throw noSweep(typed);
    return undefined;
  }
  const places = Math.max(...[first, last, step].map((each) => each.split('.')[1]?.length ?? 0));
  const [from, to, by] = [first, last, step].map((each) => inUnits(each, places)) as [bigint, bigint, bigint];
  if (by === 0n || from > to) throw noSweep(typed);
  const count = Number((to - from) / by) + 1;
  if (count > mostValues) throw tooWide(typed, count);
  return Array.from({ length: count }, (_, index) => typedJson(`${from + BigInt(index) * by}e-${places}`) as number);
}

function inUnits(decimal: string, places: number): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

function wordOrJson(text: string): unknown {
  const value = typedJson(text);
  return value === undefined ? text : value;
}
