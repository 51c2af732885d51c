import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../src/play/canonical-json.ts';

describe('canonical JSON (RFC 8785)', () => {
  test('has no blanks, and keys in the order of their code units, at every depth', () => {
    expect(canonicalJson({ b: [1, { z: null, a: true }], a: 'x', '': 0 })).toBe(
      '{"":0,"a":"x","b":[1,{"a":true,"z":null}]}',
    );
  });
  test('orders keys as the RFC’s own example (3.2.3) does', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const written = canonicalJson(Object.fromEntries(keys.map((key) => [key, key])));
    expect(Object.keys(JSON.parse(written))).toHaveLength(7);
    const places = ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'].map((key) =>
      written.indexOf(`"${key}":`),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
  test.each([
    [1e21, '1e+21'],
    [4.5, '4.5'],
    [2e-3, '0.002'],
    [1e-27, '1e-27'],
    [-0, '0'],
    [Number('333333333.33333329'), '333333333.3333333'],
  ])('writes the number %d as JavaScript does', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });
  test('leaves out what is undefined in an object, and says null for it in a list', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson([undefined, 1])).toBe('[null,1]');
    expect(canonicalJson(undefined)).toBe('null');
  });
  test('escapes half a surrogate pair, so that no text can stop a journal', () => {
    expect(canonicalJson('\ud800')).toBe('"\\ud800"');
  });
});
