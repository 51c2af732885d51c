import { factorize, solveFactored, solveTransposed } from '@mechane/numerics';
import type { IntegerMatrix } from './bimatrix.ts';

const roundOff = 2 ** -53;
/** Below, relative to the largest entry, doubles are not tried: underflow would void the bounds. */
const smallestEntry = 2 ** -200;
const smallestPivot = 1e-13;
/** All pairs of more rows would take more memory than there is. */
const mostCompared = 2_000;

/** A matrix of positive integers as doubles, in each column of at most 1, each within two units in the last place. */
export class ScaledMatrix {
  readonly rows: number;
  readonly columns: number;
  /** By rows. */
  readonly doubles: Float64Array;
  /** Bounds the relative error of a sum of as many products as there are rows or columns, the entries' own rounding included. */
  readonly gamma: number;
  /** Whether bounds computed with these doubles are to be trusted. */
  readonly usable: boolean;
  /** No coordinate of a point of the polytope is larger. */
  readonly #largestCoordinate: number;
  readonly #factors: Float64Array;
  readonly #swaps: number[];
  readonly #solution: Float64Array;
  readonly #witness: Float64Array;
  /** For every pair of rows (own, other), the columns in which the other is larger. */
  readonly #larger: Int32Array | undefined;

  constructor(matrix: IntegerMatrix) {
    this.rows = matrix.length;
    this.columns = (matrix[0] as readonly bigint[]).length;
    this.doubles = scaled(matrix);
    this.gamma = 2 * (this.rows + this.columns + 8) * roundOff;
    const least = this.doubles.reduce((low, entry) => Math.min(low, entry), 1);
    this.usable = least >= smallestEntry;
    this.#largestCoordinate = 2 / least;
    const most = Math.min(this.rows, this.columns);
    this.#factors = new Float64Array(most * most);
    this.#swaps = new Array<number>(most).fill(0);
    this.#solution = new Float64Array(most);
    this.#witness = new Float64Array(most);
    this.#larger = this.columns <= 31 && this.rows <= mostCompared ? largerColumns(matrix) : undefined;
  }

  /**
   * Whether the polytope certainly has no point with a support within a given one at which given rows are tight. `false` may mean that it has one,
   * or that doubles cannot tell.
   *
   * Such a point y has `M y = 1`, M being `matrix[tight][support]`, so `(w M) y = Σ w` for every w. If the approximate solution has a
   * negative coordinate, the w of `w M = e_j` contradicts y_j >= 0; if it violates a row a, the w of `w M = a` contradicts `a y <= 1`. What
   * `w M` really is is computed, and y is bounded: so w need not be exact.
   */
  isCertainlyOutside(support: readonly number[], tight: readonly number[]): boolean {
    if (this.#isDominated(support, tight)) return true;
    const size = support.length;
    if (size !== tight.length || !this.usable || !this.#factor(support, tight)) return false;
    const [factors, swaps, solution, witness] = [this.#factors, this.#swaps, this.#solution, this.#witness];
    solution.fill(1, 0, size);
    solveFactored(factors, swaps, size, solution);
    let [worst, least] = [-1, -1e-12];
    for (let i = 0; i < size; i++) if ((solution[i] as number) < least) [worst, least] = [i, solution[i] as number];
    if (worst !== -1) {
      witness.fill(0, 0, size);
      witness[worst] = 1;
      solveTransposed(factors, swaps, size, witness);
      return this.#contradicts(support, tight, undefined);
    }
    const { doubles, columns } = this;
    let [violated, most] = [-1, 1 + 1e-12];
    for (let row = 0; row < this.rows; row++) {
      let product = 0;
      for (let i = 0; i < size; i++) {
        product += (doubles[row * columns + (support[i] as number)] as number) * (solution[i] as number);
      }
      if (product > most) [violated, most] = [row, product];
    }
    if (violated === -1) return false;
    for (let i = 0; i < size; i++) witness[i] = doubles[violated * columns + (support[i] as number)] as number;
    solveTransposed(factors, swaps, size, witness);
    return this.#contradicts(support, tight, violated);
  }

  /** Whether a tight row is everywhere on the support less than another: then it cannot be tight. */
  #isDominated(support: readonly number[], tight: readonly number[]): boolean {
    const larger = this.#larger;
    if (larger === undefined) return false;
    let mask = 0;
    for (let i = 0; i < support.length; i++) mask |= 1 << (support[i] as number);
    for (let t = 0; t < tight.length; t++) {
      const from = (tight[t] as number) * this.rows;
      for (let other = 0; other < this.rows; other++) {
        if (((larger[from + other] as number) & mask) === mask) return true;
      }
    }
    return false;
  }

  /** Checks that the witness shows what it should, whatever rounding did to it. */
  #contradicts(support: readonly number[], tight: readonly number[], violated: number | undefined): boolean {
    const { doubles, columns, gamma } = this;
    const size = support.length;
    const witness = this.#witness;
    let [total, absolute, slack] = [0, 0, 0];
    for (let t = 0; t < size; t++) {
      total += witness[t] as number;
      absolute += Math.abs(witness[t] as number);
    }
    const rounding = gamma * (1 + absolute);
    for (let i = 0; i < size; i++) {
      const column = support[i] as number;
      let product = 0;
      for (let t = 0; t < size; t++) {
        product += (witness[t] as number) * (doubles[(tight[t] as number) * columns + column] as number);
      }
      // (w M) y must be at least 0, or at most 1: what w M lacks or has too much counts against the proof.
      if (violated === undefined) slack += Math.max(0, rounding - product);
      else slack += Math.max(0, product - (doubles[violated * columns + column] as number) + rounding);
    }
    const doubt = 2 * (slack * this.#largestCoordinate + rounding);
    return violated === undefined ? total < -doubt : total > 1 + doubt;
  }

  /** Factors `matrix[tight][support]`; `false` where it is singular, as far as doubles can tell. */
  #factor(support: readonly number[], tight: readonly number[]): boolean {
    const { doubles, columns } = this;
    const factors = this.#factors;
    const size = support.length;
    for (let t = 0; t < size; t++) {
      const from = (tight[t] as number) * columns;
      for (let i = 0; i < size; i++) factors[t * size + i] = doubles[from + (support[i] as number)] as number;
    }
    return factorize(factors, this.#swaps, size, smallestPivot) !== 0;
  }
}

function largerColumns(matrix: IntegerMatrix): Int32Array {
  const rows = matrix.length;
  const larger = new Int32Array(rows * rows);
  matrix.forEach((own, i) => {
    matrix.forEach((other, k) => {
      let mask = 0;
      own.forEach((entry, column) => {
        if ((other[column] as bigint) > entry) mask |= 1 << column;
      });
      larger[i * rows + k] = mask;
    });
  });
  return larger;
}

/** Positive integers over the largest of their column: points have their coordinates in other units, and the same labels. */
function scaled(matrix: IntegerMatrix): Float64Array {
  const columns = (matrix[0] as readonly bigint[]).length;
  const doubles = new Float64Array(matrix.length * columns);
  for (let column = 0; column < columns; column++) {
    const values = matrix.map((row) => row[column] as bigint);
    const largest = values.reduce((high, value) => (value > high ? value : high));
    const exact = largest <= BigInt(Number.MAX_SAFE_INTEGER);
    values.forEach((value, row) => {
      doubles[row * columns + column] = exact ? Number(value) / Number(largest) : ratio(value, largest);
    });
  }
  return doubles;
}

/** A quotient by way of 64 bits or more of it, which rounds less than the double does. */
function ratio(above: bigint, below: bigint): number {
  const shift = Math.max(0, 64 + 4 * (below.toString(16).length - above.toString(16).length));
  return shift > 1000 ? 0 : Number((above << BigInt(shift)) / below) / 2 ** shift;
}
