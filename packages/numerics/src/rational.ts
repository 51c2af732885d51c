import { InvalidNumber } from './errors.ts';
import { gcd, gcdBig } from './greatest-common-divisor.ts';

/**
 * What can be read as a rational: a number stands for the shortest decimal that reads as it, so 0.1 is 1/10.
 *
 * @category Exact numbers
 */
export type RationalLike = Rational | number | bigint | string;

/** The longest text that is read as a number, and the largest power of ten in it. */
const longestText = 10_000;
const largestExponent = 5_000;
const written = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/**
 * An exact fraction in lowest terms, its denominator positive. It never rounds. Numerator and denominator are doubles as long as both are
 * safe integers, and big integers beyond.
 *
 * @category Exact numbers
 * @example
 * ```ts
 * import { Rational } from '@mechane/numerics';
 *
 * Rational.of('1/3').plus(Rational.of(0.5)).toString(); // => '5/6'
 * Rational.of('0.1').times(Rational.of(10)).equals(Rational.one); // => true
 * ```
 */
export class Rational {
  static readonly zero: Rational = new Rational(0, 1);
  static readonly one: Rational = new Rational(1, 1);

  readonly #n: number | bigint;
  readonly #d: number | bigint;

  /** Both numbers are safe integers or both are big ones, in lowest terms. */
  private constructor(n: number | bigint, d: number | bigint) {
    this.#n = n;
    this.#d = d;
  }

  /**
   * Reads a number: `0.25`, `-3n`, `'1/3'`, `'2.5e-3'`.
   *
   * @throws InvalidNumber for what is not finite or no number
   */
  static of(value: RationalLike): Rational {
    if (value instanceof Rational) return value;
    if (typeof value === 'bigint') return Rational.ratio(value, 1n);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return small(value, 1);
    const text = String(value);
    const parsed = Rational.parse(text);
    if (parsed === undefined) throw new InvalidNumber(text);
    return parsed;
  }

  /** Reads `p`, `p/q` or a decimal with or without an exponent; `undefined` when the text is none of these. */
  static parse(text: string): Rational | undefined {
    if (text.length > longestText) return undefined;
    const slash = text.indexOf('/');
    if (slash === -1) return decimal(text);
    const below = decimal(text.slice(slash + 1));
    if (below === undefined || below.sign === 0) return undefined;
    return decimal(text.slice(0, slash))?.over(below);
  }

  /** The value of a double, bit by bit: 0.1 becomes 3602879701896397/36028797018963968. `value` is finite. */
  static fromDouble(value: number): Rational {
    if (Number.isSafeInteger(value)) return small(value, 1);
    let significand = value;
    let shift = 0;
    for (; !Number.isInteger(significand); shift++) significand *= 2;
    return Rational.ratio(BigInt(significand), 1n << BigInt(shift));
  }

  /** The fraction of two integers in lowest terms. `denominator` is not 0. */
  static ratio(numerator: bigint, denominator: bigint): Rational {
    const divisor = gcdBig(numerator, denominator);
    const sign = denominator < 0n ? -1n : 1n;
    return fit((sign * numerator) / divisor, (sign * denominator) / divisor);
  }

  /** @internal */
  static lowest(n: number | bigint, d: number | bigint): Rational {
    return new Rational(n, d);
  }

  get numerator(): bigint {
    return BigInt(this.#n);
  }

  get denominator(): bigint {
    return BigInt(this.#d);
  }

  /** -1, 0 or 1. */
  get sign(): number {
    return this.#n > 0 ? 1 : this.#n < 0 ? -1 : 0;
  }

  get isInteger(): boolean {
    return this.#d === 1 || this.#d === 1n;
  }

  plus(other: Rational): Rational {
    const [a, b, c, d] = [this.#n, this.#d, other.#n, other.#d];
    if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number') {
      if (b === 1 && d === 1) return fitSum(a + c, a, c);
      const [left, right, below] = [a * d, c * b, b * d];
      const above = left + right;
      if (isSafe(left) && isSafe(right) && isSafe(above) && isSafe(below)) return reduced(above, below);
    }
    return Rational.ratio(BigInt(a) * BigInt(d) + BigInt(c) * BigInt(b), BigInt(b) * BigInt(d));
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  times(other: Rational): Rational {
    const [a, b, c, d] = [this.#n, this.#d, other.#n, other.#d];
    if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number') {
      const [above, below] = [a * c, b * d];
      if (isSafe(above) && isSafe(below)) return reduced(above, below);
    }
    return Rational.ratio(BigInt(a) * BigInt(c), BigInt(b) * BigInt(d));
  }

  /** The quotient. @throws RangeError when `other` is 0 */
  over(other: Rational): Rational {
    return this.times(other.inverse());
  }

  /** @throws RangeError for 0 */
  inverse(): Rational {
    const [n, d] = [this.#n, this.#d];
    if (n === 0) throw new RangeError('0 has no inverse');
    return n < 0 ? Rational.lowest(-d, -n) : Rational.lowest(d, n);
  }

  negated(): Rational {
    return this.#n === 0 ? this : Rational.lowest(-this.#n, this.#d);
  }

  absolute(): Rational {
    return this.#n < 0 ? this.negated() : this;
  }

  /** Negative when it is less than `other`, 0 when equal, positive when more. */
  compare(other: Rational): number {
    const [a, b, c, d] = [this.#n, this.#d, other.#n, other.#d];
    if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number') {
      const [left, right] = [a * d, c * b];
      if (isSafe(left) && isSafe(right)) return left - right;
    }
    const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  }

  equals(other: Rational): boolean {
    return this.#n === other.#n && this.#d === other.#d;
  }

  isLess(other: Rational): boolean {
    return this.compare(other) < 0;
  }

  /** The nearest double, but for a rounding error of one unit in the last place; infinite beyond the range of doubles. */
  toNumber(): number {
    const [n, d] = [this.#n, this.#d];
    if (typeof n === 'number' && typeof d === 'number') return n / d;
    return quotient(BigInt(n), BigInt(d));
  }

  /** `p/q`, or `p` for an integer. */
  toString(): string {
    return this.isInteger ? String(this.#n) : `${this.#n}/${this.#d}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/**
 * The largest of some rationals; there is at least one.
 *
 * @category Exact numbers
 */
export function maximum(values: readonly Rational[]): Rational {
  return values.reduce((best, value) => (best.isLess(value) ? value : best));
}

/**
 * The smallest of some rationals; there is at least one.
 *
 * @category Exact numbers
 */
export function minimum(values: readonly Rational[]): Rational {
  return values.reduce((best, value) => (value.isLess(best) ? value : best));
}

/**
 * The sum of some rationals: 0 of none.
 *
 * @category Exact numbers
 */
export function sum(values: Iterable<Rational>): Rational {
  let total = Rational.zero;
  for (const value of values) total = total.plus(value);
  return total;
}

/**
 * The least common multiple of denominators: what makes integers of all values.
 *
 * @category Exact numbers
 * @example
 * ```ts
 * import { commonDenominator, Rational } from '@mechane/numerics';
 *
 * commonDenominator(['1/4', '5/6'].map((text) => Rational.of(text))); // => 12n
 * ```
 */
export function commonDenominator(values: Iterable<Rational>): bigint {
  let common = 1n;
  for (const value of values) {
    if (value.isInteger) continue;
    const { denominator } = value;
    if (common % denominator !== 0n) common = (common / gcdBig(common, denominator)) * denominator;
  }
  return common;
}

const maximalSafe = BigInt(Number.MAX_SAFE_INTEGER);

function isSafe(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER;
}

function small(numerator: number, denominator: number): Rational {
  // Adding 0 makes a plain zero of a negative one.
  return Rational.lowest(numerator + 0, denominator);
}

function reduced(numerator: number, denominator: number): Rational {
  const divisor = denominator === 1 ? 1 : gcd(numerator, denominator);
  return small(numerator / divisor, denominator / divisor);
}

function fitSum(total: number, first: number, second: number): Rational {
  return isSafe(total) ? small(total, 1) : fit(BigInt(first) + BigInt(second), 1n);
}

function fit(n: bigint, d: bigint): Rational {
  if (n <= maximalSafe && n >= -maximalSafe && d <= maximalSafe) return Rational.lowest(Number(n), Number(d));
  return Rational.lowest(n, d);
}

function decimal(text: string): Rational | undefined {
  const match = written.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', part = '', exponent = '0'] = match;
  const digits = whole + part;
  if (digits === '' || Math.abs(Number(exponent)) > largestExponent) return undefined;
  const power = Number(exponent) - part.length;
  const significand = digits.length < 16 ? Number(digits) : BigInt(digits);
  const signed = sign === '-' ? -significand : significand;
  if (power === 0) return Rational.of(signed);
  const big = BigInt(signed);
  return power > 0 ? Rational.ratio(big * 10n ** BigInt(power), 1n) : Rational.ratio(big, 10n ** BigInt(-power));
}

/** n / d by way of the leading 64 bits of the quotient. */
function quotient(n: bigint, d: bigint): number {
  const sign = n < 0n ? -1 : 1;
  const above = n < 0n ? -n : n;
  const shift = 64 - (bits(above) - bits(d));
  const leading = shift >= 0 ? (above << BigInt(shift)) / d : above / (d << BigInt(-shift));
  // In two steps, since 2^-shift alone may leave the range of doubles.
  const half = Math.trunc(-shift / 2);
  return sign * Number(leading) * 2 ** half * 2 ** (-shift - half);
}

function bits(value: bigint): number {
  return value.toString(16).length * 4;
}
