import { amount, byCodeUnit, count, jsonValue, marginals, perAgent, positiveAmount } from '@mechane/core';
import { describe, expect, test } from 'vitest';

describe('amounts', () => {
  test.each([0, 0.1, 1e308])('%d is an amount', (value) => {
    expect(amount.safeParse(value).success).toBe(true);
  });
  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '3', null])('%s is no amount', (value) => {
    expect(amount.safeParse(value).success).toBe(false);
  });
  test('a positive amount is above 0 and a count is whole', () => {
    expect(positiveAmount.safeParse(0).success).toBe(false);
    expect(count.safeParse(1.5).success).toBe(false);
    expect(count.safeParse(2).success).toBe(true);
  });
  test('marginal values may stay level but not rise, and the first rise is named', () => {
    expect(marginals.safeParse([]).success).toBe(true);
    expect(marginals.safeParse([5, 5, 0]).success).toBe(true);
    expect(marginals.safeParse([5, 4, 6, 7]).error?.issues).toMatchObject([
      { path: [2], code: 'custom', message: 'expected marginal values that never increase, but 6 follows 4' },
    ]);
  });
});

describe('JSON values', () => {
  test.each([1, 'x', null, true, [], {}, { a: [{ b: 'c' }] }])('%j is one', (value) => {
    expect(jsonValue.parse(value)).toEqual(value);
  });
  test.each([
    ['NaN', Number.NaN],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map inside', { a: new Map() }],
    ['undefined inside a list', [undefined]],
  ])('%s is none', (_, value) => {
    expect(jsonValue.safeParse(value).success).toBe(false);
  });
  test('a cycle is refused as too deep', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(jsonValue.safeParse(cycle).error?.issues[0]?.message).toMatch(/64 levels/);
  });
  test.each([
    ['lists', (inner: unknown) => [inner]],
    ['objects', (inner: unknown) => ({ inner })],
  ])('%s are taken 64 levels deep and no deeper', (_, around) => {
    const nested = (levels: number) => Array.from({ length: levels }).reduce<unknown>(around, 1);
    expect(jsonValue.parse(nested(64))).toEqual(nested(64));
    expect(jsonValue.safeParse(nested(65)).error?.issues).toEqual([
      { code: 'custom', path: [], message: 'expected a JSON value of finite numbers, at most 64 levels deep' },
    ]);
  });
  test('an object without a prototype is taken, one of a class is not, and what is taken has none', () => {
    const bare = Object.assign(Object.create(null), { a: 1 });
    expect(jsonValue.parse(bare)).toEqual(bare);
    expect(Object.getPrototypeOf(jsonValue.parse({ a: 1 }))).toBe(null);
    class Own {
      readonly a = 1;
    }
    expect(jsonValue.safeParse(new Own()).success).toBe(false);
    expect(jsonValue.safeParse({ inner: { own: new Own() } }).success).toBe(false);
  });
  test('what the agent keeps a hold of does not enter', () => {
    const given = { nested: [1] };
    const taken = jsonValue.parse(given);
    given.nested.push(2);
    expect(taken).toEqual({ nested: [1] });
  });
  test('a key named __proto__ stays a key', () => {
    const taken = jsonValue.parse(JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(JSON.stringify(taken)).toBe('{"__proto__":{"polluted":true}}');
    expect((taken as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('agents', () => {
  test('are ordered by code unit, not by locale', () => {
    expect([byCodeUnit('a', 'b'), byCodeUnit('b', 'a'), byCodeUnit('a', 'a')]).toEqual([-1, 1, 0]);
    expect(['a', 'Z', 'é', 'B', 'a'].sort(byCodeUnit)).toEqual(['B', 'Z', 'a', 'a', 'é']);
  });
  test('may have any name in a record', () => {
    const record = perAgent(['__proto__', 'constructor', 'ann'], (agent) => agent.length);
    expect(Object.entries(record)).toEqual([
      ['__proto__', 9],
      ['constructor', 11],
      ['ann', 3],
    ]);
    expect(record.toString).toBeUndefined();
  });
});
