/**
 * A system of equations in integers, ready for pivoting: `D · basic[i] = right[i] - Σ entry[i][j] · nonbasic[j]`, where D is the determinant of the
 * basis. Pivoting keeps everything whole (Edmonds 1967, Bareiss 1968), so nothing is ever rounded and no fraction is ever reduced.
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
    const { rows, determinant } = this;
    const source = rows[row] as bigint[];
    const pivot = source[column] as bigint;
    for (const target of rows) {
      if (target === source) continue;
      const factor = target[column] as bigint;
      for (let j = 0; j < target.length; j++) {
        if (j === column) continue;
        const scaled = (target[j] as bigint) * pivot;
        const other = source[j] as bigint;
        const value = factor === 0n || other === 0n ? scaled : scaled - factor * other;
        target[j] = determinant === 1n ? value : value / determinant;
      }
      target[column] = -factor;
    }
    source[column] = determinant;
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

/**
 * The row that leaves when a column enters, by the lexicographic rule: as if every right-hand side were moved a little, the first by ε, the
 * next by ε² and so on, so that no two rows ever tie. `first` is the variable that was basic in the first row at the beginning; the others
 * follow it. Only the first `count` rows take part. -1 when no row limits the column.
 */
export function lexicographicRow(
  dictionary: IntegerDictionary,
  column: number,
  first: number,
  count: number = dictionary.rows.length,
): number {
  const { rows, nonbasic } = dictionary;
  const last = nonbasic.length;
  let tied: number[] = [];
  for (let row = 0; row < count; row++) {
    const entry = (rows[row] as bigint[])[column] as bigint;
    if (entry <= 0n) continue;
    const best = tied[0];
    const order = best === undefined ? -1 : compareRatios(dictionary, row, best, last, column);
    if (order < 0) tied = [row];
    else if (order === 0) tied.push(row);
  }
  for (let index = 0; tied.length > 1 && index < count; index++) {
    const variable = first + index;
    const place = nonbasic.indexOf(variable);
    if (place === column) continue;
    tied = place === -1 ? withoutBasic(dictionary, tied, variable) : leastRatios(dictionary, tied, place, column);
  }
  return tied[0] ?? -1;
}

/** A basic variable's column is D in its own row and 0 elsewhere: its row does not have the least ratio. */
function withoutBasic({ basic }: IntegerDictionary, tied: number[], variable: number): number[] {
  return tied.filter((row) => basic[row] !== variable);
}

function leastRatios(dictionary: IntegerDictionary, tied: readonly number[], place: number, column: number): number[] {
  let least: number[] = [];
  for (const row of tied) {
    const best = least[0];
    const order = best === undefined ? -1 : compareRatios(dictionary, row, best, place, column);
    if (order < 0) least = [row];
    else if (order === 0) least.push(row);
  }
  return least;
}

function compareRatios({ rows }: IntegerDictionary, row: number, other: number, place: number, column: number): number {
  const [one, two] = [rows[row] as bigint[], rows[other] as bigint[]];
  const left = (one[place] as bigint) * (two[column] as bigint);
  const right = (two[place] as bigint) * (one[column] as bigint);
  return left < right ? -1 : left > right ? 1 : 0;
}
