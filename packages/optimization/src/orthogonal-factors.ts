/*
 * The factors of Goldfarb and Idnani (1983), whose symbols stand below: `J = L⁻ᵀ Q` and the triangle R of the normals that are held, kept by
 * plane rotations. They are dense: n² numbers for n columns.
 */
import type { Approach } from './dual-active-set.ts';

/** A normal with less than this share outside the active ones is one of their sums. */
const dependence = 1e-9;

/** A quadratic objective and the normals that are held, made orthogonal by it. */
export class OrthogonalFactors {
  readonly #J: readonly Float64Array[];
  readonly #R: Float64Array[] = [];
  /** `Jᵀ n` of the last normal that was split. */
  #d: Float64Array;

  /** @param inverse the columns of the inverse transpose of the objective's Cholesky factor */
  constructor(inverse: readonly Float64Array[]) {
    this.#J = inverse.map((column) => Float64Array.from(column));
    this.#d = new Float64Array(inverse.length);
  }

  /** A normal as shares of those held, and how much of it is left. */
  split(normal: Float64Array): Approach {
    const d = Float64Array.from(this.#J, (column) => dot(column, normal));
    const d2 = d.subarray(this.#R.length);
    const square = dot(d2, d2);
    this.#d = d;
    return { shares: backSubstitute(this.#R, d), slope: square > dependence ** 2 * dot(d, d) ? square : 0 };
  }

  /** Moves a point along what is left of the last normal. */
  move(point: Float64Array, step: number): void {
    for (let k = this.#R.length; k < this.#J.length; k++) {
      add(point, this.#J[k] as Float64Array, step * (this.#d[k] as number));
    }
  }

  /** Holds the last normal that was split. */
  hold(): void {
    this.#R.push(annihilate(this.#J, this.#d, this.#R.length));
  }

  release(place: number): void {
    this.#R.splice(place, 1);
    restoreTriangle(this.#R, this.#J, place);
  }
}

/** Turns the columns of J from q on so that d has only its first q + 1 numbers left, which are the new column of R. */
function annihilate(J: readonly Float64Array[], d: Float64Array, q: number): Float64Array {
  for (let k = d.length - 1; k > q; k--) {
    const [above, below] = [d[k - 1] as number, d[k] as number];
    const length = Math.hypot(above, below);
    if (length === 0) continue;
    rotate(J[k - 1] as Float64Array, J[k] as Float64Array, above / length, below / length);
    d[k - 1] = length;
  }
  return d.slice(0, q + 1);
}

/** Makes R triangular again after its column at `from` was taken out. */
function restoreTriangle(R: Float64Array[], J: readonly Float64Array[], from: number): void {
  for (let k = from; k < R.length; k++) {
    const column = R[k] as Float64Array;
    const [above, below] = [column[k] as number, column[k + 1] as number];
    const length = Math.hypot(above, below);
    const [cosine, sine] = length === 0 ? [1, 0] : [above / length, below / length];
    for (const later of R.slice(k)) {
      const [a, b] = [later[k] as number, later[k + 1] as number];
      later[k] = cosine * a + sine * b;
      later[k + 1] = cosine * b - sine * a;
    }
    rotate(J[k] as Float64Array, J[k + 1] as Float64Array, cosine, sine);
    R[k] = column.slice(0, k + 1);
  }
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] as number, b[index] as number];
    a[index] = cosine * x + sine * y;
    b[index] = cosine * y - sine * x;
  }
}

/** `R⁻¹ d`, of as many numbers as R has columns. */
function backSubstitute(R: readonly Float64Array[], d: Float64Array): Float64Array {
  const r = d.slice(0, R.length);
  for (let k = R.length - 1; k >= 0; k--) {
    const column = R[k] as Float64Array;
    const value = (r[k] as number) / (column[k] as number);
    r[k] = value;
    for (let above = 0; above < k; above++) r[above] = (r[above] as number) - value * (column[above] as number);
  }
  return r;
}

/** The columns of the inverse transpose of a lower triangle that stands row by row. */
export function inverseTranspose(L: Float64Array, n: number): Float64Array[] {
  return Array.from({ length: n }, (_, k) => {
    const column = new Float64Array(n);
    column[k] = 1 / (L[k * n + k] as number);
    for (let i = k - 1; i >= 0; i--) {
      let rest = 0;
      for (let j = i + 1; j <= k; j++) rest -= (L[j * n + i] as number) * (column[j] as number);
      column[i] = rest / (L[i * n + i] as number);
    }
    return column;
  });
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

export function add(target: Float64Array, direction: Float64Array, step: number): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] as number) + step * (direction[index] as number);
  }
}
