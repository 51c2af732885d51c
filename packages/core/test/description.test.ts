import { amount, createMechane, defineMechanism, definePlugin, type JsonSchema, quantity } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { inputSchema, toolInput } from '../src/play/description.ts';
import { exampleMechane } from './example-mechanisms.ts';

const mechane = exampleMechane();

describe('a mechanism describes itself', () => {
  test('with what it takes, before defaults, and what it gives', () => {
    const { id, settings, report, message, ask, outcome, claims } = mechane.describe('example/second-price');
    expect(id).toBe('example/second-price');
    expect(Object.keys(settings.properties ?? {})).toEqual(['reserve', 'breakTie', 'sealing']);
    expect(settings.required ?? []).not.toContain('reserve');
    expect(settings.properties?.reserve).toMatchObject({ type: 'number', minimum: 0, default: 0, 'x-amount': 'money' });
    expect(settings.properties?.breakTie).toMatchObject({ default: 'agent-id' });
    expect(settings.properties?.breakTie).not.toHaveProperty('$schema');
    expect(settings.properties?.breakTie).toHaveProperty('anyOf');
    expect(settings.properties?.sealing).toMatchObject({
      type: 'object',
      required: ['commit', 'deposit'],
      properties: { commit: { const: true }, deposit: { minimum: 0 } },
    });
    expect(settings.properties?.sealing).not.toHaveProperty('$schema');
    expect(report).toMatchObject({ type: 'object', required: ['bid'], additionalProperties: false });
    expect(message).toEqual(report);
    // All that a direct mechanism asks for is the report. This one says nothing of its outcome.
    expect(ask).toMatchObject({ properties: { report: { const: 'requested' } } });
    expect(outcome).toBe(null);
    expect(claims).toMatchObject([{ law: 'efficient', because: 'nothing is kept at a reserve of 0' }]);
  });
  test('without claims where it has no default for all settings, and without a report where agents only send messages', () => {
    const { report, claims, tool } = mechane.describe('example/counter');
    expect([report, claims, tool.report]).toEqual([null, [], null]);
  });
  test('with a unit where it has money', () => {
    const paid = defineMechanism({
      id: 'example/paid',
      settings: z.union([z.strictObject({ fee: amount }), z.strictObject({ rate: z.number() }), z.literal('free')]),
      message: z.strictObject({ units: quantity }),
      outcome: z.strictObject({ sum: amount }),
      *conduct() {
        yield* [];
        return { sum: 0 };
      },
    });
    const plugin = definePlugin({ name: 'paid', version: '1.0.0', mechanisms: [paid] });
    const { settings } = createMechane().use(plugin).describe('example/paid');
    // Each of the objects that settings may be takes them; what is no object stays as it is.
    expect((settings.anyOf as JsonSchema[]).map(({ properties }) => properties && Object.keys(properties))).toEqual([
      ['fee', 'breakTie', 'unit'],
      ['rate', 'breakTie', 'unit'],
      undefined,
    ]);
    expect((settings.anyOf as JsonSchema[])[0]?.properties?.unit).toMatchObject({
      type: 'number',
      exclusiveMinimum: 0,
    });
  });
});

describe('the input of a language model’s tool', () => {
  test('is a schema as it is where that is an object at its root', () => {
    const bid = inputSchema(z.strictObject({ bid: amount })) as JsonSchema;
    expect(toolInput(bid)).toBe(bid);
  });
  test.each<[string, JsonSchema]>([
    ['a choice of texts', { $schema: 'x', type: 'string', enum: ['in', 'out'] }],
    ['alternatives', { anyOf: [{ type: 'object' }] }],
    ['exclusive alternatives', { type: 'object', oneOf: [{ type: 'object' }] }],
    ['several at once', { type: 'object', allOf: [{ type: 'object' }] }],
    ['a schema that points elsewhere', { type: 'object', $ref: '#/$defs/node', $defs: { node: { type: 'object' } } }],
  ])('wraps %s', (_, schema) => {
    const { $schema, $defs, ...message } = schema;
    expect(toolInput(schema)).toStrictEqual({
      ...($schema === undefined ? {} : { $schema }),
      type: 'object',
      properties: { message },
      required: ['message'],
      additionalProperties: false,
      ...($defs === undefined ? {} : { $defs }),
    });
  });
  test('leaves open what JSON Schema cannot say', () => {
    expect(inputSchema(z.map(z.string(), z.number()))).not.toBe(null);
    expect(inputSchema(undefined)).toBe(null);
  });
});
