import type { JsonSchema } from '@mechane/core';
import { isRecord } from './records.ts';

/** The names that an answer may speak of. */
export interface Names {
  readonly known: readonly string[];
  /** Whether there are no others. */
  readonly isWhole: boolean;
}

/**
 * The names that an answer may speak of: those that the question gives, or, where agents say which side they are on, all others who take part.
 *
 * @param schema of the message, or of one kind of it
 */
export function namesAsked(content: unknown, schema: JsonSchema, others: readonly string[]): Names {
  if (isRecord(content)) {
    const { among, prices } = content;
    if (Array.isArray(among)) return { known: among.map(String), isWhole: true };
    if (isRecord(prices)) return { known: Object.keys(prices), isWhole: true };
  }
  return isTwoSided(schema) ? { known: others, isWhole: true } : { known: [], isWhole: false };
}

function isTwoSided({ properties = {} }: JsonSchema): boolean {
  const { side, ranking } = properties as Readonly<Record<string, JsonSchema>>;
  return Array.isArray(side?.enum) && ranking !== undefined;
}

/** The hand-made control that fits the shape of a part of a message; `undefined` where there is none. */
export type Shape = 'ranking' | 'names' | 'packages' | 'amounts';

/** Finds it by the JSON Schema of the part, and by its name where lists of names may be in order or not. */
export function shapeOf(name: string, schema: JsonSchema): Shape | undefined {
  const { type, items, additionalProperties } = schema as {
    readonly type?: string;
    readonly items?: JsonSchema;
    readonly additionalProperties?: JsonSchema | boolean;
  };
  if (type === 'array' && items?.type === 'string') return name === 'ranking' ? 'ranking' : 'names';
  if (type === 'array' && items !== undefined && partsOfPackage(items) !== undefined) return 'packages';
  if (type === 'object' && isRecord(additionalProperties) && additionalProperties.type === 'number') return 'amounts';
  return undefined;
}

/** The part of a bid on a package that names it, and the part that says what it is worth. */
export interface PackageParts {
  readonly goods: string;
  readonly worth: string;
}

/** The two parts of a bid on a package; `undefined` where a schema has other parts. */
export function partsOfPackage({ properties = {} }: JsonSchema): PackageParts | undefined {
  const parts = Object.entries(properties as Readonly<Record<string, JsonSchema>>);
  const goods = parts.find(([, { type, items }]) => type === 'array' && (items as JsonSchema)?.type === 'string')?.[0];
  const worth = parts.find(([, { type }]) => type === 'number')?.[0];
  return parts.length === 2 && goods !== undefined && worth !== undefined ? { goods, worth } : undefined;
}
