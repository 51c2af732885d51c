import { validate } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const schema = z.strictObject({
  nested: z.strictObject({ reserve: z.number() }).optional(),
  listed: z.array(z.strictObject({ units: z.number() })).default([]),
  named: z.record(z.string(), z.strictObject({ price: z.number() })).default({}),
  piped: z
    .strictObject({ limit: z.number() })
    .transform(({ limit }) => limit)
    .optional(),
  chosen: z.union([z.literal('all'), z.literal('none')]).optional(),
});
const check = (input: unknown) => () => validate(schema, input, 'invalid-settings', ['settings']);

describe('validation', () => {
  test('gives what the schema makes of good input', () => {
    expect(check({ piped: { limit: 3 } })()).toEqual({ listed: [], named: {}, piped: 3 });
  });
  test.each<[unknown, (string | number)[], string]>([
    [{ nested: { reserv: 1, reserve: 1 } }, ['settings', 'nested', 'reserv'], 'reserve'],
    [{ listed: [{ units: 1 }, { unit: 1, units: 1 }] }, ['settings', 'listed', 1, 'unit'], 'units'],
    [{ named: { ann: { pice: 1, price: 1 } } }, ['settings', 'named', 'ann', 'pice'], 'price'],
    [{ piped: { limits: 1, limit: 1 } }, ['settings', 'piped', 'limits'], 'limit'],
    [{ nestd: 1 }, ['settings', 'nestd'], 'nested'],
    [{ nested: { reserv: 1 } }, ['settings', 'nested', 'reserv'], 'reserve'],
    [{ listed: [{ colour: 1, qty: 1 }] }, ['settings', 'listed', 0, 'qty'], 'units'],
    [{ named: { ann: { px: 1 } } }, ['settings', 'named', 'ann', 'px'], 'price'],
    [{ piped: { limits: 1 } }, ['settings', 'piped', 'limits'], 'limit'],
  ])('names the key that was meant in %j', (input, path, meant) => {
    expect(check(input)).toThrow(
      expect.objectContaining({ code: 'unknown-key', path, fix: `did you mean "${meant}"?` }),
    );
  });
  test('says what a union takes', () => {
    expect(check({ chosen: 'x' })).toThrow('settings.chosen: "x" is not among them; expected "all" or "none".');
    expect(check({ chosen: 3 })).toThrow('settings.chosen: number was given; expected "all" or "none".');
  });
  const orders = z.union([
    z.enum(['in', 'out']),
    z.strictObject({ side: z.enum(['buy', 'sell']), price: z.number(), quantity: z.number().optional() }),
  ]);
  const order = (input: unknown) => () => validate(orders, input, 'invalid-message', ['messages', 0, 1]);
  test.each<[unknown, string]>([
    [{ side: 'BUY', price: 1 }, 'did you mean "buy"?'],
    [{ side: 'ask', price: 1 }, 'did you mean "sell"?'],
    [{ side: 'buy', price: 1, qty: 1 }, 'did you mean "quantity"?'],
    [{ side: 'buy', price: 1, size: 1 }, 'did you mean "quantity"?'],
    [{ side: 'buy', prize: 1 }, 'did you mean "price"?'],
    ['IN', 'did you mean "in"?'],
    ['oit', 'did you mean "out"?'],
  ])('names what was probably meant by %j', (input, fix) => {
    expect(order(input)).toThrow(expect.objectContaining({ fix }));
  });
  test.each<[unknown]>([[{ bid: 3 }], [7], [null], [[]]])('says all that may stand in the place of %j', (input) => {
    expect(order(input)).toThrow('"in", "out" or { side, price, quantity? }');
  });
  test('says what is missing where nothing else was given for it', () => {
    expect(check({ nested: {} })).toThrow('settings.nested.reserve: nothing is given; expected a number.');
    expect(check({ listed: [{ colour: 1 }] })).toThrow(
      'settings.listed[0].units: nothing is given; expected a number.',
    );
    expect(order({ side: 'buy' })).toThrow('messages[0][1].price: nothing is given; expected a number.');
    expect(order(undefined)).toThrow('"in", "out" or { side, price, quantity? }');
  });
  test('never has two hundred names stand before the fix', () => {
    const names = Array.from({ length: 200 }, (_, index) => `name${index}`);
    const fault = (schema: z.ZodType, input: unknown): string => {
      try {
        validate(schema, input, 'invalid-settings', []);
      } catch (thrown) {
        return (thrown as Error).message;
      }
      return '';
    };
    const object = z.strictObject(Object.fromEntries(names.map((name) => [name, z.number().optional()])));
    for (const message of [fault(z.enum(names), 'name_7'), fault(object, { name_7: 1 })]) {
      expect(message).toMatch(/or one of 190 more\. Fix: did you mean "name7"\?$/);
      expect(message.length).toBeLessThan(260);
    }
  });
  test('knows no keys where nothing has keys', () => {
    const picky = z.unknown().check((context) => {
      context.issues.push({ code: 'unrecognized_keys', keys: [], input: {} });
    });
    expect(() => validate(picky, 'x', 'invalid-report', [])).toThrow(/expected no keys/);
  });
  test('cuts a message that a schema made endless', () => {
    const wordy = z.string().refine(() => false, 'No '.repeat(1000));
    expect(() => validate(wordy, 'x', 'invalid-report', [])).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,310}$/) }),
    );
  });
  test('passes on a coded error that a schema throws', () => {
    const nesting = z.string().transform((text) => validate(z.number(), text, 'invalid-columns', ['inner']));
    expect(() => validate(nesting, 'x', 'invalid-report', [])).toThrow(
      expect.objectContaining({ code: 'invalid-columns' }),
    );
  });
});
