/*
 * A basis as triangular factors and the columns that came in since: B = L·T₁·T₂…·U, all sparse. Most columns of a basis of a packing are
 * triangular already (Suhl and Suhl, "Computing sparse LU factorizations for large-scale linear programming bases", ORSA Journal on
 * Computing 2 (1990)); the rest is factored column by column (Gilbert and Peierls, 1988). An exchange at position p goes between the
 * factors, where it is sparser than after them: T = I + (s − U·eₚ)·rᵀ, where s is the column that comes in, solved as far as U, and r is
 * row p of U⁻¹ (the middle product form of Huangfu and Hall, "Novel update techniques for the revised simplex method", Computational
 * Optimization and Applications 60 (2015)). Rows and positions are both numbered by the order of pivots, so that every solve is one walk
 * up or down.
 */

/** A pivot must be no smaller than this share of the largest in its column. */
const threshold = 0.1;
const smallest = 1e-9;
const zero = 1e-14;
/** Exchanges after which factors are made anew, however sparse they are. */
const mostExchanges = 64;

/** Columns of ones: column `c` has them in `rows[starts[c]] … rows[starts[c + 1] - 1]`. */
export interface UnitColumns {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** Sparse vectors one after the other. */
class SparseVectors {
  readonly starts: number[] = [0];
  index: Int32Array;
  value: Float64Array;
  length = 0;

  constructor(room: number) {
    this.index = new Int32Array(room);
    this.value = new Float64Array(room);
  }

  add(index: number, value: number): void {
    if (this.length === this.index.length) {
      const index = new Int32Array(2 * this.length + 16);
      const value = new Float64Array(2 * this.length + 16);
      index.set(this.index);
      value.set(this.value);
      this.index = index;
      this.value = value;
    }
    this.index[this.length] = index;
    this.value[this.length] = value;
    this.length += 1;
  }

  /** Adds what is not zero, as a vector. */
  addAll(entries: Float64Array): void {
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] as number;
      if (entry > zero || entry < -zero) this.add(at, entry);
    }
    this.end();
  }

  end(): void {
    this.starts.push(this.length);
  }

  /** `vector · x + more`. */
  times(vector: number, x: Float64Array, more = 0): number {
    const { index, value } = this;
    let product = more;
    for (let at = this.starts[vector] as number, end = this.starts[vector + 1] as number; at < end; at++) {
      product += (x[index[at] as number] as number) * (value[at] as number);
    }
    return product;
  }

  /** `x -= by · vector`. */
  subtract(vector: number, by: number, x: Float64Array): void {
    const { index, value } = this;
    for (let at = this.starts[vector] as number, end = this.starts[vector + 1] as number; at < end; at++) {
      const row = index[at] as number;
      x[row] = (x[row] as number) - by * (value[at] as number);
    }
  }

  /** Forgets all after the first so many. */
  truncate(count: number): void {
    this.starts.length = count + 1;
    this.length = this.starts[count] as number;
  }
}

export class BasisFactors {
  readonly size: number;
  /** The column that each pivot is of; -1 where the row's slack had to stand in for a column that depends on others. */
  readonly columnOf: Int32Array;
  /** The row that each pivot is in. */
  readonly rowOf: Int32Array;
  /** The pivot in each row. */
  readonly pivotOf: Int32Array;
  readonly #lower: SparseVectors;
  readonly #upper: SparseVectors;
  readonly #upperByRow: SparseVectors;
  readonly #diagonal: Float64Array;
  /** The first pivot below which there is anything in L. */
  #firstLower: number;
  /** By exchange, s − U·eₚ and r. */
  readonly #spikes: SparseVectors;
  readonly #rows: SparseVectors;
  readonly #pivots: number[] = [];
  readonly #spike: Float64Array;
  readonly #row: Float64Array;

  constructor(size: number, columns: UnitColumns) {
    this.size = size;
    const entries = columns.starts[size] as number;
    this.columnOf = new Int32Array(size).fill(-1);
    this.rowOf = new Int32Array(size);
    this.pivotOf = new Int32Array(size).fill(-1);
    this.#lower = new SparseVectors(entries);
    this.#upper = new SparseVectors(2 * entries);
    this.#diagonal = new Float64Array(size).fill(1);
    this.#firstLower = size;
    this.#spikes = new SparseVectors(8 * size + 256);
    this.#rows = new SparseVectors(8 * size + 256);
    this.#spike = new Float64Array(size);
    this.#row = new Float64Array(size);
    this.#factor(columns);
    const { index } = this.#lower;
    for (let at = 0; at < this.#lower.length; at++) index[at] = this.pivotOf[index[at] as number] as number;
    this.#upperByRow = transposed(this.#upper, size);
  }

  /** How many columns were exchanged since. */
  get exchanges(): number {
    return this.#pivots.length;
  }

  /** Whether solving with all exchanges costs more than making factors anew would save. */
  get worn(): boolean {
    const further = this.#spikes.length + this.#rows.length;
    return this.exchanges >= mostExchanges || further > 2 * (this.#upper.length + this.#lower.length) + 6 * this.size;
  }

  /** Goes back to when so many columns had been exchanged. */
  backTo(exchanges: number): void {
    this.#spikes.truncate(exchanges);
    this.#rows.truncate(exchanges);
    this.#pivots.length = exchanges;
  }

  /** Solves B·x = a for the column a of what is to come in, as an exchange needs it. */
  solveEntering(x: Float64Array): void {
    this.#solveBefore(x);
    this.#spike.set(x.subarray(0, this.size));
    this.#solveUpper(x);
  }

  /** Solves B·x = a; `a` by row numbered as pivots, x by position, in place. */
  solve(x: Float64Array): void {
    this.#solveBefore(x);
    this.#solveUpper(x);
  }

  #solveBefore(x: Float64Array): void {
    const lower = this.#lower;
    for (let pivot = this.#firstLower; pivot < this.size; pivot++) {
      const by = x[pivot] as number;
      if (by !== 0) lower.subtract(pivot, by, x);
    }
    const [spikes, rows] = [this.#spikes, this.#rows];
    for (let exchange = 0; exchange < this.#pivots.length; exchange++) {
      const by = rows.times(exchange, x);
      if (by !== 0) spikes.subtract(exchange, by / (this.#pivots[exchange] as number), x);
    }
  }

  #solveUpper(x: Float64Array): void {
    for (let pivot = this.size - 1; pivot >= 0; pivot--) {
      const by = this.#divided(x, pivot);
      if (by !== 0) this.#upper.subtract(pivot, by, x);
    }
  }

  /** Divides by a diagonal entry of U; what rounding left over for nothing is 0. */
  #divided(x: Float64Array, pivot: number): number {
    const entry = x[pivot] as number;
    if (entry === 0) return 0;
    const by = entry > -zero && entry < zero ? 0 : entry / (this.#diagonal[pivot] as number);
    x[pivot] = by;
    return by;
  }

  /** Solves Bᵀ·y = eₚ for the position p that is to be left, as an exchange needs it. */
  solveLeaving(y: Float64Array): void {
    this.#solveUpperTransposed(y);
    this.#row.set(y.subarray(0, this.size));
    this.#solveAfter(y);
  }

  /** Solves Bᵀ·y = c; `c` by position, y by row numbered as pivots, in place. */
  solveTransposed(y: Float64Array): void {
    this.#solveUpperTransposed(y);
    this.#solveAfter(y);
  }

  #solveUpperTransposed(y: Float64Array): void {
    for (let pivot = 0; pivot < this.size; pivot++) {
      const by = this.#divided(y, pivot);
      if (by !== 0) this.#upperByRow.subtract(pivot, by, y);
    }
  }

  #solveAfter(y: Float64Array): void {
    const [spikes, rows] = [this.#spikes, this.#rows];
    for (let exchange = this.#pivots.length - 1; exchange >= 0; exchange--) {
      const by = spikes.times(exchange, y);
      if (by !== 0) rows.subtract(exchange, by / (this.#pivots[exchange] as number), y);
    }
    const lower = this.#lower;
    for (let pivot = this.size - 1; pivot >= this.#firstLower; pivot--) {
      y[pivot] = -lower.times(pivot, y, -(y[pivot] as number));
    }
  }

  /** Exchanges the column at a position, which was solved for last as leaving, for that last solved for as entering, which is this there. */
  exchange(position: number, pivot: number): void {
    const spike = this.#spike;
    this.#upper.subtract(position, 1, spike);
    spike[position] = (spike[position] as number) - (this.#diagonal[position] as number);
    this.#spikes.addAll(spike);
    this.#rows.addAll(this.#row);
    this.#pivots.push(pivot);
  }

  #factor({ starts, rows }: UnitColumns): void {
    const { size } = this;
    const open = new Int32Array(size);
    const byRow = rowsToColumns(size, starts, rows);
    const taken = new Uint8Array(size);
    let pivots = 0;
    const pivotAt = (row: number, column: number): void => {
      this.columnOf[pivots] = column;
      this.rowOf[pivots] = row;
      this.pivotOf[row] = pivots;
      taken[column] = 1;
      pivots += 1;
    };

    // Columns with a single row left, each of which may leave others so.
    const single: number[] = [];
    for (let column = 0; column < size; column++) {
      open[column] = (starts[column + 1] as number) - (starts[column] as number);
      if (open[column] === 1) single.push(column);
    }
    for (const column of single) {
      let row = -1;
      for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
        const pivot = this.pivotOf[rows[at] as number] as number;
        if (pivot < 0) row = rows[at] as number;
        else this.#upper.add(pivot, 1);
      }
      if (row < 0) {
        this.#upper.truncate(pivots);
        continue;
      }
      this.#upper.end();
      this.#lower.end();
      pivotAt(row, column);
      for (let at = byRow.starts[row] as number; at < (byRow.starts[row + 1] as number); at++) {
        const other = byRow.rows[at] as number;
        open[other] = (open[other] as number) - 1;
        if (open[other] === 1 && !taken[other]) single.push(other);
      }
    }
    this.#firstLower = pivots;

    // Rows with a single column left: nothing else changes when they go.
    const inRow = new Int32Array(size);
    const alone: number[] = [];
    for (let row = 0; row < size; row++) {
      if ((this.pivotOf[row] as number) >= 0) continue;
      for (let at = byRow.starts[row] as number; at < (byRow.starts[row + 1] as number); at++) {
        if (!taken[byRow.rows[at] as number]) inRow[row] = (inRow[row] as number) + 1;
      }
      if (inRow[row] === 1) alone.push(row);
    }
    for (const row of alone) {
      let column = -1;
      for (let at = byRow.starts[row] as number; at < (byRow.starts[row + 1] as number); at++) {
        if (!taken[byRow.rows[at] as number]) column = byRow.rows[at] as number;
      }
      if (column < 0) continue;
      for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
        const other = rows[at] as number;
        const pivot = this.pivotOf[other] as number;
        if (pivot >= 0) this.#upper.add(pivot, 1);
        else if (other !== row) {
          this.#lower.add(other, 1);
          inRow[other] = (inRow[other] as number) - 1;
          if (inRow[other] === 1) alone.push(other);
        }
      }
      this.#upper.end();
      this.#lower.end();
      pivotAt(row, column);
    }

    // What is left, the sparsest column first.
    const left: number[] = [];
    for (let column = 0; column < size; column++) if (!taken[column]) left.push(column);
    left.sort((a, b) => (open[a] as number) - (open[b] as number) || a - b);
    const work = new Float64Array(size);
    const isOpen: number[] = [];
    for (let row = 0; row < size; row++) if ((this.pivotOf[row] as number) < 0) isOpen.push(row);
    const firstOfKernel = pivots;
    for (const column of left) {
      for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) work[rows[at] as number] = 1;
      const { starts: lStarts, index: lIndex, value: lValue } = this.#lower;
      for (let pivot = firstOfKernel; pivot < pivots; pivot++) {
        const row = this.rowOf[pivot] as number;
        const by = work[row] as number;
        if (by === 0) continue;
        if (by > zero || by < -zero) this.#upper.add(pivot, by);
        work[row] = 0;
        for (let at = lStarts[pivot] as number, end = lStarts[pivot + 1] as number; at < end; at++) {
          const other = lIndex[at] as number;
          work[other] = (work[other] as number) - by * (lValue[at] as number);
        }
      }
      for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
        const pivot = this.pivotOf[rows[at] as number] as number;
        if (pivot < 0 || pivot >= firstOfKernel) continue;
        this.#upper.add(pivot, 1);
        work[rows[at] as number] = 0;
      }
      let largest = 0;
      for (const row of isOpen) largest = Math.max(largest, Math.abs(work[row] as number));
      let chosen = -1;
      if (largest > smallest) {
        for (const row of isOpen) {
          if (Math.abs(work[row] as number) < threshold * largest) continue;
          if (chosen < 0 || (inRow[row] as number) < (inRow[chosen] as number)) chosen = row;
        }
      }
      if (chosen < 0) {
        // Depends on the columns before it.
        this.#upper.truncate(pivots);
        for (const row of isOpen) work[row] = 0;
        continue;
      }
      const diagonal = work[chosen] as number;
      this.#diagonal[pivots] = diagonal;
      let kept = 0;
      for (const row of isOpen) {
        const entry = work[row] as number;
        work[row] = 0;
        if (row === chosen) continue;
        isOpen[kept++] = row;
        if (entry > zero || entry < -zero) this.#lower.add(row, entry / diagonal);
      }
      isOpen.length = kept;
      this.#upper.end();
      this.#lower.end();
      pivotAt(chosen, column);
    }
    for (let row = 0; row < size && pivots < size; row++) {
      if ((this.pivotOf[row] as number) >= 0) continue;
      this.rowOf[pivots] = row;
      this.pivotOf[row] = pivots;
      this.#upper.end();
      this.#lower.end();
      pivots += 1;
    }
  }
}

function rowsToColumns(size: number, starts: Int32Array, rows: Int32Array): UnitColumns {
  const rowStarts = new Int32Array(size + 1);
  const entries = starts[size] as number;
  for (let at = 0; at < entries; at++) {
    const row = rows[at] as number;
    rowStarts[row + 1] = (rowStarts[row + 1] as number) + 1;
  }
  for (let row = 0; row < size; row++) {
    rowStarts[row + 1] = (rowStarts[row + 1] as number) + (rowStarts[row] as number);
  }
  const next = rowStarts.slice();
  const columns = new Int32Array(entries);
  for (let column = 0; column < size; column++) {
    for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
      const row = rows[at] as number;
      columns[next[row] as number] = column;
      next[row] = (next[row] as number) + 1;
    }
  }
  return { starts: rowStarts, rows: columns };
}

function transposed(columns: SparseVectors, size: number): SparseVectors {
  const rows = new SparseVectors(columns.length);
  const starts = new Int32Array(size + 1);
  for (let at = 0; at < columns.length; at++) {
    const row = columns.index[at] as number;
    starts[row + 1] = (starts[row + 1] as number) + 1;
  }
  for (let row = 0; row < size; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
  for (let row = 1; row <= size; row++) rows.starts.push(starts[row] as number);
  const next = starts.slice();
  for (let column = 0; column < size; column++) {
    for (let at = columns.starts[column] as number; at < (columns.starts[column + 1] as number); at++) {
      const row = columns.index[at] as number;
      const to = next[row] as number;
      rows.index[to] = column;
      rows.value[to] = columns.value[at] as number;
      next[row] = to + 1;
    }
  }
  rows.length = columns.length;
  return rows;
}
