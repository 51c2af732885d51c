import type * as z from 'zod';

type Schema = z.core.$ZodType;

/** More names than these stand in nobody's way. */
const mostNamed = 10;

/** Names in a row, as many as one reads: `"a", "b" or "c"`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed);
  const hidden = names.length - shown.length;
  if (hidden > 0) return `${shown.join(', ')} or one of ${hidden} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}

/** The parts of zod's definitions that are looked at. */
interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly catchall?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
}

export function definitionOf(schema: Schema): Definition {
  return schema._zod.def as object as Definition;
}

/** What each alternative of a schema takes, in a few words: `"in"`, `{ price, quantity? }`, `a number`. */
export function alternativesOf(schema: Schema): readonly string[] {
  const { type, innerType, in: first, options, shape, entries, values } = definitionOf(schema);
  const wrapped = innerType ?? first;
  if (wrapped) return alternativesOf(wrapped);
  if (options) return [...new Set(options.flatMap(alternativesOf))];
  if (entries) return Object.values(entries).map((value) => JSON.stringify(value));
  if (values) return values.map((value) => JSON.stringify(value) ?? String(value));
  if (shape)
    return [Object.keys(shape).length === 0 ? '{}' : `{ ${Object.entries(shape).map(keyInWords).join(', ')} }`];
  return [kindInWords(type)].filter((kind) => kind !== '');
}

/** What zod calls a kind of value, in words; nothing where there are none for it. */
export function kindInWords(kind: string): string {
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : '';
}

const kinds = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  tuple: 'a list',
  record: 'an object',
  object: 'an object',
};

function keyInWords([key, schema]: readonly [string, Schema]): string {
  return schema._zod.optin === 'optional' ? `${key}?` : key;
}
