/*
 * A walk from basis to basis along the edges of a polytope { x >= 0 : A x <= 1 }, in doubles: depth first, so that only the way from the origin
 * has to be known. A step back exchanges the same two variables again. Dictionaries of the last steps are kept; those further back are computed
 * anew where the walk branches off there.
 */
import type { ScaledMatrix } from './scaled-matrix.ts';
import { type BasisKey, VisitedBases } from './visited-bases.ts';

/** Whether a step led to a basis not met before, or there are no more, or doubles found no way on. */
export type WalkStep = 'arrived' | 'all' | 'astray';

/** The numbers in dictionaries that are kept at a time: 512 KiB. */
const mostKept = 2 ** 16;
const smallestPivot = 1e-11;
const tieTolerance = 1e-10;
/** Of a right-hand side that counts as 0. */
const smallestRight = 1e-300;
/** At each depth: the row and the column of the exchange that led there, the next column to follow, and the row that leaves for each column. */
const [rowOfExchange, columnOfExchange, nextColumn, leavingRows] = [0, 1, 2, 3] as const;

/** Variables are numbered: coordinates from 0, then the slacks of the rows. */
export class BasisWalk {
  readonly basic: Int32Array;
  readonly nonbasic: Int32Array;
  /** The dictionary of the basis that a step arrived at, by rows, with the right-hand sides as the last column. */
  entries: Float64Array;
  readonly #scaled: ScaledMatrix;
  readonly #rows: number;
  readonly #columns: number;
  readonly #visited: VisitedBases;
  #key: BasisKey;
  #depth = 0;
  #trail: Int32Array;
  readonly #stride: number;
  readonly #best: Float64Array;
  readonly #threshold: Float64Array;
  readonly #tied: Uint8Array;
  /** Places for dictionaries, taken in turn, and the depth of the basis that each belongs to. */
  readonly #kept: Float64Array[] = [];
  readonly #owners: number[] = [];
  readonly #places: number;

  /** Begins at the origin. `kept` is how many dictionaries are kept: two or more. */
  constructor(scaled: ScaledMatrix, kept?: number) {
    const { rows, columns } = scaled;
    this.#scaled = scaled;
    this.#rows = rows;
    this.#columns = columns;
    this.basic = Int32Array.from({ length: rows }, (_, row) => columns + row);
    this.nonbasic = Int32Array.from({ length: columns }, (_, column) => column);
    this.#visited = new VisitedBases(rows + columns);
    this.#key = this.#visited.first(columns);
    this.#visited.add(this.#key);
    this.#stride = leavingRows + columns;
    this.#trail = new Int32Array(64 * this.#stride);
    this.#best = new Float64Array(columns);
    this.#threshold = new Float64Array(columns);
    this.#tied = new Uint8Array(columns);
    this.#places = kept ?? Math.max(2, Math.floor(mostKept / (rows * (columns + 1))));
    this.entries = this.#placeFor(0);
    this.entries.set(this.#originEntries());
    this.#trail[nextColumn] = -1;
  }

  step(): WalkStep {
    for (;;) {
      const base = this.#depth * this.#stride;
      if (this.#trail[base + nextColumn] === -1 && !this.#findLeavingRows(base)) return 'astray';
      const column = this.#followNext(base);
      if (column !== -1) {
        this.#advance(base, column);
        return 'arrived';
      }
      if (this.#depth === 0) return 'all';
      this.#exchange(this.#trail[base + rowOfExchange] as number, this.#trail[base + columnOfExchange] as number);
      this.#depth -= 1;
    }
  }

  /** The next column that leads to a basis not met before, which now is; -1 where all have been. */
  #followNext(base: number): number {
    const [trail, columns, visited] = [this.#trail, this.#columns, this.#visited];
    for (let column = trail[base + nextColumn] as number; column < columns; column++) {
      const leaving = this.basic[trail[base + leavingRows + column] as number] as number;
      if (!visited.add(visited.exchanged(this.#key, leaving, this.nonbasic[column] as number))) continue;
      trail[base + nextColumn] = column + 1;
      return column;
    }
    trail[base + nextColumn] = columns;
    return -1;
  }

  #advance(base: number, column: number): void {
    if (this.#owners[this.#depth % this.#places] !== this.#depth) {
      this.entries = this.#placeFor(this.#depth);
      this.rebuild();
    }
    const source = this.#kept[this.#depth % this.#places] as Float64Array;
    const row = this.#trail[base + leavingRows + column] as number;
    this.#depth += 1;
    this.entries = this.#placeFor(this.#depth);
    pivot(source, this.entries, row, column, this.#rows, this.#columns + 1);
    this.#exchange(row, column);
    const next = base + this.#stride;
    if (next === this.#trail.length) {
      const longer = new Int32Array(2 * next);
      longer.set(this.#trail);
      this.#trail = longer;
    }
    this.#trail[next + rowOfExchange] = row;
    this.#trail[next + columnOfExchange] = column;
    this.#trail[next + nextColumn] = -1;
  }

  #exchange(row: number, column: number): void {
    const { basic, nonbasic } = this;
    const [leaving, entering] = [basic[row] as number, nonbasic[column] as number];
    basic[row] = entering;
    nonbasic[column] = leaving;
    this.#key = this.#visited.exchanged(this.#key, leaving, entering);
  }

  /** The place for the dictionary of the basis at a depth. Whose it was has none from now on. */
  #placeFor(depth: number): Float64Array {
    const place = depth % this.#places;
    this.#owners[place] = depth;
    this.#kept[place] ??= new Float64Array(this.#rows * (this.#columns + 1));
    return this.#kept[place];
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

  /**
   * For every column, the row with the least ratio of right-hand side to entry; `false` where a column has none. Their inverses are compared: nearly
   * all entries are then dismissed by one comparison.
   */
  #findLeavingRows(base: number): boolean {
    const [rows, columns, trail, entries] = [this.#rows, this.#columns, this.#trail, this.entries];
    const [best, threshold, tied] = [this.#best, this.#threshold, this.#tied];
    const from = base + leavingRows;
    trail[base + nextColumn] = 0;
    trail.fill(-1, from, from + columns);
    threshold.fill(0);
    best.fill(0);
    tied.fill(0);
    for (let row = 0, at = 0; row < rows; row++, at++) {
      const inverse = 1 / Math.max(entries[at + columns] as number, smallestRight);
      for (let column = 0; column < columns; column++, at++) {
        const value = (entries[at] as number) * inverse;
        if (value <= (threshold[column] as number) || (entries[at] as number) <= smallestPivot) continue;
        const most = best[column] as number;
        tied[column] = value * (1 - tieTolerance * most) <= most ? 1 : 0;
        if (value <= most) continue;
        trail[from + column] = row;
        best[column] = value;
        // Ratios up to so much more count as equal.
        threshold[column] = value / (1 + tieTolerance * value);
      }
    }
    for (let column = 0; column < columns; column++) {
      if (tied[column] === 1) trail[from + column] = this.#lexicographicRow(column);
      if (trail[from + column] === -1) return false;
    }
    return true;
  }

  /** The row that leaves where several seem to tie, by the lexicographic rule as far as doubles can tell. */
  #lexicographicRow(column: number): number {
    const { entries, basic, nonbasic } = this;
    const [columns, width] = [this.#columns, this.#columns + 1];
    const entry = (row: number): number => entries[row * width + column] as number;
    const rowOf = new Int32Array(columns + this.#rows).fill(-1);
    for (const [row, variable] of basic.entries()) rowOf[variable] = row;
    /** Whether a row is among those that tie still, of which there are so many. */
    const isLeft = new Uint8Array(this.#rows);
    for (let row = 0; row < this.#rows; row++) isLeft[row] = entry(row) > smallestPivot ? 1 : 0;
    let left = this.#rows;
    const keepLeast = (place: number): void => {
      const ratio = (row: number): number => (entries[row * width + place] as number) / entry(row);
      let least = Infinity;
      for (let row = 0; row < this.#rows; row++) if (isLeft[row] === 1) least = Math.min(least, ratio(row));
      left = 0;
      for (let row = 0; row < this.#rows; row++) {
        if (isLeft[row] === 1 && !(ratio(row) <= least + tieTolerance)) isLeft[row] = 0;
        left += isLeft[row] as number;
      }
    };
    keepLeast(columns);
    for (let slack = columns; left > 1 && slack < columns + this.#rows; slack++) {
      const row = rowOf[slack] as number;
      if (row === -1) {
        const place = nonbasic.indexOf(slack);
        if (place !== column) keepLeast(place);
      } else if (isLeft[row] === 1) {
        // A basic variable's column is 1 in its own row and 0 elsewhere.
        isLeft[row] = 0;
        left -= 1;
      }
    }
    return isLeft.indexOf(1);
  }

  /** Computes the dictionary of the present basis from the beginning, by the largest pivots. */
  rebuild(): void {
    const [rows, columns, width] = [this.#rows, this.#columns, this.#columns + 1];
    const { basic, nonbasic } = this;
    const rowVariable = Array.from({ length: rows }, (_, row) => columns + row);
    const columnVariable = Array.from({ length: columns }, (_, column) => column);
    const entering = new Set(basic.filter((variable) => variable < columns));
    const leaving = new Set(nonbasic.filter((variable) => variable >= columns));
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
    for (let row = 0; row < rows; row++) {
      const from = rowVariable.indexOf(basic[row] as number) * width;
      for (let column = 0; column < columns; column++) {
        const place = columnVariable.indexOf(nonbasic[column] as number);
        this.entries[row * width + column] = entries[from + place] as number;
      }
      this.entries[row * width + columns] = entries[from + columns] as number;
    }
  }
}

/**
 * Writes the dictionary after an exchange into `target`. The rank-one table of numerics works in place, so it would take a copy before and one
 * after: measured at 1.3 to 1.4 times as long for 6 to 14 strategies.
 */
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
