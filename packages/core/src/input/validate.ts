import type * as z from 'zod';
import { type CoreErrorCode, isMechaneError, type MechaneError, type Path, quote } from '../contract/mechane-error.ts';
import { noRecord, notAmong, unfit, unknownKey, unreadable } from '../errors.ts';
import { fixFor } from './fix-for.ts';
import { alternativesOf, definitionOf, listed } from './in-words.ts';
import { nearestKey } from './nearest-key.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/**
 * Parses with a schema and turns the first issue into a coded error whose path starts at the scenario, with the nearest known
 * key where one was misspelt. Input that fights back (throwing getters, cycles, endless nesting) gets a coded error too.
 *
 * @category Input
 */
export function validate<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  code: CoreErrorCode,
  path: Path,
  alsoKnown: readonly string[] = [],
): Output {
  let result: z.ZodSafeParseResult<Output>;
  try {
    result = schema.safeParse(input);
  } catch (cause) {
    if (isMechaneError(cause)) throw cause;
    throw unreadable(code, path, cause);
  }
  if (result.success) return result.data;
  throw firstIssue(schema, result.error.issues[0] as Issue, input, code, path, alsoKnown);
}

function firstIssue(
  schema: z.ZodType,
  first: Issue,
  input: unknown,
  code: CoreErrorCode,
  path: Path,
  alsoKnown: readonly string[],
): MechaneError {
  const { issue, within, union } = deepest(first, [], input);
  const at = [...path, ...within];
  const stranger = union < 0 ? undefined : strangerIn(schema, input, within.slice(0, union));
  if (stranger !== undefined) {
    const outside = within.slice(0, union);
    return unknownKey(
      stranger,
      [...path, ...outside],
      keysAt(schema, outside),
      listed(alternativesAt(schema, outside)),
    );
  }
  const takes = alternativesAt(schema, within);
  // Of a union that was not got into, all that it takes is said.
  const alternatives = union === within.length ? takes : [];
  const expected = alternatives.length > 1 ? { expected: listed(alternatives) } : {};
  if (issue.code === 'unrecognized_keys') {
    const known = [...keysAt(schema, within), ...(within.length === 0 ? alsoKnown : [])];
    return unknownKey(issue.keys[0] ?? '', at, known, expected.expected);
  }
  if (issue.code === 'invalid_value') {
    const values = (alternatives.length > 1 ? alternatives : issue.values.map((value) => JSON.stringify(value))).map(
      String,
    );
    return notAmong(valueAt(input, within), values, code, at);
  }
  const isMissing = valueAt(input, within) === undefined;
  if (tellsApart(issue) && !isMissing) return notAmong(valueAt(input, within), alternatives, code, at);
  if (!isMissing || (issue.code !== 'invalid_type' && !tellsApart(issue))) {
    const fix = fixFor(issue, valueAt(input, within), takes);
    return unfit(code, inWords(issue), at, { ...expected, ...(fix === undefined ? {} : { fix }) });
  }
  const outside = within.slice(0, -1);
  const meant = otherNameFor(within.at(-1), schema, input, outside);
  if (meant !== undefined) return unknownKey(meant, [...path, ...outside], keysAt(schema, outside));
  const wanted = listed(takes) || (issue as { expected?: string }).expected;
  const missing = at.at(-1);
  const fix = typeof missing === 'string' ? `add ${quote(missing)}` : `give ${wanted ?? 'something'}`;
  return unfit(code, 'nothing is given', at, wanted ? { expected: wanted, fix } : { fix });
}

/** Whether what is wrong is the key by which the alternatives of a union are told apart. */
function tellsApart(issue: Issue): boolean {
  return issue.code === 'invalid_union' && issue.errors.length === 0;
}

/** A key that is not known, by which the one that is missing was probably meant. */
function otherNameFor(
  missing: PropertyKey | undefined,
  schema: Schema,
  input: unknown,
  path: Path,
): string | undefined {
  if (schemasAt(schema, path).some(takesAnyKey)) return undefined;
  const known = keysAt(schema, path);
  const strangers = Object.keys(Object(valueAt(input, path))).filter((key) => !known.includes(key));
  return strangers.find((key) => nearestKey(key, known) === missing);
}

interface Found {
  readonly issue: Issue;
  readonly within: Path;
  /** How deep the last union lies on the way. */
  readonly union: number;
}

/** Of a union's branches, the issue that got furthest: the branch that was probably meant. */
function deepest(issue: Issue, above: Path, input: unknown, outer = -1): Found {
  const within = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code !== 'invalid_union') return { issue, within, union: outer };
  const union = within.length;
  const [furthest] = issue.errors
    .map((issues) => ({
      found: issues[0] ? deepest(issues[0], within, input, union) : { issue, within, union },
      strangers: strangersAmong(issues),
    }))
    .sort((a, b) => progress(b.found, input) - progress(a.found, input) || a.strangers - b.strangers);
  return furthest?.found ?? { issue, within, union };
}

/** How far into a branch an issue lies; at equal depth, one that is more than "nothing" or "another type" is closer. */
function progress({ issue, within }: Found, input: unknown): number {
  const isAnother = issue.code === 'invalid_type' || valueAt(input, within) === undefined;
  return 2 * within.length + (isAnother ? 0 : 1);
}

/** How many keys a branch does not know. */
function strangersAmong(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
}

function inWords(issue: Issue): string {
  const words = issue.message.replace(/^Invalid (input|option): /, '');
  return words.length > 300 ? `${words.slice(0, 300)}…` : words.charAt(0).toLowerCase() + words.slice(1);
}

/** The first key of an object in the place of a union, where no alternative has any key of it: then none was got into. */
function strangerIn(schema: Schema, input: unknown, path: Path): string | undefined {
  const value = valueAt(input, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const known = keysAt(schema, path);
  if (schemasAt(schema, path).some(takesAnyKey)) return undefined;
  return keys.some((key) => known.includes(key)) ? undefined : keys[0];
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce((value, step) => Object(value)[step], input);
}

/** Whether some alternative of a schema takes keys that it does not name. */
function takesAnyKey(schema: Schema): boolean {
  const { type, innerType, in: first, options, catchall } = definitionOf(schema);
  const wrapped = innerType ?? first;
  if (wrapped) return takesAnyKey(wrapped);
  if (options) return options.some(takesAnyKey);
  if (type === 'object') return catchall === undefined || definitionOf(catchall).type !== 'never';
  return type === 'record' || type === 'map' || type === 'unknown' || type === 'any';
}

/** The keys an object schema knows at a path within a schema; none where the schema there is no object. */
function keysAt(schema: Schema, path: Path): string[] {
  return [...new Set(schemasAt(schema, path).flatMap((found) => keysOf(found)))];
}

function keysOf(schema: Schema): string[] {
  const { innerType, in: first, options, shape } = definitionOf(schema);
  const wrapped = innerType ?? first;
  if (wrapped) return keysOf(wrapped);
  return options ? options.flatMap(keysOf) : Object.keys(shape ?? {});
}

/** What the schemas take that a path within a schema leads to, each once. */
function alternativesAt(schema: Schema, path: Path): readonly string[] {
  return [...new Set(schemasAt(schema, path).flatMap(alternativesOf))];
}

/** The schemas that a path within a schema leads to, one for each way through unions. */
function schemasAt(schema: Schema, path: Path): readonly Schema[] {
  const [step, ...rest] = path;
  if (step === undefined) return [schema];
  const { innerType, in: first, options, shape, element, valueType } = definitionOf(schema);
  const wrapped = innerType ?? first;
  if (wrapped) return schemasAt(wrapped, path);
  if (options) return options.flatMap((option) => schemasAt(option, path));
  const next = shape?.[step] ?? element ?? valueType;
  return next ? schemasAt(next, rest) : [];
}

/** Refuses keys that are not in `known`. */
export function refuseUnknownKeys(object: object, known: readonly string[], path: Path): void {
  for (const key of Object.keys(object)) if (!known.includes(key)) throw unknownKey(key, path, known);
}

/** Says that something is not an object with keys, as text and arrays are not. */
export function requireRecord(
  value: unknown,
  code: CoreErrorCode,
  path: Path,
  expected: string,
): asserts value is Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw noRecord(value, code, path, expected);
}
