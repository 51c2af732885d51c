import { firstRounded } from '@mechane/core/host';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

describe('a number in a text that would count as another', () => {
  test('is none where a double is written with all its digits, or with some of them', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        const decimals = Math.abs(value) < 1e21 ? [value.toFixed(20)].filter((text) => Number(text) === value) : [];
        const written = [
          String(value),
          value.toPrecision(17),
          value.toPrecision(25),
          value.toExponential(),
          ...decimals,
        ];
        for (const text of written) expect(firstRounded(`[${text}]`), text).toBeUndefined();
      }),
    );
  });
  test('is one with a digit more than doubles have', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n - 1n }),
        fc.integer({ min: 1, max: 17 }),
        (digits, point) => {
          fc.pre(digits % 10n !== 0n);
          const text = String(digits);
          const written = `${text.slice(0, point)}.${text.slice(point)}`;
          // The same number in whole digits: exact where its double is this very decimal.
          const double = Number(written);
          const isExact =
            double
              .toFixed(text.length - point)
              .replace('.', '')
              .replace(/^0+/, '') === text;
          expect(firstRounded(`{"a":[${written}]}`)?.written, written).toBe(isExact ? undefined : written);
        },
      ),
    );
  });
  test('is a whole number that no double stands for, and none that one does', () => {
    const most = 10n ** 16n - 1n;
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: most }), fc.boolean(), (whole, isNegative) => {
        const written = `${isNegative ? '-' : ''}${whole}`;
        const isKept = BigInt(Number(whole)) === whole;
        expect(firstRounded(written)?.written, written).toBe(isKept ? undefined : written);
      }),
    );
    expect(firstRounded('9007199254740991')).toBeUndefined();
    expect(firstRounded('9007199254740993')).toMatchObject({ kept: 9007199254740992 });
  });
  test('is no key and no text', () => {
    expect(firstRounded('{"12345678901234567891":"0.12345678901234567891"}')).toBeUndefined();
    expect(firstRounded('{"1234567890123456789":[1,{"x":0.12345678901234567891}]}')).toMatchObject({
      path: ['1234567890123456789', 1, 'x'],
      kept: 0.12345678901234568,
    });
    for (const zero of ['0.00000000000000000000', '-0.0000000000000000000', '0e-999', '1.10000000000000000000'])
      expect(firstRounded(zero), zero).toBeUndefined();
  });
  test('is found by the way that leads to it, whatever stands before and behind it', () => {
    const number = '0.12345678901234567891';
    const anything = fc.jsonValue({ maxDepth: 4 });
    const entries = fc.array(fc.tuple(fc.string(), anything));
    fc.assert(
      fc.property(entries, fc.array(anything), fc.nat(2), (others, list, space) => {
        const value = {
          ...Object.fromEntries(others),
          'the list': [...list, { number: 'HERE' }, ...list],
          last: [1, -2e-3],
        };
        const text = JSON.stringify(value, undefined, space).replace('"HERE"', number);
        const found = firstRounded(text);
        expect(found).toMatchObject({ written: number, path: ['the list', list.length, 'number'] });
        expect(text.startsWith(number, found?.offset)).toBe(true);
      }),
    );
  });
  test('is looked for in a large text in no more time than it takes to read it', { tags: ['long'] }, () => {
    const reports = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, agent) => [`a${agent}`, { bid: agent / 7 }]),
    );
    const text = JSON.stringify({ reports });
    const begun = performance.now();
    JSON.parse(text);
    const read = performance.now() - begun;
    expect(firstRounded(text)).toBeUndefined();
    expect(performance.now() - begun - read).toBeLessThan(3 * read + 100);
  });
});
