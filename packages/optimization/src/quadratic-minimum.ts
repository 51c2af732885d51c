/*
 * The minimum of a strictly convex quadratic program, by the dual active-set method on dense factors: n² numbers for n columns.
 */
import { type Approach, type Boundaries, DualActiveSet } from './dual-active-set.ts';
import { add, dot, inverseTranspose, OrthogonalFactors } from './orthogonal-factors.ts';
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

/** Finds minima of one program, with the distance to one point after another added. */
export class QuadraticMinimum {
  readonly #program: QuadraticProgram;
  readonly #ridge: number;
  /** 1 to minimize, -1 to maximize: everything below is a minimum. */
  readonly #sense: 1 | -1;
  /** The columns of the inverse transpose of the Cholesky factor. */
  readonly #inverse: readonly Float64Array[];
  readonly #rows: readonly Row[];

  /** Takes a program whose quadratic part is definite once `ridge` is added to its diagonal. */
  constructor(program: QuadraticProgram, ridge: number) {
    this.#program = program;
    this.#ridge = ridge;
    this.#sense = program.sense === 'minimize' ? 1 : -1;
    this.#inverse = inverseTranspose(cholesky(program, ridge, this.#sense), program.costs.length);
    this.#rows = rowsOf(program);
  }

  /**
   * The minimum of the objective with `ridge / 2 · |x - center|²` added; `undefined` when there is no feasible point, it is told
   * to stop or rounding errors win.
   */
  solve(center: Float64Array, stop: () => boolean): ActiveSetOptimum | undefined {
    const { costs, rowLower } = this.#program;
    const slope = costs.map((cost, column) => this.#sense * cost - this.#ridge * (center[column] as number));
    const x = new Float64Array(costs.length);
    for (const column of this.#inverse) add(x, column, -dot(column, slope));
    const sides = new Sides(this.#program, this.#rows, x, new OrthogonalFactors(this.#inverse));
    const active = new DualActiveSet(sides, 0);
    for (let round = 0; round < 100 + 20 * (costs.length + rowLower.length); round++) {
      if (stop()) return undefined;
      const entering = sides.mostViolated(active.held);
      if (entering === undefined) return { primal: x, rowDuals: this.#rowDuals(active), iterations: round };
      if (!active.bringIn(entering)) return undefined;
    }
    return undefined;
  }

  #rowDuals({ held, prices }: DualActiveSet<Side>): Float64Array {
    const duals = new Float64Array(this.#rows.length);
    for (const [place, { index, sign }] of held.entries()) {
      const row = index - this.#program.costs.length;
      if (row >= 0) duals[row] = (duals[row] as number) + this.#sense * sign * (prices[place] as number);
    }
    return duals;
  }
}

/** A program's bounds and rows around a point. */
class Sides implements Boundaries<Side> {
  readonly #program: QuadraticProgram;
  readonly #rows: readonly Row[];
  readonly #point: Float64Array;
  readonly #factors: OrthogonalFactors;

  constructor(program: QuadraticProgram, rows: readonly Row[], point: Float64Array, factors: OrthogonalFactors) {
    this.#program = program;
    this.#rows = rows;
    this.#point = point;
    this.#factors = factors;
  }

  approach(entering: Side): Approach {
    return this.#factors.split(this.#normal(entering));
  }

  move(step: number): void {
    this.#factors.move(this.#point, step);
  }

  hold(): void {
    this.#factors.hold();
  }

  release(place: number): void {
    this.#factors.release(place);
  }

  isEquation({ equation }: Side): boolean {
    return equation;
  }

  violation({ index, sign }: Side): number {
    const n = this.#point.length;
    const { lower, upper, rowLower, rowUpper } = this.#program;
    const bound = index < n ? (sign === 1 ? lower : upper)[index] : (sign === 1 ? rowLower : rowUpper)[index - n];
    const row = this.#rows[index - n];
    const activity = row === undefined ? this.#point[index] : along(row, this.#point);
    return sign * ((bound as number) - (activity as number));
  }

  #normal({ index, sign }: Side): Float64Array {
    const n = this.#point.length;
    const normal = new Float64Array(n);
    if (index < n) normal[index] = sign;
    const row = this.#rows[index - n];
    row?.columns.forEach((column, entry) => {
      normal[column] = sign * (row.values[entry] as number);
    });
    return normal;
  }

  /** The constraint that is broken most, relative to its bound; `undefined` where all hold. */
  mostViolated(active: readonly Side[]): Side | undefined {
    const x = this.#point;
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
      look(x.length + row, value, rowLower[row] as number, rowUpper[row] as number);
    });
    return worst;
  }
}

interface Row {
  readonly columns: number[];
  readonly values: number[];
}

function along({ columns, values }: Row, point: Float64Array): number {
  return columns.reduce((sum, column, entry) => sum + (values[entry] as number) * (point[column] as number), 0);
}

/** The lower triangle of the Cholesky factor, row by row. */
function cholesky({ hessian, costs }: QuadraticProgram, ridge: number, sense: 1 | -1): Float64Array {
  const n = costs.length;
  const L = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    L[column * n + column] = ridge;
    for (let entry = hessian.starts[column] as number; entry < (hessian.starts[column + 1] as number); entry++) {
      const place = (hessian.indices[entry] as number) * n + column;
      L[place] = (L[place] as number) + sense * (hessian.values[entry] as number);
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

function rowsOf({ matrix, rowLower, costs }: QuadraticProgram): readonly Row[] {
  const rows: Row[] = Array.from(rowLower, () => ({ columns: [], values: [] }));
  for (let column = 0; column < costs.length; column++) {
    for (let entry = matrix.starts[column] as number; entry < (matrix.starts[column + 1] as number); entry++) {
      const row = rows[matrix.indices[entry] as number];
      row?.columns.push(column);
      row?.values.push(matrix.values[entry] as number);
    }
  }
  return rows;
}
