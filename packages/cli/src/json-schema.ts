import { tieBreak } from '@mechane/core/host';
import * as z from 'zod';

/** A JSON Schema, as far as it is looked into here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** The JSON Schema of what may be typed, before defaults are filled in. What JSON Schema cannot say is left open. */
export function schemaOf(schema: z.ZodType | undefined): JsonSchema | null {
  if (!schema) return null;
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as JsonSchema;
}

/** The schema of settings, with the one that all mechanisms take. */
export function settingsSchema(settings: z.ZodType): JsonSchema {
  const { $schema, ...rule } = { ...schemaOf(tieBreak) };
  const breakTie = { description: 'Who comes first among equals', default: 'agent-id', ...rule };
  return withProperty(schemaOf(settings) ?? {}, 'breakTie', breakTie);
}

/** Adds a property to every object that a schema allows. */
function withProperty(schema: JsonSchema, name: string, property: JsonSchema): JsonSchema {
  for (const choice of ['anyOf', 'oneOf', 'allOf']) {
    const branches = schema[choice];
    if (!Array.isArray(branches)) continue;
    return { ...schema, [choice]: branches.map((branch: JsonSchema) => withProperty(branch, name, property)) };
  }
  if (schema.type !== 'object') return schema;
  return { ...schema, properties: { ...schema.properties, [name]: property } };
}
