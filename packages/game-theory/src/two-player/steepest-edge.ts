/*
 * max Σ y over { y >= 0 : A y <= 1 }, A being payoffs made positive: what decides a zero-sum game (Dantzig 1951). The simplex method in doubles on the
 * whole dictionary. Variables enter by steepest edge: by what they gain over the length of the edge (Goldfarb and Reid 1977). On random
 * games of 100 to 500 strategies that takes a half to a sixth of the pivots that the largest gain takes.
 */
import { type Pace, pause, type RankOneTable, rankOneTable } from '@mechane/numerics';

const optimality = 1e-10;
const smallestPivot = 1e-10;
/** How close two ratios are that count as equal. */
const tieTolerance = 1e-12;

/** Variables are numbered: coordinates from 0, then the slacks of the rows. */
export class SteepestEdge {
  readonly #rows: number;
  readonly #columns: number;
  readonly #payoffs: Float64Array;
  /** Of half the payoffs, the least, and what makes their range 1. */
  readonly #least: number;
  readonly #factor: number;
  readonly #table: RankOneTable;
  /** The basic variables' values. */
  readonly #values: Float64Array;
  /** What each column gains: 1 at first. */
  readonly #gains: Float64Array;
  readonly #basic: Int32Array;
  readonly #nonbasic: Int32Array;

  /** Begins at the origin. Payoffs are by rows; they are moved and scaled into [0.25, 1.25], which changes no best response. */
  constructor(payoffs: Float64Array, rows: number, columns: number, table: RankOneTable = rankOneTable(rows, columns)) {
    this.#rows = rows;
    this.#columns = columns;
    let [least, most] = [Infinity, -Infinity];
    for (let at = 0; at < payoffs.length; at++) {
      const payoff = payoffs[at] as number;
      if (payoff < least) least = payoff;
      if (payoff > most) most = payoff;
    }
    const factor = 1 / (most / 2 - least / 2);
    this.#payoffs = payoffs;
    // Halved, lest the range of large payoffs overflow; where it is nothing, they are equal as far as doubles can tell.
    this.#least = least / 2;
    this.#factor = factor < Infinity ? factor : 0;
    this.#table = table;
    this.#values = new Float64Array(rows);
    this.#gains = new Float64Array(columns);
    this.#basic = new Int32Array(rows);
    this.#nonbasic = new Int32Array(columns);
    this.#reset();
  }

  /** Pivots until no variable gains; `false` where the pace stopped it. */
  *solve(pace: Pace): Generator<typeof pause, boolean, void> {
    for (;;) {
      const column = this.#entering();
      if (column === -1) return true;
      const row = this.#leaving(column);
      if (row === -1) return true;
      this.#pivot(row, column);
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return false;
      }
    }
  }

  /** Computes the dictionary of the present basis from the matrix, by large pivots: that sheds the errors of many. */
  rebuild(): void {
    const columns = this.#columns;
    const coordinates = this.#basic.filter((variable) => variable < columns);
    const left = new Set(
      this.#nonbasic.filter((variable) => variable >= columns).map((variable) => variable - columns),
    );
    this.#reset();
    const { entries, shares, width } = this.#table;
    for (const column of coordinates) {
      let [row, largest] = [-1, -1];
      for (let at = 0; at < this.#rows; at++) {
        const entry = entries[at * width + column] as number;
        shares[at] = entry;
        if (left.has(at) && Math.abs(entry) > largest) [row, largest] = [at, Math.abs(entry)];
      }
      left.delete(row);
      this.#pivot(row, column);
    }
    for (let row = 0; row < this.#rows; row++) this.#values[row] = Math.max(0, this.#values[row] as number);
  }

  /** The coordinates of the vertex. */
  coordinates(): Float64Array {
    const all = new Float64Array(this.#columns);
    for (const [row, variable] of this.#basic.entries()) {
      if (variable < all.length) all[variable] = this.#values[row] as number;
    }
    return all;
  }

  /** What the rows ask for: the solution of the dual program where the vertex is optimal. */
  prices(): Float64Array {
    const all = new Float64Array(this.#rows);
    for (const [column, variable] of this.#nonbasic.entries()) {
      if (variable >= this.#columns) all[variable - this.#columns] = Math.max(0, -(this.#gains[column] as number));
    }
    return all;
  }

  #reset(): void {
    const { entries, squares, width } = this.#table;
    const [rows, columns, payoffs] = [this.#rows, this.#columns, this.#payoffs];
    const [least, factor] = [this.#least, this.#factor];
    squares.fill(1);
    for (let row = 0, from = 0; row < rows; row++) {
      const base = row * width;
      for (let column = 0; column < columns; column++, from++) {
        const entry = 0.25 + ((payoffs[from] as number) / 2 - least) * factor;
        entries[base + column] = entry;
        squares[column] = (squares[column] as number) + entry * entry;
      }
      this.#basic[row] = columns + row;
    }
    this.#values.fill(1);
    this.#gains.fill(1);
    for (let column = 0; column < columns; column++) this.#nonbasic[column] = column;
  }

  /** The column that gains most for the length of its edge; -1 where none does. */
  #entering(): number {
    const [gains, { squares }] = [this.#gains, this.#table];
    let [best, most] = [-1, 0];
    for (let column = 0; column < this.#columns; column++) {
      const gain = gains[column] as number;
      if (gain <= optimality) continue;
      const score = (gain * gain) / (squares[column] as number);
      if (score > most) {
        best = column;
        most = score;
      }
    }
    return best;
  }

  /** The row with the least ratio of value to entry; -1 where nothing limits the column. Leaves the column in the table's shares. */
  #leaving(column: number): number {
    const { entries, shares, width } = this.#table;
    const values = this.#values;
    let [best, bestValue, bestEntry, tied] = [-1, 1, 0, false];
    for (let row = 0, at = column; row < values.length; row++, at += width) {
      const entry = entries[at] as number;
      shares[row] = entry;
      if (entry <= smallestPivot) continue;
      // value / entry less the least ratio, times both entries.
      const difference = (values[row] as number) * bestEntry - bestValue * entry;
      const same = tieTolerance * entry * bestEntry;
      if (difference > same) continue;
      tied = best !== -1 && difference >= -same;
      if (difference >= 0) continue;
      best = row;
      // Below 0 by rounding only.
      bestValue = Math.max(0, values[row] as number);
      bestEntry = entry;
    }
    return tied ? this.#lexicographic(bestValue / bestEntry) : best;
  }

  /** Of the rows whose ratios are least, the one that the lexicographic rule chooses, as far as doubles can tell. */
  #lexicographic(least: number): number {
    const { entries, shares, width } = this.#table;
    const [basic, nonbasic, columns] = [this.#basic, this.#nonbasic, this.#columns];
    const places = new Int32Array(this.#rows).fill(-1);
    for (let place = 0; place < columns; place++) {
      const variable = nonbasic[place] as number;
      if (variable >= columns) places[variable - columns] = place;
    }
    let rows = Array.from(basic.keys()).filter((row) => {
      const entry = shares[row] as number;
      return entry > smallestPivot && (this.#values[row] as number) / entry <= least + tieTolerance;
    });
    for (let slack = 0; slack < places.length && rows.length > 1; slack++) {
      const place = places[slack] as number;
      const ratios = rows.map((row) => {
        const value = place === -1 ? Number(basic[row] === columns + slack) : (entries[row * width + place] as number);
        return value / (shares[row] as number);
      });
      const lowest = ratios.reduce((low, ratio) => Math.min(low, ratio)) + 1e-10;
      rows = rows.filter((_, at) => (ratios[at] as number) <= lowest);
    }
    return rows[0] as number;
  }

  /** Exchanges a row's variable for a column's, the column being in the table's shares. */
  #pivot(row: number, column: number): void {
    const { entries, shares, subtrahend, squares, width } = this.#table;
    const [gains, values] = [this.#gains, this.#values];
    const inverse = 1 / (shares[row] as number);
    const step = (values[row] as number) * inverse;
    for (let other = 0, at = column; other < values.length; other++, at += width) {
      entries[at] = 0;
      values[other] = (values[other] as number) - step * (shares[other] as number);
    }
    values[row] = step;
    const gain = gains[column] as number;
    gains[column] = 0;
    const base = row * width;
    for (let at = 0; at < gains.length; at++) {
      const share = (entries[base + at] as number) * inverse;
      subtrahend[at] = share;
      gains[at] = (gains[at] as number) - gain * share;
    }
    subtrahend[column] = inverse;
    gains[column] = -gain * inverse;
    // The row that leaves is 0 less -1 times what it becomes.
    entries.fill(0, base, base + width);
    shares[row] = -1;
    squares.fill(1);
    this.#table.update();
    const variable = this.#basic[row] as number;
    this.#basic[row] = this.#nonbasic[column] as number;
    this.#nonbasic[column] = variable;
  }
}
