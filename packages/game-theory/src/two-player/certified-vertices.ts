/*
 * The vertices of a best-response polytope { x >= 0 : A x <= 1 }, found with doubles and proved with doubles. A walk from basis to basis along
 * edges needs no exact numbers; that it has seen all of them is proved afterwards. Think of the polytope as moved a little by the
 * lexicographic rule, so that it is simple. If every basis that the walk met is feasible there, each of them had all its neighbours
 * walked to, and since the graph of a polytope is connected, there are no others. A basis with all basic variables above 0 is
 * feasible; that is shown by an error bound for the solution of its equations (Rump 2010, "Verification methods", section 10). Where the bound
 * does not decide, because the vertex is degenerate or the doubles too coarse, the equations are solved in integers. Where a basis turns
 * out to be infeasible, rounding has led the walk astray: it gives up, and pivoting in integers takes over.
 */
import { invertIntegers, type Pace, type pause } from '@mechane/numerics';
import { BasisWalk } from './basis-walk.ts';
import type { IntegerMatrix } from './bimatrix.ts';
import { submatrix, tightPoint } from './polytope-point.ts';
import type { ScaledMatrix } from './scaled-matrix.ts';

/** A vertex: its support and the constraints that are tight. Both lists are only lent, until the next vertex. */
export interface Vertex {
  readonly support: readonly number[];
  /** As many as the support has, unless the vertex is degenerate. */
  readonly tight: readonly number[];
  /** The coordinates times a factor, where they had to be computed: at degenerate vertices always. */
  readonly weights: readonly bigint[] | undefined;
}

/** How the walk ended: it is proved to have seen all vertices, it went astray, or its pace stopped it. */
export type WalkEnd = 'all' | 'astray' | 'stopped';

export class CertifiedWalk {
  readonly #matrix: IntegerMatrix;
  readonly #scaled: ScaledMatrix;
  readonly #rows: number;
  readonly #columns: number;
  readonly #support: number[] = [];
  readonly #tight: number[] = [];
  readonly #walk: BasisWalk;
  /** Scratch: the inverse, the equations and the point of a vertex, and which rows are tight. */
  readonly #inverse: Float64Array;
  readonly #equations: Float64Array;
  readonly #point: Float64Array;
  readonly #isTight: Uint8Array;

  constructor(matrix: IntegerMatrix, scaled: ScaledMatrix) {
    this.#matrix = matrix;
    this.#scaled = scaled;
    this.#rows = scaled.rows;
    this.#columns = scaled.columns;
    this.#walk = new BasisWalk(scaled);
    const most = Math.min(this.#rows, this.#columns);
    this.#inverse = new Float64Array(most * most);
    this.#equations = new Float64Array(most * (most + 1));
    this.#point = new Float64Array(most);
    this.#isTight = new Uint8Array(this.#rows);
  }

  /** All vertices but the origin, in turn. */
  *vertices(pace: Pace): Generator<Vertex | typeof pause, WalkEnd, void> {
    if (!this.#scaled.usable) return 'astray';
    const walk = this.#walk;
    const vertex = { support: this.#support, tight: this.#tight, weights: undefined };
    const degenerate = new Set<string>();
    for (;;) {
      const step = walk.step();
      if (step !== 'arrived') return step;
      this.#readVertex(walk);
      let proved = this.#isCertified(walk);
      if (!proved) {
        walk.rebuild();
        proved = this.#isCertified(walk);
      }
      const exact = proved ? vertex : this.#solvedVertex();
      if (exact === undefined) return 'astray';
      // A degenerate vertex is that of several bases.
      const key = exact.support.length === exact.tight.length ? undefined : String([exact.support, exact.tight]);
      if (exact.support.length > 0 && (key === undefined || !degenerate.has(key))) yield exact;
      if (key === undefined) continue;
      degenerate.add(key);
      // Of many bases, it may be a while until the next vertex.
      if (!(yield* pace.goesOn(0))) return 'stopped';
    }
  }

  #readVertex({ basic, nonbasic }: BasisWalk): void {
    const [columns, support, tight] = [this.#columns, this.#support, this.#tight];
    support.length = 0;
    tight.length = 0;
    this.#isTight.fill(0);
    for (let row = 0; row < basic.length; row++) {
      const variable = basic[row] as number;
      if (variable < columns) support.push(variable);
    }
    for (let column = 0; column < columns; column++) {
      const variable = nonbasic[column] as number;
      if (variable < columns) continue;
      tight.push(variable - columns);
      this.#isTight[variable - columns] = 1;
    }
  }

  /** Whether an error bound proves the vertex feasible, strictly where it is not tight. */
  #isCertified({ entries, basic, nonbasic }: BasisWalk): boolean {
    const [columns, width] = [this.#columns, this.#columns + 1];
    const [support, inverse, point] = [this.#support, this.#inverse, this.#point];
    const size = support.length;
    let [filled, place] = [0, 0];
    for (let row = 0; row < basic.length; row++) {
      if ((basic[row] as number) >= columns) continue;
      for (let column = 0; column < columns; column++) {
        if ((nonbasic[column] as number) >= columns) inverse[place++] = entries[row * width + column] as number;
      }
      point[filled++] = entries[row * width + columns] as number;
    }
    const error = this.#errorBound(size);
    for (let at = 0; at < size; at++) if (!((point[at] as number) > error)) return false;
    const { doubles, gamma } = this.#scaled;
    for (let row = 0; row < this.#rows; row++) {
      let [product, entriesSum] = [0, 0];
      for (let at = 0; at < size; at++) {
        const entry = doubles[row * columns + (support[at] as number)] as number;
        product += entry * (point[at] as number);
        entriesSum += entry;
      }
      if (1 - product > 2 * (error * entriesSum + gamma * (1 + product))) continue;
      if (this.#isTight[row] === 0) return false;
    }
    return true;
  }

  /**
   * How far the solution of `M x = 1`, M being `matrix[tight][support]`, is from `point` in any coordinate at most: with the approximate
   * inverse R, α ≥ |I - R M| and the residual r, it is |R| |r| / (1 - α). Infinite when α is not below 1.
   */
  #errorBound(size: number): number {
    const [inverse, equations, point] = [this.#inverse, this.#equations, this.#point];
    const [support, tight, columns] = [this.#support, this.#tight, this.#columns];
    const { doubles, gamma } = this.#scaled;
    let [residual, weight, rowSum] = [0, 0, 0];
    for (let t = 0; t < size; t++) {
      const from = (tight[t] as number) * columns;
      let [product, absolute, entriesSum] = [0, 0, 0];
      for (let at = 0; at < size; at++) {
        const entry = doubles[from + (support[at] as number)] as number;
        equations[at * size + t] = entry;
        product += entry * (point[at] as number);
        absolute += entry * Math.abs(point[at] as number);
        entriesSum += entry;
      }
      residual = Math.max(residual, Math.abs(1 - product));
      weight = Math.max(weight, absolute);
      rowSum = Math.max(rowSum, entriesSum);
    }
    let [alpha, norm] = [0, 0];
    for (let i = 0, from = 0; i < size; i++, from += size) {
      let [distance, length] = [0, 0];
      for (let t = 0; t < size; t++) length += Math.abs(inverse[from + t] as number);
      // Two columns at a time do not wait for each other. After an odd last one comes what was left there, which is not used.
      for (let j = 0; j < size; j += 2) {
        const column = j * size;
        let product = i === j ? -1 : 0;
        let next = i === j + 1 ? -1 : 0;
        for (let t = 0; t < size; t++) {
          const factor = inverse[from + t] as number;
          product += factor * (equations[column + t] as number);
          next += factor * (equations[column + size + t] as number);
        }
        distance += Math.abs(product);
        if (j + 1 < size) distance += Math.abs(next);
      }
      // What is not a number stays so, and proves nothing.
      alpha = Math.max(alpha, distance);
      norm = Math.max(norm, length);
    }
    const contraction = 2 * (alpha + gamma * (1 + norm * rowSum));
    if (!(contraction < 1)) return Infinity;
    return (2 * norm * (residual + gamma * (1 + weight))) / (1 - contraction);
  }

  /** The vertex of the basis at hand, in integers; `undefined` when the basis is not feasible. */
  #solvedVertex(): Vertex | undefined {
    const [support, tight, matrix, columns] = [this.#support, this.#tight, this.#matrix, this.#columns];
    const solved = tightPoint(matrix, support, tight);
    if (solved === undefined || solved.above.some((value) => value < 0n)) return undefined;
    const slacks = matrix.map((row) => {
      let product = 0n;
      support.forEach((column, place) => {
        product += (row[column] as bigint) * (solved.above[place] as bigint);
      });
      return solved.below - product;
    });
    if (slacks.some((slack) => slack < 0n)) return undefined;
    const also = slacks.flatMap((slack, row) => (slack === 0n && !tight.includes(row) ? [row] : []));
    const absent = support.flatMap((_, place) => (solved.above[place] === 0n ? [place] : []));
    if (also.length + absent.length > 0 && !this.#isLexicographicallyFeasible(also, absent)) return undefined;
    const weights = new Array<bigint>(columns).fill(0n);
    support.forEach((column, place) => {
      weights[column] = solved.above[place] as bigint;
    });
    return {
      support: support.filter((column) => weights[column] !== 0n).sort((a, b) => a - b),
      tight: [...tight, ...also].sort((a, b) => a - b),
      weights,
    };
  }

  /**
   * Whether the basic variables that are 0 are positive once the right-hand sides are moved by ε, ε², …: the rows `also`, whose slack is
   * basic, and the coordinates at places `absent` of the support. What counts is the sign of the first change.
   */
  #isLexicographicallyFeasible(also: readonly number[], absent: readonly number[]): boolean {
    const [support, tight, matrix] = [this.#support, this.#tight, this.#matrix];
    const inverse = invertIntegers(submatrix(matrix, tight, support));
    const byRow = tight.map((row, t) => ({ row, t })).sort((a, b) => a.row - b.row);
    const coordinates = absent.every((place) => {
      const first = byRow.find(({ t }) => inverse?.[place]?.[t] !== 0n);
      return first !== undefined && (inverse?.[place]?.[first.t] as bigint) > 0n;
    });
    return (
      coordinates &&
      also.every((row) => {
        const own = matrix[row] as readonly bigint[];
        for (const { row: other, t } of byRow) {
          if (other > row) return true;
          let change = 0n;
          support.forEach((column, place) => {
            change -= (own[column] as bigint) * (inverse?.[place]?.[t] as bigint);
          });
          if (change !== 0n) return change > 0n;
        }
        return true;
      })
    );
  }
}
