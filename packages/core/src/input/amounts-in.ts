import * as z from 'zod';
import { type AmountKind, amountKind } from '../contract/amount.ts';
import type { Path } from '../contract/mechane-error.ts';

type Schema = z.core.$ZodType;

/** Where amounts of a kind stand in what a schema has parsed. What is not shaped as the schema says is passed over. */
export interface AmountsIn {
  /** Whether all amounts pass a test. Where a union leaves open what is an amount, whatever may be one has to pass. */
  every(value: unknown, test: (amount: number) => boolean): boolean;
  /** Shows every amount with its path. */
  each(value: unknown, path: Path, see: (amount: number, path: Path) => void): void;
  /** A copy with every amount changed; parts without amounts are shared with the original. */
  changed(value: unknown, change: (amount: number) => number): unknown;
}

const known: Record<AmountKind, WeakMap<Schema, AmountsIn | 'none' | 'open'>> = {
  money: new WeakMap(),
  quantity: new WeakMap(),
};

/** Finds where amounts of a kind stand in what a schema parses; `undefined` where there are none. */
export function amountsIn(schema: Schema | undefined, kind: AmountKind): AmountsIn | undefined {
  if (schema === undefined) return undefined;
  const found = known[kind].get(schema);
  if (found === 'open') return later(schema, kind);
  if (found !== undefined) return found === 'none' ? undefined : found;
  known[kind].set(schema, 'open');
  const amounts = lookedFor(schema, kind);
  known[kind].set(schema, amounts ?? 'none');
  return amounts;
}

/** A schema that contains itself is looked into when there is a value to look at. */
function later(schema: Schema, kind: AmountKind): AmountsIn {
  const found = (): AmountsIn | undefined => amountsIn(schema, kind);
  return {
    every: (value, test) => found()?.every(value, test) ?? true,
    each: (value, path, see) => found()?.each(value, path, see),
    changed: (value, change) => found()?.changed(value, change) ?? value,
  };
}

/** What zod says of a schema, as far as it is looked at here. */
interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly out?: Schema;
  readonly getter?: () => Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly items?: readonly Schema[];
  readonly rest?: Schema | null;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly catchall?: Schema;
  readonly options?: readonly Schema[];
  readonly left?: Schema;
  readonly right?: Schema;
}

function lookedFor(schema: Schema, kind: AmountKind): AmountsIn | undefined {
  const definition = schema._zod.def as object as Definition;
  const { type, innerType, element, valueType, items, shape, options, left, right, getter } = definition;
  if (type === 'number') return amountKind(schema) === kind ? itself : undefined;
  if (innerType) return amountsIn(innerType, kind);
  if (getter) return amountsIn(getter(), kind);
  if (type === 'pipe') return amountsIn(parsedBy(definition), kind);
  if (element) return inList(amountsIn(element, kind));
  if (type === 'record') return inRecord(amountsIn(valueType, kind));
  if (type === 'map') return inMap(amountsIn(valueType, kind));
  if (items)
    return inTuple(
      items.map((item) => amountsIn(item, kind)),
      amountsIn(definition.rest ?? undefined, kind),
    );
  if (shape) return inObject(shape, definition.catchall, kind);
  if (options) return inOneOf(options, kind);
  if (left && right) return inBoth(amountsIn(left, kind), amountsIn(right, kind));
  return undefined;
}

/** What comes out of a pipe has the shape of its end, or of its beginning where the end is a function. */
function parsedBy({ in: first, out }: Definition): Schema | undefined {
  return (out?._zod.def as Definition | undefined)?.type === 'transform' ? first : out;
}

const itself: AmountsIn = {
  every: (value, test) => typeof value !== 'number' || test(value),
  each(value, path, see) {
    if (typeof value === 'number') see(value, path);
  },
  changed: (value, change) => (typeof value === 'number' ? change(value) : value),
};

function inList(amounts: AmountsIn | undefined): AmountsIn | undefined {
  if (amounts === undefined) return undefined;
  return inTuple([], amounts);
}

function inTuple(items: readonly (AmountsIn | undefined)[], rest: AmountsIn | undefined): AmountsIn | undefined {
  if (rest === undefined && items.every((item) => item === undefined)) return undefined;
  const at = (index: number): AmountsIn | undefined => (index < items.length ? items[index] : rest);
  return {
    every(value, test) {
      if (!Array.isArray(value)) return true;
      for (let index = 0; index < value.length; index++)
        if (!(at(index)?.every(value[index], test) ?? true)) return false;
      return true;
    },
    each(value, path, see) {
      if (!Array.isArray(value)) return;
      for (const [index, part] of value.entries()) at(index)?.each(part, [...path, index], see);
    },
    changed(value, change) {
      if (!Array.isArray(value)) return value;
      return value.map((part, index) => at(index)?.changed(part, change) ?? part);
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inRecord(amounts: AmountsIn | undefined): AmountsIn | undefined {
  if (amounts === undefined) return undefined;
  return {
    every(value, test) {
      if (isRecord(value)) for (const key in value) if (!amounts.every(value[key], test)) return false;
      return true;
    },
    each(value, path, see) {
      if (isRecord(value)) for (const key of Object.keys(value)) amounts.each(value[key], [...path, key], see);
    },
    changed(value, change) {
      if (!isRecord(value)) return value;
      const copy = emptyLike(value);
      for (const key of Object.keys(value)) copy[key] = amounts.changed(value[key], change);
      return copy;
    },
  };
}

function inMap(amounts: AmountsIn | undefined): AmountsIn | undefined {
  if (amounts === undefined) return undefined;
  return {
    every(value, test) {
      if (value instanceof Map) for (const part of value.values()) if (!amounts.every(part, test)) return false;
      return true;
    },
    each(value, path, see) {
      if (value instanceof Map) for (const [key, part] of value) amounts.each(part, [...path, String(key)], see);
    },
    changed(value, change) {
      if (!(value instanceof Map)) return value;
      return new Map([...value].map(([key, part]) => [key, amounts.changed(part, change)]));
    },
  };
}

/** Keeps the prototype: records by agent have none, so that agents may be called anything. */
function emptyLike(value: Record<string, unknown>): Record<string, unknown> {
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === Object.prototype ? {} : Object.create(prototype);
}

function copyOf(value: Record<string, unknown>): Record<string, unknown> {
  return Object.getPrototypeOf(value) === Object.prototype ? { ...value } : Object.assign(emptyLike(value), value);
}

function inObject(
  shape: Readonly<Record<string, Schema>>,
  catchall: Schema | undefined,
  kind: AmountKind,
): AmountsIn | undefined {
  const keys = Object.entries(shape).flatMap(([key, schema]) => {
    const amounts = amountsIn(schema, kind);
    return amounts ? [[key, amounts] as const] : [];
  });
  const others = amountsIn(catchall, kind);
  if (others) return inBoth(inKeys(keys), inRest(new Set(Object.keys(shape)), others));
  return inKeys(keys);
}

function inKeys(keys: readonly (readonly [string, AmountsIn])[]): AmountsIn | undefined {
  const [first, ...further] = keys;
  if (first === undefined) return undefined;
  const [onlyKey, only] = first;
  const every: AmountsIn['every'] =
    further.length === 0
      ? (value, test) => !isRecord(value) || only.every(value[onlyKey], test)
      : (value, test) => !isRecord(value) || keys.every(([key, amounts]) => amounts.every(value[key], test));
  return {
    every,
    each(value, path, see) {
      if (isRecord(value)) for (const [key, amounts] of keys) amounts.each(value[key], [...path, key], see);
    },
    changed(value, change) {
      if (!isRecord(value)) return value;
      const copy = copyOf(value);
      for (const [key, amounts] of keys) if (key in value) copy[key] = amounts.changed(value[key], change);
      return copy;
    },
  };
}

/** Amounts under keys that an object's schema does not name. */
function inRest(named: ReadonlySet<string>, amounts: AmountsIn): AmountsIn {
  const others = (value: Record<string, unknown>): string[] => Object.keys(value).filter((key) => !named.has(key));
  return {
    every: (value, test) => !isRecord(value) || others(value).every((key) => amounts.every(value[key], test)),
    each(value, path, see) {
      if (isRecord(value)) for (const key of others(value)) amounts.each(value[key], [...path, key], see);
    },
    changed(value, change) {
      if (!isRecord(value)) return value;
      const copy = copyOf(value);
      for (const key of others(value)) copy[key] = amounts.changed(value[key], change);
      return copy;
    },
  };
}

function inBoth(one: AmountsIn | undefined, other: AmountsIn | undefined): AmountsIn | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    every: (value, test) => one.every(value, test) && other.every(value, test),
    each(value, path, see) {
      one.each(value, path, see);
      other.each(value, path, see);
    },
    changed: (value, change) => other.changed(one.changed(value, change), change),
  };
}

/** One of several: the first that takes the value, or, where none takes what it has made of it, the first that has amounts. */
function inOneOf(options: readonly Schema[], kind: AmountKind): AmountsIn | undefined {
  const each = options.map((schema) => ({ schema, amounts: amountsIn(schema, kind) }));
  const having = each.flatMap(({ amounts }) => amounts ?? []);
  if (having.length === 0) return undefined;
  const meant = (value: unknown): AmountsIn | undefined => {
    const taking = each.find(({ schema }) => z.safeParse(schema, value).success);
    return taking ? taking.amounts : having[0];
  };
  return {
    every: (value, test) => having.every((amounts) => amounts.every(value, test)),
    each: (value, path, see) => meant(value)?.each(value, path, see),
    changed: (value, change) => meant(value)?.changed(value, change) ?? value,
  };
}
