import type { JsonSchema, Random } from '@mechane/core';
import { inputSchema } from '@mechane/core/host';
import { isRecord } from '../game/leaves.ts';

type Schema = JsonSchema;

const deepest = 6;
/** Text that means nothing to anybody. */
const words = ['x', 'gold', 'yes', 'a'];

const roots = new WeakMap<object, Schema>();

/** A schema in JSON Schema, made once. */
function rootOf(schema: NonNullable<Parameters<typeof inputSchema>[0]>): Schema {
  const known = roots.get(schema);
  if (known) return known;
  let root: Schema = {};
  try {
    root = inputSchema(schema) ?? {};
  } catch {
    // What cannot be described allows anything.
  }
  roots.set(schema, root);
  return root;
}

/** What a schema allows, as far as JSON Schema can say it. */
export class SchemaValues {
  readonly #root: Schema;

  constructor(schema: Parameters<typeof inputSchema>[0]) {
    this.#root = schema === undefined ? {} : rootOf(schema);
  }

  /** Some values that fit, the simple ones first; all of an enumeration. */
  samples(random: Random): readonly unknown[] {
    return this.#samples(this.#root, random, 0);
  }

  /** Fields that this value could have besides those it has, each with values that fit. */
  missingFields(value: unknown, random: Random): readonly (readonly [string, readonly unknown[]])[] {
    if (!isRecord(value)) return [];
    const missing = new Map<string, readonly unknown[]>();
    for (const branch of this.#objects(this.#root, 0)) {
      const { properties = {}, required } = branch;
      const needed = Array.isArray(required) ? (required as readonly string[]) : [];
      if (!needed.every((key) => key in value) || !Object.keys(value).every((key) => key in properties)) continue;
      for (const [key, schema] of Object.entries(properties)) {
        if (!(key in value)) missing.set(key, this.#samples(schema, random, 1));
      }
    }
    return [...missing];
  }

  /** Fields of this value that it need not have. */
  dispensableFields(value: unknown): readonly string[] {
    if (!isRecord(value)) return [];
    const branches = this.#objects(this.#root, 0);
    return Object.keys(value).filter((key) =>
      branches.some(({ properties = {}, required }) => {
        return key in properties && !(Array.isArray(required) && required.includes(key));
      }),
    );
  }

  /** Other values for a field that this value has, where there is a list of them. */
  otherValues(value: unknown, random: Random): readonly (readonly [string, readonly unknown[]])[] {
    if (!isRecord(value)) return [];
    const others = new Map<string, unknown[]>();
    for (const { properties = {} } of this.#objects(this.#root, 0)) {
      for (const [key, schema] of Object.entries(properties)) {
        if (!(key in value)) continue;
        const fitting = this.#samples(schema, random, 1).filter((sample) => sample !== value[key]);
        others.set(key, [...(others.get(key) ?? []), ...fitting]);
      }
    }
    return [...others];
  }

  /** Whether objects may have fields that no schema names. */
  get isOpen(): boolean {
    const branches = this.#objects(this.#root, 0);
    if (branches.length === 0) return Object.keys(this.#root).filter((key) => key !== '$schema').length === 0;
    return branches.some(({ additionalProperties }) => additionalProperties !== false);
  }

  #objects(schema: Schema, depth: number): readonly Schema[] {
    const { anyOf, oneOf, allOf, type, properties } = this.#resolved(schema);
    const within = [anyOf, oneOf, allOf].flatMap((some) => (Array.isArray(some) ? (some as Schema[]) : []));
    if (within.length > 0 && depth < deepest) return within.flatMap((one) => this.#objects(one, depth + 1));
    return type === 'object' && properties !== undefined ? [this.#resolved(schema)] : [];
  }

  #resolved(schema: Schema): Schema {
    const { $ref } = schema;
    if (typeof $ref !== 'string' || !$ref.startsWith('#')) return schema;
    let at: unknown = this.#root;
    for (const step of $ref.slice(1).split('/').filter(Boolean)) at = isRecord(at) ? at[step] : undefined;
    return isRecord(at) ? (at as Schema) : {};
  }

  #samples(given: Schema, random: Random, depth: number): readonly unknown[] {
    if (depth > deepest) return [];
    const schema = this.#resolved(given);
    if ('const' in schema) return [schema.const];
    if (Array.isArray(schema.enum)) return schema.enum;
    for (const choice of [schema.anyOf, schema.oneOf]) {
      if (Array.isArray(choice)) return choice.flatMap((one) => this.#samples(one, random, depth + 1));
    }
    if (Array.isArray(schema.allOf)) return this.#samples((schema.allOf[0] as Schema) ?? {}, random, depth + 1);
    const { type } = schema;
    const kind = Array.isArray(type) ? type[random.below(type.length)] : type;
    switch (kind) {
      case 'boolean':
        return [true, false];
      case 'null':
        return [null];
      case 'integer':
      case 'number':
        return numbersFor(schema, kind === 'integer', random);
      case 'string':
        return [words[random.below(words.length)]];
      case 'array':
        return this.#lists(schema, random, depth);
      case 'object':
        return this.#records(schema, random, depth);
      default:
        return [1, 'x', { x: 1 }];
    }
  }

  #lists(schema: Schema, random: Random, depth: number): readonly unknown[] {
    const items = isRecord(schema.items) ? this.#samples(schema.items as Schema, random, depth + 1) : [];
    const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
    if (items.length === 0) return least === 0 ? [[]] : [];
    const of = (length: number): unknown => Array.from({ length }, (_, index) => items[index % items.length]);
    return least === 0 ? [of(1), [], of(2)] : [of(least), of(least + 1)];
  }

  #records(schema: Schema, random: Random, depth: number): readonly unknown[] {
    const properties = Object.entries(schema.properties ?? {});
    const required = Array.isArray(schema.required) ? schema.required : [];
    const some = (keys: (key: string) => boolean): Record<string, unknown> | undefined => {
      const record: Record<string, unknown> = {};
      for (const [key, part] of properties) {
        if (!keys(key)) continue;
        const values = this.#samples(part, random, depth + 1);
        if (values.length === 0) return undefined;
        record[key] = values[random.below(values.length)];
      }
      return record;
    };
    const bare = some((key) => required.includes(key));
    const full = properties.length > required.length ? some(() => true) : undefined;
    return [bare, full].filter((record) => record !== undefined);
  }
}

function numbersFor(schema: Schema, whole: boolean, random: Random): readonly number[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema as Readonly<Record<string, unknown>>;
  const low =
    typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum : undefined;
  const high =
    typeof maximum === 'number' ? maximum : typeof exclusiveMaximum === 'number' ? exclusiveMaximum : undefined;
  const tried = [1, 2, 0, 3, 5, 10, 100, -1, ...(whole ? [] : [0.5, 0.1, 2.5]), random.below(20)];
  if (low !== undefined && Math.abs(low) < 1e9) tried.push(low, low + 1);
  if (high !== undefined && Math.abs(high) < 1e9) tried.push(high, whole ? high - 1 : (high + (low ?? 0)) / 2);
  const fits = (number: number): boolean =>
    (typeof minimum !== 'number' || number >= minimum) &&
    (typeof exclusiveMinimum !== 'number' || number > exclusiveMinimum) &&
    (typeof maximum !== 'number' || number <= maximum) &&
    (typeof exclusiveMaximum !== 'number' || number < exclusiveMaximum);
  return [...new Set(tried)].filter(fits);
}
