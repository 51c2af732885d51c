import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gcdBig } from '../src/greatest-common-divisor.ts';
import { commonDenominator, InvalidNumber, maximum, minimum, Rational, sum } from '../src/index.ts';
import { SeededNumbers } from './random.ts';

/** Numerators and denominators around the limits of safe integers, and far beyond. */
const whole = fc.oneof(
  fc.bigInt({ min: -50n, max: 50n }),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
);
const rational = fc
  .tuple(
    whole,
    whole.filter((value) => value !== 0n),
  )
  .map(([above, below]) => Rational.ratio(above, below));

/** The value of n1/d1 op n2/d2 as a fraction of big integers, not reduced. */
function same(value: Rational, above: bigint, below: bigint): boolean {
  return value.numerator * below === above * value.denominator;
}

describe('arithmetic', () => {
  test('is that of fractions, whatever their size', () => {
    fc.assert(
      fc.property(rational, rational, (one, two) => {
        const [a, b, c, d] = [one.numerator, one.denominator, two.numerator, two.denominator];
        expect(b > 0n && gcdBig(a, b) === 1n).toBe(true);
        expect(same(one.plus(two), a * d + c * b, b * d)).toBe(true);
        expect(same(one.minus(two), a * d - c * b, b * d)).toBe(true);
        expect(same(one.times(two), a * c, b * d)).toBe(true);
        if (two.sign !== 0) expect(same(one.over(two), a * d, b * c)).toBe(true);
        expect(Math.sign(one.compare(two))).toBe(a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
        expect(one.equals(two)).toBe(a * d === c * b);
        expect(one.isLess(two)).toBe(a * d < c * b);
        expect(one.plus(two).minus(two).equals(one)).toBe(true);
        expect(one.absolute().sign).toBe(a === 0n ? 0 : 1);
      }),
    );
  });

  test('0 has no inverse', () => {
    expect(() => Rational.zero.inverse()).toThrow(RangeError);
  });

  test('sums and bounds', () => {
    const values = ['1/2', '-1/3', '5'].map((text) => Rational.of(text));
    expect([sum(values), maximum(values), minimum(values)].map(String)).toEqual(['31/6', '5', '-1/3']);
    expect(commonDenominator(values)).toBe(6n);
  });
});

describe('reading and writing', () => {
  test.each([
    ['1/3', '1/3'],
    ['-2/4', '-1/2'],
    ['2/-4', '-1/2'],
    ['0.25', '1/4'],
    ['.5', '1/2'],
    ['3.', '3'],
    ['-1.5e3', '-1500'],
    ['2e-2', '1/50'],
    ['0.5/1.5', '1/3'],
    ['-0', '0'],
    ['12345678901234567890.5', '24691357802469135781/2'],
  ])('%s is %s', (text, printed) => {
    expect(String(Rational.parse(text))).toBe(printed);
    expect(JSON.stringify(Rational.of(text))).toBe(`"${printed}"`);
  });

  test.each(['', '.', 'x', '1/0', '1/', '/2', '1e99999', '0x10', '1 2', 'Infinity', 'NaN', '1'.repeat(20_000)])(
    '%s is none',
    (text) => {
      expect(Rational.parse(text)).toBe(undefined);
    },
  );

  test('a number stands for the shortest decimal that reads as it; its bits can be had too', () => {
    expect(String(Rational.of(0.1))).toBe('1/10');
    expect(String(Rational.of(-0))).toBe('0');
    expect(String(Rational.of(1e21))).toBe('1000000000000000000000');
    expect(String(Rational.fromDouble(0.1))).toBe('3602879701896397/36028797018963968');
    expect(String(Rational.fromDouble(7))).toBe('7');
    expect(Rational.of(5n).isInteger).toBe(true);
    expect(Rational.of(Rational.one)).toBe(Rational.one);
  });

  test.each([Number.NaN, Infinity, 'three', `${'1'.repeat(20_000)}`])(
    'what cannot be read exactly is refused: %s',
    (value) => {
      let thrown: unknown;
      try {
        Rational.of(value);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(InvalidNumber);
      expect(thrown).toMatchObject({ code: 'invalid-number', given: String(value) });
      expect(String(thrown)).toContain('a fraction such as "1/3"');
      expect(String(thrown).length).toBeLessThan(250);
    },
  );

  test('the nearest double of any double’s value is that double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Rational.fromDouble(value).toNumber()).toBe(value + 0);
      }),
    );
    expect(Rational.ratio(2n ** 2000n, 3n).toNumber()).toBe(Infinity);
    expect(Rational.ratio(-(3n ** 400n), 3n ** 401n).toNumber()).toBe(-1 / 3);
  });
});

describe('the greatest common divisor', () => {
  const euclid = (first: bigint, second: bigint): bigint => {
    let [a, b] = [first, second];
    while (b !== 0n) [a, b] = [b, a % b];
    return a;
  };

  test('is Euclid’s, for numbers of any length', () => {
    const random = new SeededNumbers(12);
    const drawn = (bits: number): bigint => {
      let value = 1n;
      for (let at = 0; at < bits; at += 24) value = (value << 24n) | BigInt(random.below(2 ** 24));
      return value >> BigInt(random.below(24));
    };
    for (let round = 0; round < 5000; round++) {
      const common = drawn([1, 24, 60, 120][round % 4] as number);
      const one = common * drawn([1, 30, 60, 120, 300, 1200][round % 6] as number);
      const other = common * drawn([1, 24, 50, 70, 130, 260, 1100][round % 7] as number);
      expect(gcdBig(one, other)).toBe(euclid(one, other));
    }
  });

  test('of neighbours of powers of two, and of Fibonacci’s numbers, whose quotients are all 1', () => {
    for (let bits = 1n; bits < 200n; bits++) {
      for (const near of [-1n, 0n, 1n]) {
        const [one, other] = [(1n << bits) + near, (1n << (bits / 2n + 3n)) - near];
        expect(gcdBig(one, other)).toBe(euclid(one, other));
      }
    }
    let [one, other] = [1n, 1n];
    for (let step = 0; step < 400; step++) {
      [one, other] = [other, one + other];
      expect(gcdBig(7n * one, -7n * other)).toBe(7n);
    }
  });
});
