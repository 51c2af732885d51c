import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { amount, count, signedAmount } from '../src/index.ts';
import { plainReaderOf, unread } from '../src/input/plain-reader.ts';

const values = z.strictObject({ values: z.record(z.string(), signedAmount) });
const two = z.strictObject({ first: z.record(z.string(), z.number()), second: z.record(z.string(), z.number()) });

class Special {
  a = 1;
}

describe('a plain reader', () => {
  test('reads what is plain, and copies it', () => {
    const given = { values: { build: 3, wait: -0.5, 7: 1 } };
    const read = plainReaderOf(values)?.(given) as typeof given;
    expect(read).toStrictEqual(given);
    expect(read.values).not.toBe(given.values);
    expect(Object.keys(read.values)).toEqual(Object.keys(given.values));
    expect(plainReaderOf(two)?.({ second: { b: 2 }, first: {} })).toStrictEqual({ first: {}, second: { b: 2 } });
  });
  test.each([
    ['a field is missing', {}],
    ['a field is strange', { values: {}, others: {} }],
    ['a number is text', { values: { a: '1' } }],
    ['a number is none', { values: { a: Number.NaN } }],
    ['a number has no end', { values: { a: Number.POSITIVE_INFINITY } }],
    ['a key would change what it inherits from', JSON.parse('{"values":{"__proto__":1}}')],
    ['a key is a symbol', { values: { [Symbol('a')]: 1 } }],
    ['a key is hidden', { values: Object.defineProperty({}, 'a', { value: 1, enumerable: false }) }],
    ['an object is of a class', { values: new Special() }],
    ['an object inherits from nothing', { values: Object.create(null) }],
    ['a field is inherited', Object.create({ values: {} })],
    ['a list stands for a record', { values: [1] }],
    ['there is nothing', null],
  ])('leaves to the schema whatever is not plain: %s', (_, given) => {
    expect(plainReaderOf(values)?.(given)).toBe(unread);
  });
  test('is not there for schemas that say more', () => {
    const others = [
      z.strictObject({ bid: amount }),
      z.strictObject({ values: z.record(z.string(), amount) }),
      z.strictObject({ values: z.record(z.string(), count) }),
      z.strictObject({ values: z.record(z.string().min(2), z.number()) }),
      z.strictObject({ values: z.record(z.enum(['a', 'b']), z.number()) }),
      z.strictObject({ values: z.record(z.string(), z.coerce.number()) }),
      z.strictObject({ values: z.record(z.string(), z.string()) }),
      z.strictObject({ values: z.record(z.string(), z.number()).refine(() => true) }),
      z.strictObject({ values: z.record(z.string(), z.number()) }).refine(() => true),
      z.strictObject({ values: z.looseRecord(z.string().startsWith('a'), z.number()) }),
      z.strictObject({ values: z.record(z.string(), z.number()).optional() }),
      z.strictObject({}),
      z.object({ values: z.record(z.string(), z.number()) }),
      z.looseObject({ values: z.record(z.string(), z.number()) }),
      z.record(z.string(), z.number()),
    ];
    for (const schema of others) expect(plainReaderOf(schema)).toBeUndefined();
  });
  test('reads nothing otherwise than the schema does', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '0', '10', 'values'));
    const bare = { noNullPrototype: true };
    const part = fc.oneof(
      { weight: 4, arbitrary: fc.dictionary(key, fc.oneof(fc.double(), fc.integer(), fc.constant('x')), bare) },
      { weight: 4, arbitrary: fc.dictionary(key, fc.integer(), bare) },
      { weight: 1, arbitrary: fc.anything({ withNullPrototype: true, withMap: true }) },
    );
    let plain = 0;
    fc.assert(
      fc.property(fc.record({ first: part, second: part }, { requiredKeys: [], noNullPrototype: true }), (given) => {
        const read = plainReaderOf(two)?.(given);
        if (read === unread) return;
        plain += 1;
        expect(read).toStrictEqual(two.parse(given));
      }),
      { seed: 1, numRuns: 5_000 },
    );
    expect(plain).toBeGreaterThan(500);
  });
});
