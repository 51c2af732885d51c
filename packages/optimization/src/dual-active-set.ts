/*
 * The dual active-set method for strictly convex quadratic programs: Goldfarb and Idnani, "A numerically stable dual method for
 * solving strictly convex quadratic programs", Mathematical Programming 27 (1983), whose symbols stand below. It begins at the
 * minimum without constraints and takes in the most violated one, until none is. It is dense: n² numbers for n columns.
 */
import type { QuadraticProgram } from './program.ts';
import { product } from './sparse-matrix.ts';

/** A minimum, and the prices of its rows. */
export interface ActiveSetOptimum {
  readonly primal: Float64Array;
  readonly rowDuals: Float64Array;
  readonly iterations: number;
}

/** What x may not fall below, or what it must equal: `normal · x ≥ bound`. */
interface Side {
  readonly index: number;
  /** 1 for a lower bound, -1 for an upper one. */
  readonly sign: 1 | -1;
  readonly equation: boolean;
}

/** A constraint that is broken by less, relative to its bound, is broken by rounding errors. */
const violationTolerance = 1e-9;
/** A normal with less than this share outside the active ones is one of their sums. */
const dependence = 1e-9;

export class DualActiveSet {
  readonly #program: QuadraticProgram;
  readonly #size: number;
  readonly #ridge: number;
  /** 1 to minimize, -1 to maximize: everything below is a minimum. */
  readonly #sense: 1 | -1;
  /** The columns of the inverse transpose of the Cholesky factor. */
  readonly #inverse: Float64Array[];
  readonly #rows: { readonly columns: number[]; readonly values: number[] }[];

  /** Takes a program whose quadratic part is definite once `ridge` is added to its diagonal. */
  constructor(program: QuadraticProgram, ridge: number) {
    this.#program = program;
    this.#size = program.costs.length;
    this.#ridge = ridge;
    this.#sense = program.sense === 'minimize' ? 1 : -1;
    this.#inverse = inverseTranspose(this.#cholesky(), this.#size);
    this.#rows = rowsOf(program);
  }

  /**
   * The minimum of the objective with `ridge / 2 · |x - center|²` added; `undefined` when there is no feasible point, it is told
   * to stop or rounding errors win.
   */
  solve(center: Float64Array, stop: () => boolean): ActiveSetOptimum | undefined {
    const n = this.#size;
    const { costs, rowLower } = this.#program;
    const J = this.#inverse.map((column) => Float64Array.from(column));
    const slope = costs.map((cost, column) => this.#sense * cost - this.#ridge * (center[column] as number));
    const x = new Float64Array(n);
    for (const column of J) add(x, column, -dot(column, slope));
    const R: Float64Array[] = [];
    const active: Side[] = [];
    const u: number[] = [];

    for (let round = 0; round < 100 + 20 * (n + rowLower.length); round++) {
      if (stop()) return undefined;
      const entering = this.#mostViolated(x, active);
      if (entering === undefined) return { primal: x, rowDuals: this.#rowDuals(active, u), iterations: round };
      const normal = this.#normal(entering);
      let price = 0;
      for (;;) {
        const q = active.length;
        const d = Float64Array.from(J, (column) => dot(column, normal));
        const r = backSubstitute(R, d);
        const d2 = d.subarray(q);
        const square = dot(d2, d2);
        const independent = square > dependence ** 2 * dot(d, d);
        const [leaving, partial] = blocking(active, u, r);
        const full = independent ? -this.#slack(entering, x) / square : Infinity;
        const step = Math.min(partial, full);
        if (!(step < Infinity)) return undefined;
        if (independent) for (let k = q; k < n; k++) add(x, J[k] as Float64Array, step * (d[k] as number));
        for (let k = 0; k < q; k++) u[k] = (u[k] as number) - step * (r[k] as number);
        price += step;
        if (step === full) {
          R.push(annihilate(J, d, q));
          active.push(entering);
          u.push(price);
          break;
        }
        active.splice(leaving, 1);
        u.splice(leaving, 1);
        R.splice(leaving, 1);
        restoreTriangle(R, J, leaving);
      }
    }
    return undefined;
  }

  /** The lower triangle of the Cholesky factor, row by row. */
  #cholesky(): Float64Array {
    const n = this.#size;
    const { hessian } = this.#program;
    const L = new Float64Array(n * n);
    for (let column = 0; column < n; column++) {
      L[column * n + column] = this.#ridge;
      for (let entry = hessian.starts[column] as number; entry < (hessian.starts[column + 1] as number); entry++) {
        const place = (hessian.indices[entry] as number) * n + column;
        L[place] = (L[place] as number) + this.#sense * (hessian.values[entry] as number);
      }
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const rest = (L[i * n + j] as number) - dot(L.subarray(i * n, i * n + j), L.subarray(j * n, j * n + j));
        L[i * n + j] = i === j ? Math.sqrt(rest) : rest / (L[j * n + j] as number);
      }
    }
    return L;
  }

  #normal({ index, sign }: Side): Float64Array {
    const normal = new Float64Array(this.#size);
    if (index < this.#size) normal[index] = sign;
    const row = this.#rows[index - this.#size];
    row?.columns.forEach((column, entry) => {
      normal[column] = sign * (row.values[entry] as number);
    });
    return normal;
  }

  #slack({ index, sign }: Side, x: Float64Array): number {
    const n = this.#size;
    const { lower, upper, rowLower, rowUpper } = this.#program;
    if (index < n) return sign * ((x[index] as number) - ((sign === 1 ? lower : upper)[index] as number));
    const row = this.#rows[index - n];
    const activity = row?.columns.reduce(
      (sum, column, entry) => sum + (row.values[entry] as number) * (x[column] as number),
      0,
    );
    return sign * ((activity as number) - ((sign === 1 ? rowLower : rowUpper)[index - n] as number));
  }

  #mostViolated(x: Float64Array, active: readonly Side[]): Side | undefined {
    const n = this.#size;
    const { lower, upper, rowLower, rowUpper, matrix } = this.#program;
    const taken = new Set(active.map(({ index, sign }) => sign * (index + 1)));
    let worst: Side | undefined;
    let most = violationTolerance;
    const look = (index: number, value: number, low: number, high: number): void => {
      for (const [sign, excess, bound] of [
        [1, low - value, low],
        [-1, value - high, high],
      ] as const) {
        if (excess <= most * (1 + Math.abs(bound)) || taken.has(sign * (index + 1))) continue;
        most = excess / (1 + Math.abs(bound));
        worst = { index, sign, equation: low === high };
      }
    };
    x.forEach((value, column) => {
      look(column, value, lower[column] as number, upper[column] as number);
    });
    product(matrix, x, rowLower.length).forEach((value, row) => {
      look(n + row, value, rowLower[row] as number, rowUpper[row] as number);
    });
    return worst;
  }

  #rowDuals(active: readonly Side[], u: readonly number[]): Float64Array {
    const duals = new Float64Array(this.#rows.length);
    active.forEach(({ index, sign }, place) => {
      const row = index - this.#size;
      if (row >= 0) duals[row] = (duals[row] as number) + this.#sense * sign * (u[place] as number);
    });
    return duals;
  }
}

/** The active constraint whose price comes to nothing first, and after how long a step. */
function blocking(active: readonly Side[], u: readonly number[], r: Float64Array): [leaving: number, step: number] {
  let leaving = -1;
  let step = Infinity;
  active.forEach(({ equation }, place) => {
    const rate = r[place] as number;
    if (equation || rate <= 0 || (u[place] as number) / rate >= step) return;
    leaving = place;
    step = (u[place] as number) / rate;
  });
  return [leaving, step];
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

function inverseTranspose(L: Float64Array, n: number): Float64Array[] {
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

function rowsOf({ matrix, rowLower, costs }: QuadraticProgram): { columns: number[]; values: number[] }[] {
  const rows = Array.from(rowLower, () => ({ columns: [] as number[], values: [] as number[] }));
  for (let column = 0; column < costs.length; column++) {
    for (let entry = matrix.starts[column] as number; entry < (matrix.starts[column + 1] as number); entry++) {
      const row = rows[matrix.indices[entry] as number];
      row?.columns.push(column);
      row?.values.push(matrix.values[entry] as number);
    }
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function add(target: Float64Array, direction: Float64Array, step: number): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] as number) + step * (direction[index] as number);
  }
}
