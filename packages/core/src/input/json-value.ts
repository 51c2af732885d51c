import * as z from 'zod';

/**
 * Anything JSON can say.
 *
 * @category Input
 */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

const deepest = 64;

/**
 * Accepts any JSON value at most 64 levels deep and copies it, so that nothing the agent keeps a hold of enters an outcome.
 * Primitives take one check, which `z.json()`'s recursive union does not.
 *
 * @category Input
 */
export const jsonValue: z.ZodType<JsonValue, JsonValue> = z.unknown().transform((value, context): JsonValue => {
  const copied = copy(value, 0);
  if (copied !== undefined) return copied;
  context.addIssue({
    code: 'custom',
    message: `expected a JSON value of finite numbers, at most ${deepest} levels deep`,
  });
  return z.NEVER;
}) as z.ZodType<JsonValue, JsonValue>;

function copy(value: unknown, depth: number): JsonValue | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || depth >= deepest) return undefined;
  return Array.isArray(value) ? copyArray(value, depth) : copyObject(value, depth);
}

function copyArray(array: readonly unknown[], depth: number): JsonValue[] | undefined {
  const copied: JsonValue[] = [];
  for (const element of array) {
    const value = copy(element, depth + 1);
    if (value === undefined) return undefined;
    copied.push(value);
  }
  return copied;
}

function copyObject(object: object, depth: number): { [key: string]: JsonValue } | undefined {
  const prototype = Object.getPrototypeOf(object);
  if (prototype !== null && prototype !== Object.prototype) return undefined;
  const copied: { [key: string]: JsonValue } = Object.create(null);
  for (const [key, element] of Object.entries(object)) {
    const value = copy(element, depth + 1);
    if (value === undefined) return undefined;
    copied[key] = value;
  }
  return copied;
}
