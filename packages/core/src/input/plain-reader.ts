import type * as z from 'zod';
import { definitionOf } from './in-words.ts';

type Schema = z.core.$ZodType;

/** Says that something is not plainly what a schema takes, and is left to the schema. */
export const unread: unique symbol = Symbol('unread');

/** A copy of what is plainly as a schema says, or `unread`. */
type Reader = (value: unknown) => unknown;

const known = new WeakMap<Schema, Reader | 'none'>();

/**
 * A reader of reports that hold records, whose keys may be anything: in very many of them, no two have the keys of another, and an engine that looks
 * for the shape of each spends most of its time on that. `undefined` for schemas without records, and for those that only zod can read. What it
 * reads, zod would read as the same.
 */
export function plainReaderOf(schema: Schema): Reader | undefined {
  const found = known.get(schema) ?? objectReader(schema) ?? 'none';
  known.set(schema, found);
  return found === 'none' ? undefined : found;
}

interface Checked {
  readonly checks?: readonly unknown[];
  readonly coerce?: boolean;
  readonly mode?: string;
  readonly keyType?: Schema;
}

/** Whether a schema says no more than its type. */
function isBare(schema: Schema): boolean {
  const { checks = [], coerce = false } = definitionOf(schema) as Checked;
  return checks.length === 0 && !coerce;
}

/** Of a strict object whose fields are all required and all records. */
function objectReader(schema: Schema): Reader | undefined {
  const { type, shape = {}, catchall } = definitionOf(schema);
  const isStrict = catchall !== undefined && definitionOf(catchall).type === 'never';
  if (type !== 'object' || !isStrict || !isBare(schema)) return undefined;
  const keys = Object.keys(shape);
  const readers = Object.values(shape).map(recordReader);
  if (keys.length === 0 || readers.includes(undefined)) return undefined;
  return (value) => {
    if (!isPlain(value) || Reflect.ownKeys(value).length !== keys.length) return unread;
    const copy: Record<string, unknown> = {};
    for (let field = 0; field < keys.length; field++) {
      const key = keys[field] as string;
      const part = Object.hasOwn(value, key) ? readers[field]?.(value[key]) : unread;
      if (part === unread) return unread;
      copy[key] = part;
    }
    return copy;
  };
}

/** Of a record of numbers by any text. */
function recordReader(schema: Schema): Reader | undefined {
  const { type, valueType } = definitionOf(schema);
  const { keyType, mode = 'strict' } = definitionOf(schema) as Checked;
  if (type !== 'record' || mode !== 'strict' || !isBare(schema) || valueType === undefined) return undefined;
  if (keyType === undefined || definitionOf(keyType).type !== 'string' || !isBare(keyType)) return undefined;
  if (definitionOf(valueType).type !== 'number' || !isBare(valueType)) return undefined;
  return (value) => {
    if (!isPlain(value)) return unread;
    const copy = table();
    // Symbols, and what is not enumerable, are read as zod reads them.
    const keys = Object.keys(value);
    if (Reflect.ownKeys(value).length !== keys.length) return unread;
    for (const key of keys) {
      const number = value[key];
      if (typeof number !== 'number' || !Number.isFinite(number) || key === '__proto__') return unread;
      copy[key] = number;
    }
    return copy;
  };
}

/** An object that has lost a key is kept as a table of its keys from then on: measured at three times the speed for keys that are all different. */
function table(): Record<string, unknown> {
  const object: Record<string, unknown> = { first: undefined, last: undefined };
  delete object.first;
  delete object.last;
  return object;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
