import { eliminate } from './integer-elimination.ts';
import { type Pace, pause } from './pace.ts';

/**
 * A system of equations in integers, ready for pivoting: `D · basic[i] = right[i] - Σ entry[i][j] · nonbasic[j]`, where D is the determinant of the
 * basis. Pivoting keeps everything whole, so nothing is ever rounded.
 *
 * @category Exact linear programs
 * @example
 * ```ts
 * import { IntegerDictionary } from '@mechane/numerics';
 *
 * // s = 12 - 3 x - 2 y and t = 8 - x - 4 y, their variables numbered x, y, s, t: solved for x and y.
 * const dictionary = new IntegerDictionary([[3n, 2n, 12n], [1n, 4n, 8n]], [2, 3], [0, 1]);
 * dictionary.pivot(0, 0);
 * dictionary.pivot(1, 1);
 * dictionary.basic; // => [0, 1]
 * [dictionary.right(0), dictionary.right(1), dictionary.determinant]; // => [32n, 12n, 10n]
 * ```
 */
export class IntegerDictionary {
  /** The rows; the last entry of each is the right-hand side. */
  readonly rows: bigint[][];
  /** The variable that each row is solved for. */
  readonly basic: number[];
  /** The variable of each column but the last. */
  readonly nonbasic: number[];
  /** The determinant, more than 0. */
  determinant = 1n;

  constructor(rows: bigint[][], basic: number[], nonbasic: number[]) {
    this.rows = rows;
    this.basic = basic;
    this.nonbasic = nonbasic;
  }

  entry(row: number, column: number): bigint {
    return (this.rows[row] as bigint[])[column] as bigint;
  }

  right(row: number): bigint {
    return this.entry(row, this.nonbasic.length);
  }

  /** Exchanges the basic variable of a row for the nonbasic one of a column, whose common entry is not 0. */
  pivot(row: number, column: number): void {
    const source = this.rows[row] as bigint[];
    const pivot = source[column] as bigint;
    source[column] = 0n;
    for (const target of this.rows) if (target !== source) this.takeOut(source, target, pivot, column);
    this.#exchange(row, column, pivot);
  }

  /**
   * Pivots a row at a time, yielding {@link pause} whenever others should have their turn: in a large dictionary of long numbers one pivot may
   * take seconds.
   *
   * @returns `false` where the pace stopped it halfway: then the dictionary is worth nothing
   */
  *pivotSteps(row: number, column: number, pace: Pace): Generator<typeof pause, boolean, void> {
    const source = this.rows[row] as bigint[];
    const pivot = source[column] as bigint;
    source[column] = 0n;
    for (const target of this.rows) {
      if (target === source) continue;
      this.takeOut(source, target, pivot, column);
      // A generator for each row would cost as much as a short row does.
      if (!pace.due(0)) continue;
      yield pause;
      if (pace.stopped !== undefined) return false;
    }
    this.#exchange(row, column, pivot);
    return true;
  }

  /** Takes the pivot's row, its entry in the pivot's column being 0 by now, out of another one. */
  protected takeOut(source: readonly bigint[], target: bigint[], pivot: bigint, column: number): void {
    const factor = target[column] as bigint;
    target[column] = 0n;
    eliminate(target, source, pivot, factor, this.determinant, 0);
    target[column] = -factor;
  }

  /**
   * Compares the ratios of right-hand side to entry in a column, both entries being more than 0: negative when the row limits the column more
   * than the other row does. With `place`, that column's entries stand for the right-hand sides.
   */
  compareRatios(row: number, other: number, column: number, place: number = this.nonbasic.length): number {
    const [one, two] = [this.rows[row] as bigint[], this.rows[other] as bigint[]];
    const left = (one[place] as bigint) * (two[column] as bigint);
    const right = (two[place] as bigint) * (one[column] as bigint);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /**
   * The row that leaves when a column enters, by the lexicographic rule: as if every right-hand side were moved a little, the first by ε, the
   * next by ε² and so on, so that no two rows ever tie (Dantzig, Orden and Wolfe 1955). `first` is the variable that was basic in the first row at the beginning;
   * the others follow it. Only the first `count` rows take part. -1 when no row limits the column.
   */
  lexicographicRow(column: number, first: number, count: number = this.rows.length): number {
    const { rows, nonbasic } = this;
    const last = nonbasic.length;
    let tied: number[] = [];
    for (let row = 0; row < count; row++) {
      const entry = (rows[row] as bigint[])[column] as bigint;
      if (entry <= 0n) continue;
      const best = tied[0];
      const order = best === undefined ? -1 : this.compareRatios(row, best, column, last);
      if (order < 0) tied = [row];
      else if (order === 0) tied.push(row);
    }
    for (let index = 0; tied.length > 1 && index < count; index++) {
      const variable = first + index;
      const place = nonbasic.indexOf(variable);
      if (place === column) continue;
      tied = place === -1 ? this.#withoutBasic(tied, variable) : this.#leastRatios(tied, column, place);
    }
    return tied[0] ?? -1;
  }

  /** A basic variable's column is D in its own row and 0 elsewhere: its row does not have the least ratio. */
  #withoutBasic(tied: readonly number[], variable: number): number[] {
    return tied.filter((row) => this.basic[row] !== variable);
  }

  #leastRatios(tied: readonly number[], column: number, place: number): number[] {
    let least: number[] = [];
    for (const row of tied) {
      const best = least[0];
      const order = best === undefined ? -1 : this.compareRatios(row, best, column, place);
      if (order < 0) least = [row];
      else if (order === 0) least.push(row);
    }
    return least;
  }

  #exchange(row: number, column: number, pivot: bigint): void {
    (this.rows[row] as bigint[])[column] = this.determinant;
    this.determinant = pivot;
    if (pivot < 0n) this.#negate();
    const leaving = this.basic[row] as number;
    this.basic[row] = this.nonbasic[column] as number;
    this.nonbasic[column] = leaving;
  }

  #negate(): void {
    this.determinant = -this.determinant;
    for (const row of this.rows) for (let j = 0; j < row.length; j++) row[j] = -(row[j] as bigint);
  }
}
