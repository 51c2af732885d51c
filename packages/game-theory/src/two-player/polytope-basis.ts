/*
 * A basis of a polytope { x >= 0 : A x <= 1 } in doubles, kept by the inverse of its core: of the columns in the basis and the rows that are
 * tight, as many. A step costs rows · core + core², where a tableau costs rows · columns; equilibria of large random games have small cores.
 */
import { invertMatrix } from '@mechane/numerics';

/** How close two ratios are that count as equal. */
const tieTolerance = 1e-12;
const smallestPivot = 1e-10;
/** The room that is made for the core at first. */
const smallestCore = 16;
/** Steps after which the point is computed anew from the inverse. */
const refreshment = 40;
/** By how much tight rows may miss 1 before the inverse is computed anew. */
const drift = 1e-9;

/** Variables are numbered: coordinates from 0, then the slacks of the rows. */
export class PolytopeBasis {
  readonly rows: number;
  readonly columns: number;
  readonly #columnOf: (column: number) => Float64Array;
  /** The matrix' columns that are in the basis, in the order of the support. */
  readonly #supportColumns: Float64Array[] = [];
  /** The inverse of the core: a row for each column in the basis, a column for each tight row. It grows with the core. */
  #inverse: Float64Array;
  #stride: number;
  /** The columns in the basis and the tight rows, in the order of the inverse. */
  readonly support: number[] = [];
  readonly tight: number[] = [];
  /** Where a variable stands in the inverse; -1 where it does not. */
  readonly #place: Int32Array;
  readonly #point: Float64Array;
  readonly #slack: Float64Array;
  /** How basic coordinates and slacks change, in the negative, as the entering variable grows. */
  readonly #pointChange: Float64Array;
  readonly #slackChange: Float64Array;
  readonly #row: Float64Array;
  #age = 0;

  /** Begins at the origin. Columns are positive; one is asked for whenever it enters the basis. */
  constructor(columnOf: (column: number) => Float64Array, rows: number, columns: number) {
    const most = Math.min(rows, columns) + 1;
    this.rows = rows;
    this.columns = columns;
    this.#columnOf = columnOf;
    this.#stride = Math.min(most, smallestCore);
    this.#inverse = new Float64Array(this.#stride ** 2);
    this.#place = new Int32Array(rows + columns).fill(-1);
    this.#point = new Float64Array(most);
    this.#slack = new Float64Array(rows).fill(1);
    this.#pointChange = new Float64Array(most);
    this.#slackChange = new Float64Array(rows);
    this.#row = new Float64Array(most);
  }

  /** Lets a variable enter the basis, and returns the one that leaves; -1 where nothing limits it. */
  enter(entering: number): number {
    const column = entering < this.columns ? this.#columnOf(entering) : undefined;
    this.#findChange(entering, column);
    const leaving = this.#leavingVariable();
    if (leaving === -1) return -1;
    this.#inverseRow(leaving);
    this.#exchange(entering, leaving, column);
    this.#age += 1;
    if (this.#age % refreshment === 0) this.refresh();
    return leaving;
  }

  /** The coordinates of the vertex, as a new array. */
  coordinates(): Float64Array {
    const all = new Float64Array(this.columns);
    this.support.forEach((column, place) => {
      all[column] = Math.max(0, this.#point[place] as number);
    });
    return all;
  }

  /** Computes the vertex anew from the inverse, and the inverse from the matrix where that shows it to be off. */
  refresh(): void {
    if (this.#computePoint() <= drift) return;
    this.#invert();
    this.#computePoint();
  }

  #findChange(entering: number, entries: Float64Array | undefined): void {
    const { support, tight, rows } = this;
    const [inverse, stride] = [this.#inverse, this.#stride];
    const [pointChange, slackChange] = [this.#pointChange, this.#slackChange];
    const size = support.length;
    if (entries !== undefined) {
      const column = this.#row;
      for (let t = 0; t < size; t++) column[t] = entries[tight[t] as number] as number;
      for (let i = 0; i < size; i++) pointChange[i] = product(inverse, i * stride, column, size);
      slackChange.set(entries);
    } else {
      const place = this.#place[entering] as number;
      for (let i = 0; i < size; i++) pointChange[i] = inverse[i * stride + place] as number;
      slackChange.fill(0);
    }
    subtractColumns(slackChange, this.#supportColumns, pointChange, rows);
  }

  #leavingVariable(): number {
    const { support, rows, columns } = this;
    let least = Infinity;
    const size = support.length;
    const [point, slack, pointChange, slackChange, place] = [
      this.#point,
      this.#slack,
      this.#pointChange,
      this.#slackChange,
      this.#place,
    ];
    let [best, tied] = [-1, false];
    for (let i = 0; i < size; i++) {
      const change = pointChange[i] as number;
      if (change <= smallestPivot) continue;
      const ratio = (point[i] as number) / change;
      if (ratio > least + tieTolerance) continue;
      tied = ratio >= least - tieTolerance;
      least = Math.min(least, ratio);
      best = support[i] as number;
    }
    for (let row = 0; row < rows; row++) {
      const change = slackChange[row] as number;
      if (change <= smallestPivot) continue;
      const ratio = (slack[row] as number) / change;
      if (ratio > least + tieTolerance || place[columns + row] !== -1) continue;
      tied = ratio >= least - tieTolerance;
      least = Math.min(least, ratio);
      best = columns + row;
    }
    return tied ? this.#lexicographic(least) : best;
  }

  /** Of the variables whose ratios are least, the one that the lexicographic rule chooses, as far as doubles can tell. */
  #lexicographic(least: number): number {
    const { support, tight, rows, columns } = this;
    const candidates: { readonly variable: number; readonly change: number; readonly row: Float64Array }[] = [];
    const add = (variable: number, amount: number, change: number): void => {
      if (change <= smallestPivot || amount / change > least + tieTolerance) return;
      const row = new Float64Array(rows);
      this.#inverseRow(variable);
      tight.forEach((constraint, t) => {
        row[constraint] = this.#row[t] as number;
      });
      if (variable >= columns) row[variable - columns] = 1;
      candidates.push({ variable, change, row });
    };
    support.forEach((column, i) => {
      add(column, this.#point[i] as number, this.#pointChange[i] as number);
    });
    for (let row = 0; row < rows; row++) {
      if (this.#place[columns + row] !== -1) continue;
      add(columns + row, this.#slack[row] as number, this.#slackChange[row] as number);
    }
    let left = candidates;
    for (let at = 0; at < rows && left.length > 1; at++) {
      const ratios = left.map(({ row, change }) => (row[at] as number) / change);
      const lowest = Math.min(...ratios) + 1e-10;
      left = left.filter((_, index) => (ratios[index] as number) <= lowest);
    }
    return (left[0] as (typeof left)[number]).variable;
  }

  /** Writes the row of a basic variable over the tight rows into the scratch row. */
  #inverseRow(variable: number): void {
    const { support, columns } = this;
    const [inverse, stride, row] = [this.#inverse, this.#stride, this.#row];
    const size = support.length;
    if (variable < columns) {
      const base = (this.#place[variable] as number) * stride;
      for (let t = 0; t < size; t++) row[t] = inverse[base + t] as number;
      return;
    }
    row.fill(0, 0, size);
    const constraint = variable - columns;
    for (let i = 0; i < size; i++) {
      const entry = (this.#supportColumns[i] as Float64Array)[constraint] as number;
      const base = i * stride;
      for (let t = 0; t < size; t++) row[t] = (row[t] as number) - entry * (inverse[base + t] as number);
    }
  }

  /** Doubles the room for the core. */
  #grow(): void {
    const [inverse, stride] = [this.#inverse, this.#stride];
    this.#stride = 2 * stride;
    this.#inverse = new Float64Array(this.#stride ** 2);
    for (let row = 0; row < stride; row++) {
      this.#inverse.set(inverse.subarray(row * stride, (row + 1) * stride), row * this.#stride);
    }
  }

  #exchange(entering: number, leaving: number, column: Float64Array | undefined): void {
    if (this.support.length === this.#stride) this.#grow();
    const { support, tight, rows, columns } = this;
    const [inverse, stride, point, slack, place] = [this.#inverse, this.#stride, this.#point, this.#slack, this.#place];
    const [pointChange, slackChange, leavingRow] = [this.#pointChange, this.#slackChange, this.#row];
    const size = support.length;
    const leavingPlace = place[leaving] as number;
    const enteringPlace = place[entering] as number;
    const pivot = (leaving < columns ? pointChange[leavingPlace] : slackChange[leaving - columns]) as number;
    const amount = (leaving < columns ? point[leavingPlace] : slack[leaving - columns]) as number;
    const step = Math.max(0, amount) / pivot;
    for (let i = 0; i < size; i++) point[i] = (point[i] as number) - step * (pointChange[i] as number);
    for (let row = 0; row < rows; row++) slack[row] = (slack[row] as number) - step * (slackChange[row] as number);
    // Every other row of the inverse loses its share of the leaving variable's.
    for (let i = 0; i < size; i++) {
      if (i === leavingPlace && leaving < columns) continue;
      const factor = (pointChange[i] as number) / pivot;
      if (factor === 0) continue;
      const base = i * stride;
      for (let t = 0; t < size; t++) {
        inverse[base + t] = (inverse[base + t] as number) - factor * (leavingRow[t] as number);
      }
    }
    if (leaving < columns) {
      if (column !== undefined) {
        // A column takes the place of another.
        const base = leavingPlace * stride;
        for (let t = 0; t < size; t++) inverse[base + t] = (leavingRow[t] as number) / pivot;
        support[leavingPlace] = entering;
        this.#supportColumns[leavingPlace] = column;
        place[entering] = leavingPlace;
        point[leavingPlace] = step;
      } else {
        this.#shrink(leavingPlace, enteringPlace);
        place[entering] = -1;
        slack[entering - columns] = step;
      }
      place[leaving] = -1;
      return;
    }
    const tightRow = leaving - columns;
    if (column !== undefined) {
      // The core grows by a row and a column.
      const base = size * stride;
      for (let t = 0; t < size; t++) inverse[base + t] = (leavingRow[t] as number) / pivot;
      for (let i = 0; i < size; i++) inverse[i * stride + size] = -(pointChange[i] as number) / pivot;
      inverse[base + size] = 1 / pivot;
      support.push(entering);
      this.#supportColumns.push(column);
      tight.push(tightRow);
      place[entering] = size;
      place[leaving] = size;
      point[size] = step;
    } else {
      // A row takes the place of another.
      for (let i = 0; i < size; i++) inverse[i * stride + enteringPlace] = -(pointChange[i] as number) / pivot;
      tight[enteringPlace] = tightRow;
      place[leaving] = enteringPlace;
      place[entering] = -1;
      slack[entering - columns] = step;
    }
    slack[tightRow] = 0;
  }

  /** Takes a row and a column out of the inverse, putting the last ones in their place. */
  #shrink(row: number, column: number): void {
    const { support, tight, columns } = this;
    const [inverse, stride, point, place] = [this.#inverse, this.#stride, this.#point, this.#place];
    const last = support.length - 1;
    inverse.copyWithin(row * stride, last * stride, last * stride + last + 1);
    point[row] = point[last] as number;
    support[row] = support[last] as number;
    place[support[row] as number] = row;
    support.pop();
    const lastColumn = this.#supportColumns.pop() as Float64Array;
    if (row < last) this.#supportColumns[row] = lastColumn;
    for (let i = 0; i < last; i++) inverse[i * stride + column] = inverse[i * stride + last] as number;
    tight[column] = tight[last] as number;
    place[columns + (tight[column] as number)] = column;
    tight.pop();
  }

  /** The point and the slacks from the inverse; returns by how much a tight row misses 1 at most. */
  #computePoint(): number {
    const { support, tight, rows } = this;
    const size = support.length;
    const [point, slack] = [this.#point, this.#slack];
    for (let i = 0; i < size; i++) {
      let value = 0;
      for (let t = 0; t < size; t++) value += this.#inverse[i * this.#stride + t] as number;
      point[i] = value;
    }
    slack.fill(1);
    subtractColumns(slack, this.#supportColumns, point, rows);
    let worst = 0;
    for (const row of tight) {
      worst = Math.max(worst, Math.abs(slack[row] as number));
      slack[row] = 0;
    }
    return worst;
  }

  /** The inverse anew, from the matrix. Where that is singular, as far as doubles can tell, the inverse stays. */
  #invert(): void {
    const { support, tight } = this;
    const [inverse, stride] = [this.#inverse, this.#stride];
    const size = support.length;
    const core = new Float64Array(size * size);
    this.#supportColumns.forEach((column, i) => {
      tight.forEach((row, t) => {
        core[t * size + i] = column[row] as number;
      });
    });
    const anew = invertMatrix(core, size, 0);
    if (anew === undefined) return;
    for (let i = 0; i < size; i++) inverse.set(anew.subarray(i * size, (i + 1) * size), i * stride);
  }
}

/** The product of a row of a matrix with a vector. Four sums at a time do not wait for each other: that took a third of the time. */
function product(matrix: Float64Array, from: number, vector: Float64Array, size: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let t = 0;
  for (; t + 3 < size; t += 4) {
    a += (matrix[from + t] as number) * (vector[t] as number);
    b += (matrix[from + t + 1] as number) * (vector[t + 1] as number);
    c += (matrix[from + t + 2] as number) * (vector[t + 2] as number);
    d += (matrix[from + t + 3] as number) * (vector[t + 3] as number);
  }
  for (; t < size; t++) a += (matrix[from + t] as number) * (vector[t] as number);
  return a + b + (c + d);
}

/** target -= Σ factors[i] · columns[i], four columns at a time: reading the target once for four took half of the time. */
function subtractColumns(
  target: Float64Array,
  columns: readonly Float64Array[],
  factors: Float64Array,
  rows: number,
): void {
  const size = columns.length;
  let i = 0;
  for (; i + 3 < size; i += 4) {
    const a = columns[i] as Float64Array;
    const b = columns[i + 1] as Float64Array;
    const c = columns[i + 2] as Float64Array;
    const d = columns[i + 3] as Float64Array;
    const p = factors[i] as number;
    const q = factors[i + 1] as number;
    const r = factors[i + 2] as number;
    const s = factors[i + 3] as number;
    for (let row = 0; row < rows; row++) {
      target[row] =
        (target[row] as number) -
        (p * (a[row] as number) + q * (b[row] as number)) -
        (r * (c[row] as number) + s * (d[row] as number));
    }
  }
  for (; i < size; i++) {
    const column = columns[i] as Float64Array;
    const factor = factors[i] as number;
    for (let row = 0; row < rows; row++) target[row] = (target[row] as number) - factor * (column[row] as number);
  }
}
