import { describe, expect, test } from 'vitest';
import { freshCopy, frozen, isPlainData, plainCopy } from '../src/game/plain-copy.ts';

describe('an outcome that is copied', () => {
  test('is the same plain data, down to columns and what is undefined', () => {
    const outcome = { winner: null, payments: { ann: 2 }, rounds: [[1], ['x', true]], left: undefined };
    const { copy, flaw } = plainCopy(outcome);
    expect(flaw).toBeUndefined();
    expect(copy).toEqual(outcome);
    expect(copy).not.toBe(outcome);
    const column = new Float64Array([1, 2]);
    expect(plainCopy({ column }).copy).toEqual({ column });
    expect((plainCopy({ column }).copy as { column: unknown }).column).not.toBe(column);
  });

  test.each<[string, unknown, string]>([
    ['a number that is none', { payments: { ann: Number.NaN } }, 'payments.ann is NaN'],
    ['an endless number in a list', { rounds: [1, Number.POSITIVE_INFINITY] }, 'rounds.1 is Infinity'],
    ['an integer of any size', { price: 7n }, 'price is a bigint'],
    ['a symbol', { winner: Symbol('ann') }, 'winner is a symbol'],
    ['a function', { winner: () => 'ann' }, 'winner is a function'],
    ['a map', { payments: new Map([['ann', 1]]) }, 'payments is a Map'],
    ['a set', { winners: new Set(['ann']) }, 'winners is a Set'],
  ])('has a flaw where it has in it %s', (_what, outcome, flaw) => {
    expect(plainCopy(outcome).flaw).toBe(flaw);
  });

  test('has a flaw where it is a promise, for which nobody has to wait, even if it is broken', () => {
    expect(plainCopy(Promise.reject(new Error('nobody waits for it'))).flaw).toBe('the outcome is a promise');
  });

  test('does not go round in circles with one that does', () => {
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    expect(plainCopy(circle).flaw).toMatch(/^again(\.again)+ goes round in a circle$/);
  });

  test('tells its first flaw', () => {
    expect(plainCopy({ one: 1n, other: Number.NaN }).flaw).toBe('one is a bigint');
  });
});

describe('input that is copied', () => {
  test('is plain data afresh, and anything else itself', () => {
    const date = new Date(0);
    const given = { reserve: 3, tags: ['x'], date, bare: Object.assign(Object.create(null), { deep: [{}] }) };
    const copy = freshCopy(given);
    expect(copy).toEqual(given);
    expect(copy).not.toBe(given);
    expect(copy.tags).not.toBe(given.tags);
    expect(copy.date).toBe(date);
    expect(freshCopy(null)).toBeNull();
    expect(freshCopy('text')).toBe('text');
  });

  test('is plain all the way down, or not', () => {
    expect(isPlainData({ reserve: [1, { deep: null }], name: 'x' })).toBe(true);
    for (const content of [new Map(), () => 0, Symbol('x'), new Date(0)]) {
      expect(isPlainData(content)).toBe(false);
      expect(isPlainData({ within: [content] })).toBe(false);
    }
  });

  test('is frozen all the way down', () => {
    const given = frozen({ items: [{ name: 'A' }] });
    expect(Object.isFrozen(given.items[0])).toBe(true);
    expect(frozen(given)).toBe(given);
    expect(frozen(7)).toBe(7);
  });
});
