import type * as z from 'zod';
import { type CoreErrorCode, isMechaneError, type MechaneError, type Path } from '../contract/mechane-error.ts';
import { noRecord, unfit, unknownKey, unreadable } from '../errors.ts';

type Issue = z.core.$ZodIssue;

/**
 * Parses with a schema and turns the first issue into a coded error whose path starts at the scenario, with the nearest known
 * key where one was misspelt. Input that fights back (throwing getters, cycles, endless nesting) gets a coded error too.
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
  throw firstIssue(schema, result.error.issues, code, path, alsoKnown);
}

function firstIssue(
  schema: z.ZodType,
  issues: readonly Issue[],
  code: CoreErrorCode,
  path: Path,
  alsoKnown: readonly string[],
): MechaneError {
  const { issue, within } = deepest(issues[0] as Issue, []);
  const at = [...path, ...within];
  if (issue.code === 'unrecognized_keys') {
    const known = [...keysAt(schema, within), ...(within.length === 0 ? alsoKnown : [])];
    return unknownKey(issue.keys[0] ?? '', at, known);
  }
  return unfit(code, inWords(issue), at);
}

interface Found {
  readonly issue: Issue;
  readonly within: Path;
}

/** Of a union's branches, the issue that got furthest: the branch that was probably meant. */
function deepest(issue: Issue, above: Path): Found {
  const within = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code !== 'invalid_union') return { issue, within };
  const [furthest] = issue.errors
    .map(([first]) => (first ? deepest(first, within) : { issue, within }))
    .sort((a, b) => progress(b) - progress(a));
  return furthest ?? { issue, within };
}

/** How far into a branch an issue lies; at equal depth, one that is more than "another type" is closer. */
function progress({ issue, within }: Found): number {
  return 2 * within.length + (issue.code === 'invalid_type' ? 0 : 1);
}

function inWords(issue: Issue): string {
  const words = issue.message.replace(/^Invalid (input|option): /, '');
  return words.length > 300 ? `${words.slice(0, 300)}…` : words.charAt(0).toLowerCase() + words.slice(1);
}

/** The keys an object schema knows at a path within a schema; none where the schema there is no object. */
function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const definition = (schema as z.ZodType).def as Partial<
    Record<'innerType' | 'element' | 'valueType' | 'in', z.core.$ZodType>
  > & { type: string; shape?: Record<string, z.core.$ZodType>; options?: readonly z.core.$ZodType[] };
  const wrapped = definition.innerType ?? definition.in;
  if (wrapped) return keysAt(wrapped, path);
  if (definition.options) return [...new Set(definition.options.flatMap((option) => keysAt(option, path)))];
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(definition.shape ?? {});
  const next = definition.shape?.[step] ?? definition.element ?? definition.valueType;
  return next ? keysAt(next, rest) : [];
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
