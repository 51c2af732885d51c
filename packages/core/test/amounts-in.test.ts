import { amount, quantity, signedAmount } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { amountsIn } from '../src/input/amounts-in.ts';

type Schema = z.ZodType;
type Path = readonly (string | number)[];

/** What of a value is money, each with where it stands. */
function found(schema: Schema, value: unknown): [number, ...Path][] {
  const seen: [number, ...Path][] = [];
  amountsIn(schema, 'money')?.each(value, [], (sum, path) => void seen.push([sum, ...path]));
  return seen;
}

const counted = (schema: Schema, value: unknown) => amountsIn(schema, 'money')?.changed(value, (sum) => sum * 100);
const bid = z.strictObject({ price: amount, units: quantity, note: z.string().optional() });
interface Node {
  readonly limit: number;
  readonly below?: readonly Node[] | undefined;
}
const node: z.ZodType<Node> = z.lazy(() => z.strictObject({ limit: amount, below: z.array(node).optional() }));

/** For every kind of schema a value, its money, and the value with its money in hundredths. */
const cases: [string, Schema, unknown, [number, ...Path][], unknown][] = [
  ['an amount', amount, 3, [[3]], 300],
  ['one that may be left out', amount.optional(), 3, [[3]], 300],
  ['one that may be null', amount.nullable(), null, [], null],
  ['one with a default', amount.default(2), 3, [[3]], 300],
  ['an object', bid, { price: 3, units: 4, note: 'x' }, [[3, 'price']], { price: 300, units: 4, note: 'x' }],
  [
    'several keys',
    z.object({ low: amount, high: signedAmount }),
    { low: 1, high: -2 },
    [
      [1, 'low'],
      [-2, 'high'],
    ],
    { low: 100, high: -200 },
  ],
  ['a key that is not there', z.object({ low: amount.optional(), k: z.number() }), { k: 1 }, [], { k: 1 }],
  [
    'keys that nobody names',
    z.object({ units: quantity }).catchall(amount),
    { units: 2, ann: 3 },
    [[3, 'ann']],
    { units: 2, ann: 300 },
  ],
  [
    'keys that are named beside those',
    z.object({ fee: amount }).catchall(amount),
    { fee: 2, ann: 3 },
    [
      [2, 'fee'],
      [3, 'ann'],
    ],
    { fee: 200, ann: 300 },
  ],
  [
    'a list',
    z.array(bid),
    [
      { price: 3, units: 1 },
      { price: 5, units: 1 },
    ],
    [
      [3, 0, 'price'],
      [5, 1, 'price'],
    ],
    [
      { price: 300, units: 1 },
      { price: 500, units: 1 },
    ],
  ],
  ['a tuple', z.tuple([z.string(), amount]), ['a', 3], [[3, 1]], ['a', 300]],
  [
    'a tuple with a rest',
    z.tuple([quantity], amount),
    [9, 3, 4],
    [
      [3, 1],
      [4, 2],
    ],
    [9, 300, 400],
  ],
  [
    'a record',
    z.record(z.string(), amount),
    { ann: 3, bob: 4 },
    [
      [3, 'ann'],
      [4, 'bob'],
    ],
    { ann: 300, bob: 400 },
  ],
  ['a map', z.map(z.string(), amount), new Map([['ann', 3]]), [[3, 'ann']], new Map([['ann', 300]])],
  [
    'two shapes at once',
    z.intersection(z.object({ low: amount }), z.object({ high: amount })),
    { low: 1, high: 2 },
    [
      [1, 'low'],
      [2, 'high'],
    ],
    { low: 100, high: 200 },
  ],
  [
    'two shapes, one of them without money',
    z.intersection(z.object({ low: amount }), z.object({ name: z.string() })),
    { low: 1, name: 'x' },
    [[1, 'low']],
    { low: 100, name: 'x' },
  ],
  ['what a pipe ends in', z.pipe(z.any(), amount), 3, [[3]], 300],
  ['what goes through a function', amount.transform((sum) => sum), 3, [[3]], 300],
  [
    'a schema that contains itself',
    node,
    { limit: 1, below: [{ limit: 2, below: [{ limit: 3 }] }, { limit: 4 }] },
    [
      [1, 'limit'],
      [2, 'below', 0, 'limit'],
      [3, 'below', 0, 'below', 0, 'limit'],
      [4, 'below', 1, 'limit'],
    ],
    { limit: 100, below: [{ limit: 200, below: [{ limit: 300 }] }, { limit: 400 }] },
  ],
];

describe('money is found', () => {
  test.each(cases)('in %s', (_, schema, value, money, inHundredths) => {
    expect(found(schema, value)).toEqual(money);
    const before = structuredClone(value);
    expect(counted(schema, value)).toEqual(inHundredths);
    expect(value).toEqual(before);
    const amounts = amountsIn(schema, 'money');
    for (const [sum] of money) expect(amounts?.every(value, (other) => other !== sum)).toBe(false);
    expect(amounts?.every(value, () => true)).toBe(true);
  });
  test('in the alternative that a value is', () => {
    const either = z.union([z.strictObject({ rate: z.number() }), z.strictObject({ price: amount }), amount]);
    expect(found(either, { rate: 3 })).toEqual([]);
    expect(found(either, { price: 3 })).toEqual([[3, 'price']]);
    expect(found(either, 3)).toEqual([[3]]);
    expect(counted(either, { rate: 3 })).toEqual({ rate: 3 });
    expect(counted(either, { price: 3 })).toEqual({ price: 300 });
  });
  test('in what is no alternative any more, as in the first that has money', () => {
    const either = z.union([z.enum(['in', 'out']), z.strictObject({ price: amount.max(10) })]);
    expect(counted(either, { price: 20 })).toEqual({ price: 2000 });
    expect(counted(either, 'in')).toBe('in');
  });
  test('in records by agent, which keep having no prototype', () => {
    const payments = Object.assign(Object.create(null), { constructor: 3 });
    const changed = counted(z.record(z.string(), amount), payments) as object;
    expect(Object.getPrototypeOf(changed)).toBe(null);
    expect(changed).toEqual(Object.assign(Object.create(null), { constructor: 300 }));
  });
});

describe('there is no money', () => {
  test.each<[string, Schema]>([
    ['a number', z.number()],
    ['a quantity', quantity],
    ['a text', z.string()],
    ['an object without', z.object({ units: quantity })],
    ['a list without', z.array(quantity)],
    ['a tuple without', z.tuple([quantity], z.string())],
    ['a record without', z.record(z.string(), quantity)],
    ['a map without', z.map(z.string(), quantity)],
    ['alternatives without', z.union([quantity, z.string()])],
    ['two shapes without', z.intersection(z.object({ a: quantity }), z.object({ b: quantity }))],
    ['anything', z.unknown()],
  ])('in %s', (_, schema) => {
    expect(amountsIn(schema, 'money')).toBe(undefined);
  });
  test('where there is no schema', () => {
    expect(amountsIn(undefined, 'money')).toBe(undefined);
  });
});

test('what is not shaped as the schema says is passed over', () => {
  for (const [, schema] of cases) {
    for (const other of ['text', null, undefined, true]) {
      expect(found(schema, other)).toEqual([]);
      expect(counted(schema, other)).toBe(other);
      expect(amountsIn(schema, 'money')?.every(other, () => false)).toBe(true);
    }
  }
});

test('parts without money are shared with the original, and the rest is a copy', () => {
  const schema = z.object({ price: amount, tags: z.array(z.string()), lots: z.array(bid) });
  const value = { price: 1, tags: ['x'], lots: [{ price: 2, units: 1 }], more: {} };
  const changed = counted(schema, value) as typeof value;
  expect(changed).toEqual({ price: 100, tags: ['x'], lots: [{ price: 200, units: 1 }], more: {} });
  expect([changed.tags, changed.more]).toEqual([value.tags, value.more]);
  expect(changed.tags).toBe(value.tags);
  expect(changed.more).toBe(value.more);
  expect(changed.lots).not.toBe(value.lots);
});

test('where alternatives leave open what is money, all of it that may be has to pass', () => {
  const either = z.union([z.object({ price: amount }), z.object({ price: amount, fee: amount })]);
  const amounts = amountsIn(either, 'money');
  const small = (sum: number) => sum < 10;
  expect(amounts?.every({ price: 3, fee: 20 }, small)).toBe(false);
  expect(amounts?.every({ price: 3, fee: 4 }, small)).toBe(true);
  expect(amounts?.every({ price: 20 }, small)).toBe(false);
});

test('a test of all amounts sees one after another until one fails', () => {
  const seen: number[] = [];
  const until = (limit: number) => (sum: number) => {
    seen.push(sum);
    return sum < limit;
  };
  for (const [schema, value] of [
    [z.array(amount), [1, 2, 3]],
    [z.record(z.string(), amount), { a: 1, b: 2, c: 3 }],
    [z.map(z.string(), amount), new Map(Object.entries({ a: 1, b: 2, c: 3 }))],
    [z.object({ a: amount, b: amount, c: amount }), { a: 1, b: 2, c: 3 }],
    [z.object({}).catchall(amount), { a: 1, b: 2, c: 3 }],
    [z.tuple([amount, amount, amount]), [1, 2, 3]],
  ] as const) {
    expect(amountsIn(schema, 'money')?.every(value, until(2))).toBe(false);
    expect(amountsIn(schema, 'money')?.every(value, until(4))).toBe(true);
    expect(seen.splice(0)).toEqual([1, 2, 1, 2, 3]);
  }
});

test('quantities are found apart from money', () => {
  const seen: Path[] = [];
  amountsIn(bid, 'quantity')?.each({ price: 3, units: 4 }, [], (_, path) => void seen.push(path));
  expect(seen).toEqual([['units']]);
});
