import { type AmountKind, amountKind } from '@mechane/core';
import type * as z from 'zod';

/** A number somewhere in a schema, or something of which the schema does not say what it holds. */
export interface SchemaNumber {
  readonly path: string;
  readonly kind: AmountKind | 'plain' | 'anything';
}

type Definition = z.core.$ZodTypes['_zod']['def'];
const definitionOf = (schema: z.core.$ZodType): Definition => (schema as z.core.$ZodTypes)._zod.def;

/** Every number in a schema. */
export function* numbersIn(
  schema: z.core.$ZodType,
  path: string,
  above: readonly z.core.$ZodType[] = [],
): Generator<SchemaNumber> {
  if (above.includes(schema)) return;
  const within = (part: z.core.$ZodType, at = path) => numbersIn(part, at, [...above, schema]);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'number':
    case 'bigint':
      yield { path, kind: amountKind(schema) ?? 'plain' };
      return;
    case 'literal':
      if (definition.values.some((value) => typeof value === 'number')) yield { path, kind: 'plain' };
      return;
    case 'object':
      for (const [key, part] of Object.entries(definition.shape)) yield* within(part, `${path}.${key}`);
      if (definition.catchall) yield* within(definition.catchall, `${path}{}`);
      return;
    case 'array':
      yield* within(definition.element, `${path}[]`);
      return;
    case 'tuple':
      for (const [index, part] of definition.items.entries()) yield* within(part, `${path}[${index}]`);
      if (definition.rest) yield* within(definition.rest, `${path}[]`);
      return;
    case 'record':
    case 'map':
      yield* within(definition.valueType, `${path}{}`);
      return;
    case 'union':
      for (const option of definition.options) yield* within(option);
      return;
    case 'pipe':
      // What only makes the input ready for the schema after it says nothing of numbers.
      if (definitionOf(definition.in).type !== 'transform') yield* within(definition.in);
      yield* within(definition.out);
      return;
    case 'lazy':
      yield* within(definition.getter());
      return;
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      yield* within(definition.innerType);
      return;
    case 'string':
    case 'enum':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'never':
      return;
    default:
      yield { path, kind: 'anything' };
  }
}

/** What a schema has parsed, with every amount of money multiplied. */
export function inOtherMoney(schema: z.core.$ZodType, value: unknown, times: number): unknown {
  const definition = definitionOf(schema);
  const within = (part: z.core.$ZodType, held: unknown): unknown => inOtherMoney(part, held, times);
  if (value === undefined || value === null) return value;
  switch (definition.type) {
    case 'number':
      return amountKind(schema) === 'money' ? Number(value) * times : value;
    case 'object':
      return mapped(value, (held, key) => (definition.shape[key] ? within(definition.shape[key], held) : held));
    case 'array':
      return (value as readonly unknown[]).map((held) => within(definition.element, held));
    case 'tuple':
      return (value as readonly unknown[]).map((held, index) => within(definition.items[index] as never, held));
    case 'record':
      return mapped(value, (held) => within(definition.valueType, held));
    case 'map':
      return new Map(
        [...(value as Map<unknown, unknown>)].map(([key, held]) => [key, within(definition.valueType, held)]),
      );
    case 'union': {
      const option = definition.options.find((candidate) => (candidate as z.ZodType).safeParse(value).success);
      if (option === undefined) throw new Error(`no option holds ${JSON.stringify(value)}`);
      return within(option, value);
    }
    case 'pipe':
      return within(definition.out, value);
    case 'lazy':
      return within(definition.getter(), value);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return within(definition.innerType, value);
    default:
      return value;
  }
}

/** A record whose entries are changed; of any name, `__proto__` too. */
function mapped(record: unknown, change: (held: unknown, key: string) => unknown): Record<string, unknown> {
  const changed: Record<string, unknown> = Object.create(null);
  for (const [key, held] of Object.entries(record as object)) changed[key] = change(held, key);
  return changed;
}
