import type { Description, JsonSchema } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { mechane, mechanisms } from './installed.ts';

const described = mechanisms.map(({ id }) => [id, mechane.describe(id)] as const);

/** What a language model's service refuses at the root of a tool's input. */
const refused = ['anyOf', 'oneOf', 'allOf', '$ref', 'not', 'enum'];

function isToolInput(schema: JsonSchema): boolean {
  return schema.type === 'object' && refused.every((keyword) => !(keyword in schema));
}

test('all plugins are looked at', () => {
  expect(described.length).toBeGreaterThanOrEqual(44);
});

describe.each(described)('%s', (_, description: Description) => {
  test('describes its settings, message, ask and outcome', () => {
    for (const schema of [description.settings, description.message, description.ask, description.outcome])
      expect(schema).toBeTypeOf('object');
    expect([description.ask, description.outcome]).not.toContain(null);
    expect(description.summary).not.toBe('');
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  });
  test('can be a language model’s tool, and its schemas are not weakened by it', () => {
    const { tool, report, message } = description;
    for (const [input, original] of [
      [tool.report, report],
      [tool.message, message],
    ] as const) {
      if (input === null || original === null) {
        expect([input, original]).toEqual([null, null]);
        continue;
      }
      expect(isToolInput(input), JSON.stringify(input).slice(0, 200)).toBe(true);
      if (isToolInput(original)) expect(input).toEqual(original);
      else {
        const { $schema, $defs, ...wrapped } = original;
        expect(input).toEqual({
          $schema,
          type: 'object',
          properties: { message: wrapped },
          required: ['message'],
          additionalProperties: false,
          ...($defs === undefined ? {} : { $defs }),
        });
      }
    }
  });
});
