import { countKeys, firstTwice } from '@mechane/core/host';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

describe('a key that stands twice in its object', () => {
  test('is found by the way that leads to it, and no other is', () => {
    for (const [text, path] of [
      ['{"a":1,"b":2,"a":3}', ['a']],
      ['[{"a":1},{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}],"\\u0061":2}]', [1, 'a']],
      ['{"x":{"y":{"z":1},"w":{"z":1}},"v":{"y":{"z":1,"z":2}}}', ['v', 'y', 'z']],
      ['[[{"a":1}],[{"a":1}],{"":0,"":0}]', [2, '']],
      ['{"a":"a","b":["a","a"],"c":{"a":"\\"a\\":1,\\"a\\":2"}}', undefined],
      ['{"__proto__":1,"constructor":2}', undefined],
      ['7', undefined],
    ] as const)
      expect(firstTwice(text), text).toEqual(path);
  });
  test('is in no text that JSON.stringify gives, and in each that has one more', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(2), (value, space) => {
        const text = JSON.stringify({ first: value, others: [value, value] }, undefined, space);
        expect(firstTwice(text)).toBeUndefined();
        expect(countKeys(JSON.parse(text))).toBe(countKeys(value) * 3 + 2);
        expect(firstTwice(text.replace(/}$/, ',"others":0}'))).toEqual(['others']);
      }),
    );
  });
});
