/*
 * The vertices of a best-response polytope { x >= 0 : A x <= 1 }, found with doubles and proved with doubles. A walk from vertex to vertex along
 * edges needs no exact numbers; that it has seen all of them is proved afterwards: where every vertex it met is feasible, strictly in
 * all constraints that are not tight, the polytope is simple there, each of its edges at that vertex was walked, and since the graph of
 * a polytope is connected, there are no others. Strict feasibility is shown by an error bound for the solution of the tight equations
 * (Rump 2010, "Verification methods", section 10). Where the bound does not decide, the equations are solved in integers; where the
 * polytope turns out not to be simple, the walk gives up, and lexicographic pivoting in integers takes over.
 */
import type { IntegerMatrix } from './bimatrix.ts';
import { solveForOnes } from './square-system.ts';

/** A vertex: its support, and the constraints that are tight, as many. */
export interface Vertex {
  readonly support: readonly number[];
  readonly tight: readonly number[];
}

/** Why the walk ended: it has proved to have seen all vertices, or it met one where the polytope is not simple. */
export type WalkEnd = 'all' | 'not-simple';

/** A key made of a vertex' basis by adding and taking away powers of two. */
type Key = number | bigint;

interface Dictionary {
  readonly entries: Float64Array;
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
}

interface Pending {
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
  readonly key: Key;
  /** Absent when too many wait: then it is computed anew. */
  readonly entries: Float64Array | undefined;
}

const mostWaiting = 20_000;
const roundOff = 2 ** -53;
/** Below, relative to the largest entry, doubles are not tried: underflow would void the bounds. */
const smallestEntry = 2 ** -200;

export class CertifiedWalk {
  readonly #matrix: IntegerMatrix;
  /** The matrix as doubles, by rows, scaled to be at most 1: each within one unit in the last place. */
  readonly #doubles: Float64Array;
  readonly #rows: number;
  readonly #columns: number;
  /** Bounds the relative error of a sum of as many products as there are rows or columns, the matrix' own rounding included. */
  readonly #gamma: number;
  readonly #inverse: Float64Array;
  readonly #point: Float64Array;

  constructor(matrix: IntegerMatrix) {
    this.#matrix = matrix;
    this.#rows = matrix.length;
    this.#columns = (matrix[0] as readonly bigint[]).length;
    this.#doubles = scaled(matrix);
    this.#gamma = 2 * (this.#rows + this.#columns + 8) * roundOff;
    const most = Math.min(this.#rows, this.#columns);
    this.#inverse = new Float64Array(most * most);
    this.#point = new Float64Array(most);
  }

  /** All vertices but the origin, in turn. */
  *vertices(): Generator<Vertex, WalkEnd, void> {
    const [rows, columns] = [this.#rows, this.#columns];
    if (this.#doubles.some((entry) => entry < smallestEntry)) return 'not-simple';
    const exchange = keysFor(rows + columns);
    const origin: Pending = {
      basic: Int32Array.from({ length: rows }, (_, row) => columns + row),
      nonbasic: Int32Array.from({ length: columns }, (_, column) => column),
      key: exchange.origin,
      entries: this.#originEntries(),
    };
    const seen = new Set<Key>([origin.key]);
    const waiting: Pending[] = [origin];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      let dictionary: Dictionary = {
        basic: next.basic,
        nonbasic: next.nonbasic,
        entries: next.entries ?? this.#rebuilt(next),
      };
      const vertex = this.#vertexOf(next);
      if (vertex.support.length > 0) {
        let proved = this.#isCertified(dictionary, vertex);
        if (!proved && next.entries !== undefined) {
          dictionary = { ...dictionary, entries: this.#rebuilt(next) };
          proved = this.#isCertified(dictionary, vertex);
        }
        if (!proved && !this.#isStrict(vertex)) return 'not-simple';
        yield vertex;
      }
      for (let column = 0; column < columns; column++) {
        const row = this.#leavingRow(dictionary.entries, column);
        if (row === -1) return 'not-simple';
        const entering = next.nonbasic[column] as number;
        const leaving = next.basic[row] as number;
        const key = exchange.exchanged(next.key, leaving, entering);
        if (seen.has(key)) continue;
        seen.add(key);
        const basic = next.basic.slice();
        const nonbasic = next.nonbasic.slice();
        basic[row] = entering;
        nonbasic[column] = leaving;
        const entries = waiting.length < mostWaiting ? this.#pivoted(dictionary.entries, row, column) : undefined;
        waiting.push({ basic, nonbasic, key, entries });
      }
    }
    return 'all';
  }

  #vertexOf({ basic, nonbasic }: Pending): Vertex {
    const columns = this.#columns;
    const support: number[] = [];
    const tight: number[] = [];
    for (const variable of basic) if (variable < columns) support.push(variable);
    for (const variable of nonbasic) if (variable >= columns) tight.push(variable - columns);
    return { support, tight };
  }

  #originEntries(): Float64Array {
    const [rows, columns, width] = [this.#rows, this.#columns, this.#columns + 1];
    const entries = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        entries[row * width + column] = this.#doubles[row * columns + column] as number;
      }
      entries[row * width + columns] = 1;
    }
    return entries;
  }

  #leavingRow(entries: Float64Array, column: number): number {
    const width = this.#columns + 1;
    let [best, least] = [-1, Infinity];
    for (let row = 0, at = 0; row < this.#rows; row++, at += width) {
      const entry = entries[at + column] as number;
      if (entry <= 1e-11) continue;
      const ratio = (entries[at + width - 1] as number) / entry;
      if (ratio < least) [best, least] = [row, ratio];
    }
    return best;
  }

  #pivoted(source: Float64Array, row: number, column: number): Float64Array {
    const width = this.#columns + 1;
    const entries = new Float64Array(source.length);
    const base = row * width;
    const inverse = 1 / (source[base + column] as number);
    for (let at = base; at < base + width; at++) entries[at] = (source[at] as number) * inverse;
    entries[base + column] = inverse;
    for (let other = 0, from = 0; other < this.#rows; other++, from += width) {
      if (other === row) continue;
      const factor = source[from + column] as number;
      for (let j = 0; j < width; j++) {
        entries[from + j] = (source[from + j] as number) - factor * (entries[base + j] as number);
      }
      entries[from + column] = -factor * inverse;
    }
    return entries;
  }

  /** The dictionary of a basis from the beginning, by the largest pivots. Its rows and columns are put in the order that is given. */
  #rebuilt({ basic, nonbasic }: Pick<Pending, 'basic' | 'nonbasic'>): Float64Array {
    const [rows, columns, width] = [this.#rows, this.#columns, this.#columns + 1];
    const rowVariable = Array.from({ length: rows }, (_, row) => columns + row);
    const columnVariable = Array.from({ length: columns }, (_, column) => column);
    const entering = new Set([...basic].filter((variable) => variable < columns));
    const leaving = new Set([...nonbasic].filter((variable) => variable >= columns));
    let entries = this.#originEntries();
    while (entering.size > 0) {
      let [row, column, largest] = [-1, -1, -1];
      for (let i = 0; i < rows; i++) {
        if (!leaving.has(rowVariable[i] as number)) continue;
        for (let j = 0; j < columns; j++) {
          const size = Math.abs(entries[i * width + j] as number);
          if (size > largest && entering.has(columnVariable[j] as number)) [row, column, largest] = [i, j, size];
        }
      }
      entries = this.#pivoted(entries, row, column);
      const variable = columnVariable[column] as number;
      entering.delete(variable);
      leaving.delete(rowVariable[row] as number);
      columnVariable[column] = rowVariable[row] as number;
      rowVariable[row] = variable;
    }
    const ordered = new Float64Array(entries.length);
    for (let row = 0; row < rows; row++) {
      const from = rowVariable.indexOf(basic[row] as number) * width;
      for (let column = 0; column < columns; column++) {
        const place = columnVariable.indexOf(nonbasic[column] as number);
        ordered[row * width + column] = entries[from + place] as number;
      }
      ordered[row * width + columns] = entries[from + columns] as number;
    }
    return ordered;
  }

  /** Whether an error bound proves the vertex feasible, strictly where it is not tight. */
  #isCertified({ entries, basic, nonbasic }: Dictionary, { support, tight }: Vertex): boolean {
    const [columns, width] = [this.#columns, this.#columns + 1];
    const size = support.length;
    const [inverse, point] = [this.#inverse, this.#point];
    let filled = 0;
    for (let row = 0; row < basic.length; row++) {
      if ((basic[row] as number) >= columns) continue;
      let place = filled * size;
      for (let column = 0; column < columns; column++) {
        if ((nonbasic[column] as number) >= columns) inverse[place++] = entries[row * width + column] as number;
      }
      point[filled++] = entries[row * width + columns] as number;
    }
    const error = this.#errorBound(inverse, point, support, tight);
    if (!(error < Infinity)) return false;
    for (let at = 0; at < size; at++) if (!((point[at] as number) > error)) return false;
    return this.#isSlackElsewhere(point, error, support, tight);
  }

  /**
   * How far the solution of `matrix[tight][support] · x = 1` is from `point` in any coordinate at most, given an approximate inverse: with
   * α ≥ |I - R M| and r the residual, |R| |r| / (1 - α). Infinite when α is not below 1.
   */
  #errorBound(
    inverse: Float64Array,
    point: Float64Array,
    support: readonly number[],
    tight: readonly number[],
  ): number {
    const [doubles, columns, gamma, size] = [this.#doubles, this.#columns, this.#gamma, support.length];
    let [residual, weight, rowSum] = [0, 0, 0];
    for (const row of tight) {
      let [product, absolute, entriesSum] = [0, 0, 0];
      for (let at = 0; at < size; at++) {
        const entry = doubles[row * columns + (support[at] as number)] as number;
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
        const column = support[j] as number;
        let product = i === j ? -1 : 0;
        for (let t = 0; t < size; t++) {
          product += (inverse[i * size + t] as number) * (doubles[(tight[t] as number) * columns + column] as number);
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

  #isSlackElsewhere(point: Float64Array, error: number, support: readonly number[], tight: readonly number[]): boolean {
    const [doubles, columns, gamma] = [this.#doubles, this.#columns, this.#gamma];
    for (let row = 0; row < this.#rows; row++) {
      let [product, entriesSum] = [0, 0];
      for (let at = 0; at < support.length; at++) {
        const entry = doubles[row * columns + (support[at] as number)] as number;
        product += entry * (point[at] as number);
        entriesSum += entry;
      }
      const slack = 1 - product;
      if (slack > 2 * (error * entriesSum + gamma * (1 + product))) continue;
      if (!tight.includes(row)) return false;
    }
    return true;
  }

  /** The same question answered in integers. */
  #isStrict({ support, tight }: Vertex): boolean {
    const entry = (row: number, column: number): bigint => (this.#matrix[row] as readonly bigint[])[column] as bigint;
    const solved = solveForOnes(tight.map((row) => support.map((column) => entry(row, column))));
    if (solved === undefined || solved.above.some((value) => value <= 0n)) return false;
    return this.#matrix.every((_, row) => {
      if (tight.includes(row)) return true;
      const product = support.reduce(
        (total, column, at) => total + entry(row, column) * (solved.above[at] as bigint),
        0n,
      );
      return product < solved.below;
    });
  }

  /**
   * Whether the point with a given support at which exactly given rows are tight certainly lies outside the polytope. `false` may mean
   * that it does not, or that doubles cannot tell.
   */
  isCertainlyOutside(support: readonly number[], tight: readonly number[]): boolean {
    const size = support.length;
    const inverse = this.#inverted(support, tight);
    if (inverse === undefined) return false;
    const point = this.#point;
    for (let i = 0; i < size; i++) {
      let value = 0;
      for (let t = 0; t < size; t++) value += inverse[i * size + t] as number;
      point[i] = value;
    }
    let least = 0;
    for (let i = 0; i < size; i++) least = Math.min(least, point[i] as number);
    const error = this.#errorBound(inverse, point, support, tight);
    if (least < -error) return true;
    const [doubles, columns, gamma] = [this.#doubles, this.#columns, this.#gamma];
    for (let row = 0; row < this.#rows; row++) {
      let [product, absolute, entriesSum] = [0, 0, 0];
      for (let at = 0; at < size; at++) {
        const entry = doubles[row * columns + (support[at] as number)] as number;
        product += entry * (point[at] as number);
        absolute += entry * Math.abs(point[at] as number);
        entriesSum += entry;
      }
      if (product - 1 > 2 * (error * entriesSum + gamma * (1 + absolute))) return true;
    }
    return false;
  }

  /** The approximate inverse of `matrix[tight][support]`, by Gauss–Jordan elimination with partial pivoting. */
  #inverted(support: readonly number[], tight: readonly number[]): Float64Array | undefined {
    const [doubles, columns, size] = [this.#doubles, this.#columns, support.length];
    const [work, result] = [new Float64Array(size * size), new Float64Array(size * size)];
    for (let t = 0; t < size; t++) {
      const from = (tight[t] as number) * columns;
      for (let i = 0; i < size; i++) work[t * size + i] = doubles[from + (support[i] as number)] as number;
      result[t * size + t] = 1;
    }
    for (let step = 0; step < size; step++) {
      let [at, largest] = [-1, 0];
      for (let row = step; row < size; row++) {
        const value = Math.abs(work[row * size + step] as number);
        if (value > largest) [at, largest] = [row, value];
      }
      if (at === -1) return undefined;
      if (at !== step) {
        swapRows(work, at, step, size);
        swapRows(result, at, step, size);
      }
      const scale = 1 / (work[step * size + step] as number);
      for (let j = 0; j < size; j++) {
        work[step * size + j] = (work[step * size + j] as number) * scale;
        result[step * size + j] = (result[step * size + j] as number) * scale;
      }
      for (let row = 0; row < size; row++) {
        const factor = work[row * size + step] as number;
        if (row === step || factor === 0) continue;
        for (let j = 0; j < size; j++) {
          work[row * size + j] = (work[row * size + j] as number) - factor * (work[step * size + j] as number);
          result[row * size + j] = (result[row * size + j] as number) - factor * (result[step * size + j] as number);
        }
      }
    }
    return result;
  }
}

function swapRows(matrix: Float64Array, one: number, two: number, size: number): void {
  const kept = matrix.slice(one * size, (one + 1) * size);
  matrix.copyWithin(one * size, two * size, (two + 1) * size);
  matrix.set(kept, two * size);
}

/** Positive integers over the largest of them. */
function scaled(matrix: IntegerMatrix): Float64Array {
  const flat = matrix.flat();
  const largest = flat.reduce((high, value) => (value > high ? value : high));
  // Beyond the safe integers a quotient of 62 bits is taken, which rounds less than a double does.
  if (largest <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return Float64Array.from(flat, (value) => Number(value) / Number(largest));
  }
  return Float64Array.from(flat, (value) => ratio(value, largest));
}

function ratio(above: bigint, below: bigint): number {
  const shift = BigInt(Math.max(0, 64 + 4 * (below.toString(16).length - above.toString(16).length)));
  return Number((above << shift) / below) / 2 ** Number(shift);
}

interface Keys {
  readonly origin: Key;
  exchanged(key: Key, leaving: number, entering: number): Key;
}

/** Keys for so many variables: a double as long as its bits suffice. */
function keysFor(variables: number): Keys {
  if (variables <= 52) {
    const powers = Array.from({ length: variables }, (_, at) => 2 ** at);
    return {
      origin: 0,
      exchanged: (key, leaving, entering) =>
        (key as number) + (powers[entering] as number) - (powers[leaving] as number),
    };
  }
  const powers = Array.from({ length: variables }, (_, at) => 1n << BigInt(at));
  return {
    origin: 0n,
    exchanged: (key, leaving, entering) => (key as bigint) + (powers[entering] as bigint) - (powers[leaving] as bigint),
  };
}
