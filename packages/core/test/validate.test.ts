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
  test('says what kinds of things may stand somewhere', () => {
    const anything = z.union([
      z.number(),
      z.string(),
      z.boolean(),
      z.null(),
      z.array(z.number()),
      z.tuple([z.number()]),
      z.record(z.string(), z.number()),
      z.literal(7),
      z.date(),
    ]);
    expect(() => validate(anything, Symbol('x'), 'invalid-settings', [])).toThrow(
      'expected a number, a text, true or false, null, a list, an object or 7.',
    );
  });
  test('of a union with one thing to take says what that is', () => {
    expect(() => validate(z.union([z.literal('all')]), 'x', 'invalid-settings', ['settings'])).toThrow(
      expect.objectContaining({ message: 'settings: "x" is not among them; expected "all". Fix: give "all".' }),
    );
    expect(() => validate(z.union([z.number()]), 'x', 'invalid-settings', ['settings'])).toThrow(
      expect.objectContaining({ message: 'settings: expected number, received string. Fix: give a number.' }),
    );
  });
  test.each<[string, z.ZodType]>([
    ['a record', z.union([z.strictObject({ low: z.number() }), z.record(z.string(), z.number())])],
    ['a map', z.union([z.strictObject({ low: z.number() }), z.map(z.string(), z.number())])],
    ['an open object', z.union([z.strictObject({ low: z.number() }), z.object({ high: z.number() })])],
    ['a loose object', z.union([z.strictObject({ low: z.number() }), z.looseObject({ high: z.number() })])],
    [
      'an object with a rest',
      z.union([z.strictObject({ low: z.number() }), z.object({ high: z.number() }).catchall(z.number())]),
    ],
    ['an optional record', z.union([z.strictObject({ low: z.number() }), z.record(z.string(), z.number()).optional()])],
    [
      'a union with a record',
      z.union([z.strictObject({ low: z.number() }), z.union([z.record(z.string(), z.number()), z.null()])]),
    ],
  ])('takes no key for a stranger where %s may stand', (_, schema) => {
    expect(() => validate(schema, { bid: 'much' }, 'invalid-report', [])).toThrow(
      expect.objectContaining({ code: 'invalid-report' }),
    );
    const closed = z.union([z.strictObject({ low: z.number() }), z.strictObject({ high: z.number() })]);
    expect(() => validate(closed, { bid: 'much' }, 'invalid-report', [])).toThrow(
      expect.objectContaining({ code: 'unknown-key', path: ['bid'] }),
    );
    // One key that is known is enough to know which was meant.
    expect(() => validate(closed, { bid: 1, low: 'x' }, 'invalid-report', [])).toThrow(
      expect.objectContaining({ path: ['low'] }),
    );
  });
  test('takes the alternative that got furthest, and, of those that got as far, the one of the right type', () => {
    const either = z.union([z.strictObject({ xor: z.array(z.number()) }), z.strictObject({ xor: z.number().max(3) })]);
    expect(() => validate(either, { xor: [1, 'x'] }, 'invalid-report', [])).toThrow(
      expect.objectContaining({ path: ['xor', 1] }),
    );
    expect(() => validate(either, { xor: 4 }, 'invalid-report', [])).toThrow(/too big/i);
    const turned = z.union([z.strictObject({ xor: z.number().max(3) }), z.strictObject({ xor: z.array(z.number()) })]);
    expect(() => validate(turned, { xor: 4 }, 'invalid-report', [])).toThrow(/too big/i);
  });
  test('takes the alternative that knows most of the keys that are given, where none got further', () => {
    const either = z.union([
      z.strictObject({ side: z.enum(['buy', 'sell']), price: z.number() }),
      z.strictObject({ orders: z.array(z.number()) }),
      z.strictObject({ demand: z.number(), maxPrice: z.number() }),
    ]);
    const said = (input: unknown) => () => validate(either, input, 'invalid-report', []);
    expect(said({ orders: { side: 'buy' } })).toThrow('orders: expected array, received object.');
    expect(said({ demand: 1, cap: 3 })).toThrow('maxPrice: nothing is given; expected a number.');
    expect(said({ side: 'buy' })).toThrow('price: nothing is given; expected a number.');
  });
  test('names the alternative that was meant where one key tells them apart', () => {
    const kinds = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('uniform'), id: z.union([z.string(), z.number()]) }),
      z.strictObject({ kind: z.literal('exponential'), id: z.union([z.string(), z.number()]) }),
    ]);
    const said = (input: unknown) => () => validate(z.strictObject({ of: kinds }), input, 'invalid-settings', []);
    for (const typed of ['Uniform', 'unifrom', 'UNIFORM'])
      expect(said({ of: { kind: typed } })).toThrow(
        `of.kind: "${typed}" is not among them; expected "uniform" or "exponential". Fix: did you mean "uniform"?`,
      );
    expect(said({ of: { kind: 7 } })).toThrow('of.kind: number was given; expected "uniform" or "exponential".');
    expect(said({ of: {} })).toThrow('of.kind: nothing is given; expected "uniform" or "exponential".');
    expect(said({ of: 'uniform' })).toThrow('of: expected object, received string.');
    expect(said({ of: { kind: 'uniform' } })).toThrow('of.id: nothing is given; expected a text or a number.');
  });
  test('names keys that all mechanisms take beside those of this one at the top, and nowhere else', () => {
    const known = (input: unknown) => () => validate(schema, input, 'invalid-settings', ['settings'], ['breakTie']);
    expect(known({ braekTie: 1 })).toThrow(expect.objectContaining({ fix: 'did you mean "breakTie"?' }));
    expect(known({ nested: { braekTie: 1, reserve: 1 } })).toThrow(
      expect.objectContaining({ expected: '"reserve"', fix: 'remove the key' }),
    );
  });
  test('writes a message as part of a sentence, up to 300 characters of it', () => {
    const wordy = (message: string) => z.string().refine(() => false, message);
    const said = (message: string) => () => validate(wordy(message), 'x', 'invalid-report', []);
    expect(said('Invalid input: Too Long')).toThrow(expect.objectContaining({ message: 'too Long.' }));
    expect(said('Not Invalid input: x')).toThrow(expect.objectContaining({ message: 'not Invalid input: x.' }));
    expect(said('a'.repeat(300))).toThrow(expect.objectContaining({ message: `${'a'.repeat(300)}.` }));
    expect(said('a'.repeat(301))).toThrow(expect.objectContaining({ message: `${'a'.repeat(300)}….` }));
  });
  test('names a key that is a symbol', () => {
    const picky = z.unknown().check((context) => {
      context.issues.push({ code: 'custom', message: 'no', path: [Symbol('hidden') as never], input: {} });
    });
    expect(() => validate(picky, 'x', 'invalid-report', [])).toThrow(
      expect.objectContaining({ path: ['Symbol(hidden)'] }),
    );
  });
  test.each<[string, z.ZodType, unknown, string]>([
    ['a text for a number', z.number(), 'abc', 'give a number'],
    ['a number in quotes', z.number(), '12.5', 'write 12.5 without quotes'],
    ['a whole number in quotes', z.int(), ' -3 ', 'write -3 without quotes'],
    ['more digits in quotes than one would write', z.number(), '1'.repeat(31), 'give a number'],
    ['nothing in quotes', z.number(), '', 'give a number'],
    ['a fraction', z.int(), 0.5, 'give a whole number'],
    ['what is no number', z.number(), Number.NaN, 'give a number'],
    ['null', z.string(), null, 'give a text'],
    ['an object for a list', z.array(z.number()), {}, 'give a list'],
    ['a text for an object', z.strictObject({ a: z.number(), b: z.number().optional() }), 'x', 'give { a, b? }'],
    ['a text for nothing', z.strictObject({}), 'x', 'give {}'],
    ['a text for what refers to itself', z.lazy(() => z.number()), 'x', 'give a number'],
    ['less than none', z.number().nonnegative(), -1, 'give 0 or more'],
    ['none', z.number().positive(), 0, 'give more than 0'],
    ['too much', z.number().max(1), 2, 'give 1 or less'],
    ['just too much', z.number().lt(1), 1, 'give less than 1'],
    ['an empty list', z.array(z.number()).min(1), [], 'give 1 or more of them'],
    ['a long text', z.string().max(2), 'abc', 'give 2 or fewer characters'],
    [
      'what is refined away',
      z.string().refine(() => false, 'expected a name that is free'),
      'x',
      'give a name that is free',
    ],
    ['none of several', z.enum(['in', 'out']), 7, 'give one of them'],
    ['none of two kinds', z.union([z.number(), z.array(z.number())]), true, 'give a number or a list'],
  ])('says what to do about %s', (_, takes, given, fix) => {
    expect(() => validate(takes, given, 'invalid-settings', [])).toThrow(expect.objectContaining({ fix }));
  });
  test('says which key to add, and what to give where no key is missing', () => {
    expect(check({ nested: {} })).toThrow(expect.objectContaining({ fix: 'add "reserve"' }));
    expect(order(undefined)).toThrow(expect.objectContaining({ fix: 'give one of them' }));
    expect(() => validate(z.array(z.number()), [undefined], 'invalid-settings', [])).toThrow(
      expect.objectContaining({ fix: 'give a number' }),
    );
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
