import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstRounded } from '../src/rounded-numbers.ts';
import { answers, mechane } from './command.ts';
import { project } from './project.ts';

describe('a number in a scenario that would count as another', () => {
  const sale = (bid: string, other = '1') =>
    `{"mechanism":"auction-sealed/second-price","reports":{"ann":{"bid":${bid}},"bob":{"bid":${other}}}}`;
  test('is refused with its path and what would be kept of it, and no winner is made up', async () => {
    const lines = [
      sale('1234567890.12345671', '1234567890.12345672'),
      sale('90071992547409.93', '90071992547409.94'),
      sale('9007199254740991.3'),
      sale('1e-400'),
      sale('0.1'),
    ];
    const { stdout } = await mechane(['run', '--ndjson'], {
      cwd: project(['@mechane/auction-sealed']),
      stdin: lines.join('\n'),
    });
    const refused = (kept: string) => ({
      error: {
        code: 'imprecise-amount',
        path: ['reports', 'ann', 'bid'],
        fix: `write ${kept}, or count in another unit`,
      },
    });
    expect(answers(stdout)).toMatchObject([
      refused('1234567890.1234567'),
      refused('90071992547409.94'),
      refused('9007199254740991'),
      refused('0'),
      { outcome: { winner: 'bob' } },
    ]);
  });
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
  test('is no text, and no number of a game, which is read exactly', () => {
    expect(firstRounded('{"12345678901234567891":"0.12345678901234567891"}')).toBeUndefined();
    expect(firstRounded('{"1234567890123456789":[1,{"x":0.12345678901234567891}]}')).toMatchObject({
      path: ['1234567890123456789', 1, 'x'],
      kept: 0.12345678901234568,
    });
    for (const zero of ['0.00000000000000000000', '-0.0000000000000000000', '0e-999', '1.10000000000000000000'])
      expect(firstRounded(zero), zero).toBeUndefined();
  });
});
