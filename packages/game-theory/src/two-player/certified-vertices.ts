/*
 * The vertices of a best-response polytope { x >= 0 : A x <= 1 }, found with doubles and proved with doubles. A walk from basis to basis along
 * edges needs no exact numbers; that it has seen all of them is proved afterwards. Think of the polytope as moved a little by the
 * lexicographic rule, so that it is simple. If every basis that the walk met is feasible there, each of them had all its neighbours
 * walked to, and since the graph of a polytope is connected, there are no others. A basis with all basic variables above 0 is
 * feasible; that is shown by an error bound for the solution of its equations (Rump 2010, "Verification methods", section 10). Where the bound
 * does not decide, because the vertex is degenerate or the doubles too coarse, the equations are solved in integers. Where a basis turns
 * out to be infeasible, rounding has led the walk astray: it gives up, and pivoting in integers takes over.
 */
import type { IntegerMatrix } from './bimatrix.ts';
import type { ScaledMatrix } from './scaled-matrix.ts';
import { inverseOf, solveForOnes } from './square-system.ts';

/** A vertex: its support and the constraints that are tight. Both lists are only lent, until the next vertex. */
export interface Vertex {
  readonly support: readonly number[];
  /** As many as the support has, unless the vertex is degenerate. */
  readonly tight: readonly number[];
  /** The coordinates times a factor, where they had to be computed: at degenerate vertices always. */
  readonly weights: readonly bigint[] | undefined;
}

/** How the walk ended: it is proved to have seen all vertices, or it went astray. */
export type WalkEnd = 'all' | 'astray';

/** A key made of a vertex' basis by adding and taking away powers of two. */
type Key = number | bigint;

/** A basis and its dictionary. Those that have been dealt with are used again: making them anew took a third of the time. */
interface Basis {
  entries: Float64Array;
  /** Whether the entries are there: they are left out when too many bases wait, and then computed from the beginning. */
  filled: boolean;
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
  key: Key;
}

/** The numbers in dictionaries that wait: 32 MiB. */
const mostWaiting = 2 ** 22;
const smallestPivot = 1e-11;
const tieTolerance = 1e-10;

export class CertifiedWalk {
  readonly #matrix: IntegerMatrix;
  readonly #scaled: ScaledMatrix;
  readonly #rows: number;
  readonly #columns: number;
  readonly #support: number[] = [];
  readonly #tight: number[] = [];
  /** Scratch: the inverse, the equations and the point of a vertex, and the ratio test's rows. */
  readonly #inverse: Float64Array;
  readonly #equations: Float64Array;
  readonly #point: Float64Array;
  readonly #bestRow: Int32Array;
  readonly #bestRight: Float64Array;
  readonly #bestEntry: Float64Array;
  readonly #tied: Uint8Array;
  readonly #unused: Basis[] = [];

  constructor(matrix: IntegerMatrix, scaled: ScaledMatrix) {
    this.#matrix = matrix;
    this.#scaled = scaled;
    this.#rows = scaled.rows;
    this.#columns = scaled.columns;
    const most = Math.min(this.#rows, this.#columns);
    this.#inverse = new Float64Array(most * most);
    this.#equations = new Float64Array(most * most);
    this.#point = new Float64Array(most);
    this.#bestRow = new Int32Array(this.#columns);
    this.#bestRight = new Float64Array(this.#columns);
    this.#bestEntry = new Float64Array(this.#columns);
    this.#tied = new Uint8Array(this.#columns);
  }

  /** All vertices but the origin, in turn. */
  *vertices(): Generator<Vertex, WalkEnd, void> {
    if (!this.#scaled.usable) return 'astray';
    const exchanged = keysFor(this.#rows + this.#columns);
    const origin = this.#origin(exchanged === withBits ? 0n : 0);
    const seen = new Set<Key>([origin.key]);
    const waiting: Basis[] = [origin];
    const vertex = { support: this.#support, tight: this.#tight, weights: undefined };
    const degenerate = new Set<string>();
    for (let basis = waiting.pop(); basis !== undefined; basis = waiting.pop()) {
      const fresh = !basis.filled;
      if (fresh) this.#rebuild(basis);
      this.#readVertex(basis);
      if (vertex.support.length > 0) {
        let proved = this.#isCertified(basis);
        if (!proved && !fresh) {
          this.#rebuild(basis);
          proved = this.#isCertified(basis);
        }
        const exact = proved ? vertex : this.#solvedVertex();
        if (exact === undefined) return 'astray';
        // A degenerate vertex is that of several bases.
        const key = exact.support.length === exact.tight.length ? undefined : String([exact.support, exact.tight]);
        if (key === undefined || !degenerate.has(key)) yield exact;
        if (key !== undefined) degenerate.add(key);
      }
      this.#findLeavingRows(basis);
      for (let column = 0; column < this.#columns; column++) {
        const row = this.#bestRow[column] as number;
        if (row === -1) return 'astray';
        const key = exchanged(basis.key, basis.basic[row] as number, basis.nonbasic[column] as number);
        if (seen.has(key)) continue;
        seen.add(key);
        waiting.push(this.#neighbour(basis, row, column, key, waiting.length * origin.entries.length < mostWaiting));
      }
      this.#unused.push(basis);
    }
    return 'all';
  }

  #origin(key: Key): Basis {
    const [rows, columns] = [this.#rows, this.#columns];
    return {
      entries: this.#originEntries(),
      filled: true,
      basic: Int32Array.from({ length: rows }, (_, row) => columns + row),
      nonbasic: Int32Array.from({ length: columns }, (_, column) => column),
      key,
    };
  }

  #originEntries(): Float64Array {
    const [rows, columns, width] = [this.#rows, this.#columns, this.#columns + 1];
    const { doubles } = this.#scaled;
    const entries = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      entries.set(doubles.subarray(row * columns, (row + 1) * columns), row * width);
      entries[row * width + columns] = 1;
    }
    return entries;
  }

  #neighbour(basis: Basis, row: number, column: number, key: Key, filled: boolean): Basis {
    const made = (filled ? this.#unused.pop() : undefined) ?? {
      entries: new Float64Array(filled ? basis.entries.length : 0),
      filled,
      basic: new Int32Array(this.#rows),
      nonbasic: new Int32Array(this.#columns),
      key,
    };
    made.key = key;
    made.filled = filled;
    made.basic.set(basis.basic);
    made.nonbasic.set(basis.nonbasic);
    made.basic[row] = basis.nonbasic[column] as number;
    made.nonbasic[column] = basis.basic[row] as number;
    if (filled) pivot(basis.entries, made.entries, row, column, this.#rows, this.#columns + 1);
    return made;
  }

  #readVertex({ basic, nonbasic }: Basis): void {
    const [columns, support, tight] = [this.#columns, this.#support, this.#tight];
    support.length = 0;
    tight.length = 0;
    for (let row = 0; row < basic.length; row++) {
      const variable = basic[row] as number;
      if (variable < columns) support.push(variable);
    }
    for (let column = 0; column < columns; column++) {
      const variable = nonbasic[column] as number;
      if (variable >= columns) tight.push(variable - columns);
    }
  }

  /** For every column, the row with the least ratio of right-hand side to entry; -1 where there is none. */
  #findLeavingRows({ entries, basic, nonbasic }: Basis): void {
    const [rows, columns] = [this.#rows, this.#columns];
    const [bestRow, bestRight, bestEntry, tied] = [this.#bestRow, this.#bestRight, this.#bestEntry, this.#tied];
    bestRow.fill(-1);
    tied.fill(0);
    for (let row = 0, at = 0; row < rows; row++, at++) {
      const right = entries[at + columns] as number;
      for (let column = 0; column < columns; column++, at++) {
        const entry = entries[at] as number;
        if (entry <= smallestPivot) continue;
        if (bestRow[column] !== -1) {
          const best = bestEntry[column] as number;
          const difference = right * best - (bestRight[column] as number) * entry;
          const same = tieTolerance * best * entry;
          if (difference > same) continue;
          if (difference >= -same) tied[column] = 1;
          if (difference >= 0) continue;
        }
        bestRow[column] = row;
        bestRight[column] = right;
        bestEntry[column] = entry;
      }
    }
    for (let column = 0; column < columns; column++) {
      if (tied[column] === 1) bestRow[column] = this.#lexicographicRow(entries, basic, nonbasic, column);
    }
  }

  /** The row that leaves where several seem to tie, by the lexicographic rule as far as doubles can tell. */
  #lexicographicRow(entries: Float64Array, basic: Int32Array, nonbasic: Int32Array, column: number): number {
    const [columns, width] = [this.#columns, this.#columns + 1];
    const entry = (row: number): number => entries[row * width + column] as number;
    let rows = Array.from(basic.keys()).filter((row) => entry(row) > smallestPivot);
    const keepLeast = (value: (row: number) => number): void => {
      const ratios = rows.map((row) => value(row) / entry(row));
      const least = Math.min(...ratios) + tieTolerance;
      rows = rows.filter((_, at) => (ratios[at] as number) <= least);
    };
    keepLeast((row) => entries[row * width + columns] as number);
    for (let slack = columns; rows.length > 1 && slack < columns + this.#rows; slack++) {
      const place = nonbasic.indexOf(slack);
      if (place === column) continue;
      if (place === -1) keepLeast((row) => (basic[row] === slack ? 1 : 0));
      else keepLeast((row) => entries[row * width + place] as number);
    }
    return rows[0] as number;
  }

  /** Computes a basis' dictionary from the beginning, by the largest pivots. */
  #rebuild(basis: Basis): void {
    const [rows, columns, width] = [this.#rows, this.#columns, this.#columns + 1];
    const rowVariable = Array.from({ length: rows }, (_, row) => columns + row);
    const columnVariable = Array.from({ length: columns }, (_, column) => column);
    const entering = new Set([...basis.basic].filter((variable) => variable < columns));
    const leaving = new Set([...basis.nonbasic].filter((variable) => variable >= columns));
    let entries: Float64Array = this.#originEntries();
    let spare: Float64Array = new Float64Array(entries.length);
    while (entering.size > 0) {
      let [row, column, largest] = [-1, -1, -1];
      for (let i = 0; i < rows; i++) {
        if (!leaving.has(rowVariable[i] as number)) continue;
        for (let j = 0; j < columns; j++) {
          const size = Math.abs(entries[i * width + j] as number);
          if (size > largest && entering.has(columnVariable[j] as number)) [row, column, largest] = [i, j, size];
        }
      }
      pivot(entries, spare, row, column, rows, width);
      [entries, spare] = [spare, entries];
      const variable = columnVariable[column] as number;
      entering.delete(variable);
      leaving.delete(rowVariable[row] as number);
      columnVariable[column] = rowVariable[row] as number;
      rowVariable[row] = variable;
    }
    if (basis.entries.length === 0) basis.entries = spare;
    for (let row = 0; row < rows; row++) {
      const from = rowVariable.indexOf(basis.basic[row] as number) * width;
      for (let column = 0; column < columns; column++) {
        const place = columnVariable.indexOf(basis.nonbasic[column] as number);
        basis.entries[row * width + column] = entries[from + place] as number;
      }
      basis.entries[row * width + columns] = entries[from + columns] as number;
    }
    basis.filled = true;
  }

  /** Whether an error bound proves the vertex feasible, strictly where it is not tight. */
  #isCertified({ entries, basic, nonbasic }: Basis): boolean {
    const [columns, width] = [this.#columns, this.#columns + 1];
    const [support, tight, inverse, point] = [this.#support, this.#tight, this.#inverse, this.#point];
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
      if (!tight.includes(row)) return false;
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
        equations[t * size + at] = entry;
        product += entry * (point[at] as number);
        absolute += entry * Math.abs(point[at] as number);
        entriesSum += entry;
      }
      residual = Math.max(residual, Math.abs(1 - product));
      weight = Math.max(weight, absolute);
      rowSum = Math.max(rowSum, entriesSum);
    }
    let [alpha, norm] = [0, 0];
    for (let i = 0; i < size; i++) {
      let [distance, length] = [0, 0];
      for (let t = 0; t < size; t++) length += Math.abs(inverse[i * size + t] as number);
      for (let j = 0; j < size; j++) {
        let product = i === j ? -1 : 0;
        for (let t = 0; t < size; t++) {
          product += (inverse[i * size + t] as number) * (equations[t * size + j] as number);
        }
        distance += Math.abs(product);
      }
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
    const equations = tight.map((row) => support.map((column) => (matrix[row] as readonly bigint[])[column] as bigint));
    const solved = solveForOnes(equations);
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
    if (also.length + absent.length > 0 && !this.#isLexicographicallyFeasible(equations, also, absent))
      return undefined;
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
  #isLexicographicallyFeasible(
    equations: readonly (readonly bigint[])[],
    also: readonly number[],
    absent: readonly number[],
  ): boolean {
    const [support, tight, matrix] = [this.#support, this.#tight, this.#matrix];
    const inverse = inverseOf(equations);
    const byRow = tight.map((row, t) => ({ row, t })).sort((a, b) => a.row - b.row);
    const coordinates = absent.every((place) => {
      const first = byRow.find(({ t }) => inverse[t]?.[place] !== 0n);
      return first !== undefined && (inverse[first.t]?.[place] as bigint) > 0n;
    });
    return (
      coordinates &&
      also.every((row) => {
        const own = matrix[row] as readonly bigint[];
        for (const { row: other, t } of byRow) {
          if (other > row) return true;
          let change = 0n;
          support.forEach((column, place) => {
            change -= (own[column] as bigint) * (inverse[t]?.[place] as bigint);
          });
          if (change !== 0n) return change > 0n;
        }
        return true;
      })
    );
  }
}

/** Writes the dictionary after an exchange into `target`. */
function pivot(
  source: Float64Array,
  target: Float64Array,
  row: number,
  column: number,
  rows: number,
  width: number,
): void {
  const base = row * width;
  const inverse = 1 / (source[base + column] as number);
  for (let at = base; at < base + width; at++) target[at] = (source[at] as number) * inverse;
  target[base + column] = inverse;
  for (let other = 0, from = 0; other < rows; other++, from += width) {
    if (other === row) continue;
    const factor = source[from + column] as number;
    for (let j = 0; j < width; j++) {
      target[from + j] = (source[from + j] as number) - factor * (target[base + j] as number);
    }
    target[from + column] = -factor * inverse;
  }
}

type Exchange = (key: Key, leaving: number, entering: number) => Key;

const withDoubles: Exchange = (key, leaving, entering) => (key as number) + 2 ** entering - 2 ** leaving;
const withBits: Exchange = (key, leaving, entering) =>
  (key as bigint) + (1n << BigInt(entering)) - (1n << BigInt(leaving));
const powers: Float64Array = Float64Array.from({ length: 31 }, (_, at) => 2 ** at);
const withPowers: Exchange = (key, leaving, entering) =>
  (key as number) + (powers[entering] as number) - (powers[leaving] as number);

/** Keys for so many variables: doubles as long as their bits suffice. */
function keysFor(variables: number): Exchange {
  if (variables <= powers.length) return withPowers;
  return variables <= 52 ? withDoubles : withBits;
}
