import { atOnce, Pace, type pause } from './pace.ts';
import { Rational } from './rational.ts';

/**
 * A square matrix of whole numbers, column by column, entries that are not zero only.
 *
 * @category Systems in integers
 */
export type SparseColumns = readonly (readonly (readonly [row: number, value: bigint])[])[];

/** Primes below 2^26, so that products of two residues are exact in doubles. */
const primes = [67108859, 67108837, 67108819];
/** Solutions whose numerators and denominators have more digits than this, in base p, are given up. */
const mostDigits = 1 << 14;

/**
 * Solves `matrix · x = right` exactly: an LU decomposition modulo a prime, digits of x in that base one by one (Dixon 1982), and
 * fractions from them; the fractions are checked in the system itself.
 *
 * @returns `undefined` when the matrix is singular, modulo a few primes at least, or the fractions get too long
 * @category Systems in integers
 *
 * @example
 * ```ts
 * import { solveSparseIntegers } from '@mechane/numerics';
 *
 * // 2 x = 1 and x + 3 y = 1, column by column.
 * const columns = [[[0, 2n], [1, 1n]], [[1, 3n]]] as const;
 * solveSparseIntegers(columns, [1n, 1n])?.map(String); // => ['1/2', '1/6']
 * ```
 */
export function solveSparseIntegers(matrix: SparseColumns, right: readonly bigint[]): Rational[] | undefined {
  return atOnce(sparseIntegerSteps(matrix, right, new Pace({})));
}

/**
 * Solves a system as {@link solveSparseIntegers} does, step by step; `undefined` also where the pace stopped it.
 *
 * @category Systems in integers
 */
export function* sparseIntegerSteps(
  matrix: SparseColumns,
  right: readonly bigint[],
  pace: Pace,
): Steps<Rational[] | undefined> {
  for (const prime of primes) {
    const factors = yield* decompose(matrix, prime, pace);
    if (pace.stopped !== undefined) return undefined;
    if (factors !== undefined) return yield* lift(matrix, right, factors, prime, pace);
  }
  return undefined;
}

type Steps<Result> = Generator<typeof pause, Result, void>;

interface Factors {
  /** Row by row after the exchange of rows: below the diagonal L, on it the inverse of U's, above it U. */
  readonly rows: readonly Float64Array[];
  /** Which row of the matrix stands in each place. */
  readonly order: Int32Array;
}

function* decompose(matrix: SparseColumns, prime: number, pace: Pace): Steps<Factors | undefined> {
  const size = matrix.length;
  const rows: Float64Array[] = Array.from({ length: size }, () => new Float64Array(size));
  for (const [column, entries] of matrix.entries()) {
    for (const [row, value] of entries) (rows[row] as Float64Array)[column] = residue(value, prime);
  }
  const order = Int32Array.from(rows.keys());
  for (let step = 0; step < size; step++) {
    if (!(yield* pace.goesOn(0))) return undefined;
    let at = step;
    while (at < size && rows[at]?.[step] === 0) at++;
    if (at === size) return undefined;
    [rows[step], rows[at]] = [rows[at] as Float64Array, rows[step] as Float64Array];
    [order[step], order[at]] = [order[at] as number, order[step] as number];
    const pivotRow = rows[step] as Float64Array;
    const inverse = inverseModulo(pivotRow[step] as number, prime);
    pivotRow[step] = inverse;
    for (let below = step + 1; below < size; below++) {
      const row = rows[below] as Float64Array;
      if (row[step] === 0) continue;
      const factor = times(row[step] as number, inverse, prime);
      row[step] = factor;
      const opposite = prime - factor;
      for (let column = step + 1; column < size; column++) {
        const along = pivotRow[column] as number;
        if (along === 0) continue;
        const sum = (row[column] as number) + times(opposite, along, prime);
        row[column] = sum >= prime ? sum - prime : sum;
      }
    }
  }
  return { rows, order };
}

function* lift(
  matrix: SparseColumns,
  right: readonly bigint[],
  { rows, order }: Factors,
  prime: number,
  pace: Pace,
): Steps<Rational[] | undefined> {
  const base = BigInt(prime);
  let residual = right.slice();
  const digits: Float64Array[] = [];
  for (let next = 8; digits.length < mostDigits; ) {
    const digit = solveModulo(rows, order, residual, prime);
    digits.push(digit);
    for (const [column, entries] of matrix.entries()) {
      const value = BigInt(digit[column] as number);
      if (value === 0n) continue;
      for (const [row, entry] of entries) residual[row] = (residual[row] as bigint) - entry * value;
    }
    residual = residual.map((value) => value / base);
    if (!(yield* pace.goesOn(0))) return undefined;
    if (digits.length < next) continue;
    next = Math.ceil(next * 1.5);
    const found = yield* fractions(digits, base, pace);
    if (found === undefined || !solves(matrix, right, found)) continue;
    const solution: Rational[] = [];
    for (const numerator of found.numerators) {
      solution.push(Rational.ratio(numerator, found.denominator));
      if (!(yield* pace.goesOn(0))) return undefined;
    }
    return solution;
  }
  return undefined;
}

function solveModulo(
  rows: readonly Float64Array[],
  order: Int32Array,
  right: readonly bigint[],
  prime: number,
): Float64Array {
  const size = rows.length;
  const solution = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    const row = rows[at] as Float64Array;
    let value = residue(right[order[at] as number] as bigint, prime);
    for (let column = 0; column < at; column++)
      value = minusProduct(value, row[column] as number, solution[column] as number, prime);
    solution[at] = value;
  }
  for (let at = size - 1; at >= 0; at--) {
    const row = rows[at] as Float64Array;
    let value = solution[at] as number;
    for (let column = at + 1; column < size; column++)
      value = minusProduct(value, row[column] as number, solution[column] as number, prime);
    solution[at] = times(value, row[at] as number, prime);
  }
  return solution;
}

interface Fractions {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** Fractions over one denominator that have these digits, each with a numerator and a denominator below the root of the modulus. */
function* fractions(digits: readonly Float64Array[], base: bigint, pace: Pace): Steps<Fractions | undefined> {
  const modulus = base ** BigInt(digits.length);
  const bound = rootBelow(modulus / 2n);
  let denominator = 1n;
  const found: { readonly numerator: bigint; readonly over: bigint }[] = [];
  const size = digits[0]?.length ?? 0;
  for (let at = 0; at < size; at++) {
    if (!(yield* pace.goesOn(0))) return undefined;
    const value = joined(digits, at, base);
    // Fractions of one system tend to share their denominator, so that of the ones before often serves.
    let numerator = centred((value * denominator) % modulus, modulus);
    if (absolute(numerator) > bound) {
      const fraction = reconstruct((value * denominator) % modulus, modulus, bound);
      if (fraction === undefined) return undefined;
      denominator *= fraction.denominator;
      if (denominator > bound) return undefined;
      numerator = fraction.numerator;
    }
    found.push({ numerator, over: denominator });
  }
  return { numerators: found.map(({ numerator, over }) => numerator * (denominator / over)), denominator };
}

/** The digits of one entry, lowest first, as one number: joined in halves. */
function joined(digits: readonly Float64Array[], at: number, base: bigint): bigint {
  let parts = digits.map((digit) => BigInt(digit[at] as number));
  for (let power = base; parts.length > 1; power *= power) {
    parts = Array.from({ length: Math.ceil(parts.length / 2) }, (_, pair) => {
      const high = parts[2 * pair + 1];
      return high === undefined ? (parts[2 * pair] as bigint) : (parts[2 * pair] as bigint) + power * high;
    });
  }
  return parts[0] ?? 0n;
}

/** The fraction that is `value` modulo `modulus`, by Euclid's algorithm stopped half-way (Wang 1981). */
function reconstruct(
  value: bigint,
  modulus: bigint,
  bound: bigint,
): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  let [before, now] = [modulus, value];
  let [factorBefore, factor] = [0n, 1n];
  while (now > bound) {
    const quotient = before / now;
    [before, now] = [now, before - quotient * now];
    [factorBefore, factor] = [factor, factorBefore - quotient * factor];
  }
  if (factor === 0n || absolute(factor) > bound) return undefined;
  return factor < 0n ? { numerator: -now, denominator: -factor } : { numerator: now, denominator: factor };
}

function solves(matrix: SparseColumns, right: readonly bigint[], { numerators, denominator }: Fractions): boolean {
  const sums = right.map((value) => -value * denominator);
  for (const [column, entries] of matrix.entries()) {
    const numerator = numerators[column] as bigint;
    if (numerator === 0n) continue;
    for (const [row, value] of entries) sums[row] = (sums[row] as bigint) + value * numerator;
  }
  return sums.every((sum) => sum === 0n);
}

function residue(value: bigint, prime: number): number {
  const rest = Number(value % BigInt(prime));
  return rest < 0 ? rest + prime : rest;
}

/** The product modulo the prime, of numbers below it: the quotient is off by one at most. */
function times(a: number, b: number, prime: number): number {
  const product = a * b;
  const rest = product - Math.floor(product / prime) * prime;
  return rest < 0 ? rest + prime : rest >= prime ? rest - prime : rest;
}

function minusProduct(value: number, a: number, b: number, prime: number): number {
  if (a === 0 || b === 0) return value;
  const difference = value - times(a, b, prime);
  return difference < 0 ? difference + prime : difference;
}

function inverseModulo(value: number, prime: number): number {
  let [before, now] = [prime, value];
  let [factorBefore, factor] = [0, 1];
  while (now > 1) {
    const quotient = Math.floor(before / now);
    [before, now] = [now, before - quotient * now];
    [factorBefore, factor] = [factor, factorBefore - quotient * factor];
  }
  return factor < 0 ? factor + prime : factor;
}

function centred(value: bigint, modulus: bigint): bigint {
  const positive = value < 0n ? value + modulus : value;
  return 2n * positive > modulus ? positive - modulus : positive;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The whole part of the square root, by Newton's method. */
function rootBelow(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(16).length * 4 + 2) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
