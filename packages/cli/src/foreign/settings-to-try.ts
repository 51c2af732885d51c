import type { JsonSchema } from './closed-schema.ts';

/**
 * Settings to begin with, as a schema has them: what is required, by its default, its first example, what the domain knows, or the simplest that
 * fits. What is optional the kit tries by itself.
 */
export function settingsToTry(schema: JsonSchema, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { properties = {}, required = [] } = schema as {
    properties?: Readonly<Record<string, JsonSchema>>;
    required?: readonly string[];
  };
  const settings: Record<string, unknown> = {};
  for (const [key, own] of Object.entries(properties)) {
    if (!required.includes(key) && !(key in known && !('default' in own))) continue;
    const [first] = [...given(own), ...(key in known ? [known[key]] : []), simplest(own)];
    settings[key] = first;
  }
  return settings;
}

/** Values that a schema names itself. */
function given(schema: JsonSchema): readonly unknown[] {
  const { examples, enum: listed } = schema;
  return [
    ...('default' in schema ? [schema.default] : []),
    ...(Array.isArray(examples) ? examples : []),
    ...('const' in schema ? [schema.const] : []),
    ...(Array.isArray(listed) ? listed : []),
  ];
}

function simplest(schema: JsonSchema): unknown {
  const { type, minimum, exclusiveMinimum } = schema;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 1;
    case 'boolean':
      return false;
    case 'string':
      return 'A';
    case 'array':
      return [];
    default:
      return {};
  }
}
