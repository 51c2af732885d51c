/** A JSON Schema as it was read. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where schemas stand within a schema: as one, as a list, or by name. */
const single = ['items', 'not', 'additionalProperties'];
const listed = ['anyOf', 'oneOf', 'prefixItems'];
const named = ['properties', '$defs', 'definitions'];

/**
 * A schema in which objects have no other keys than those that are named, unless it says that they may: JSON Schema lets every key pass that
 * nobody has thought of, and the public data format none.
 */
export function closed(schema: JsonSchema): JsonSchema {
  const own: Record<string, unknown> = { ...schema };
  for (const key of single) if (isSchema(own[key])) own[key] = closed(own[key]);
  for (const key of listed) {
    const some = own[key];
    if (Array.isArray(some)) own[key] = some.map((one: unknown) => (isSchema(one) ? closed(one) : one));
  }
  for (const key of named) {
    const some = own[key];
    if (!isSchema(some)) continue;
    own[key] = Object.fromEntries(Object.entries(some).map(([name, one]) => [name, isSchema(one) ? closed(one) : one]));
  }
  const isClosable = 'properties' in own || (own.type === 'object' && !('patternProperties' in own));
  // Parts that only together make an object leave one another their keys.
  if (isClosable && !('additionalProperties' in own) && !('allOf' in own)) own.additionalProperties = false;
  return own;
}

function isSchema(content: unknown): content is JsonSchema {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
