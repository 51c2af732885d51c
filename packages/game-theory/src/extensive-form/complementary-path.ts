/**
 * A system `basic + table · nonbasic = right` in pairs of variables of which one is basic and one is not, besides a parameter that
 * starts nonbasic at 0 and its complement to 1, the basic variable of the last row.
 */
export interface ComplementarySystem {
  /** Row by row: coefficients of the nonbasic member of each pair, then of the parameter. */
  readonly table: bigint[][];
  /** What the basic variables come to at the start: 0 or more. */
  readonly right: bigint[];
  /** For each row but the last, the pair that its basic variable belongs to. */
  readonly pairs: readonly number[];
}

/** A basic variable: a pair and whether it is the member that was nonbasic at the start. */
interface Member {
  readonly pair: number;
  readonly entered: boolean;
}

/** What the members that were nonbasic at the start come to at the end, and those that were basic, over one denominator. */
export interface PathEnd {
  readonly denominator: bigint;
  /** By pair; 0 where it is nonbasic. */
  readonly enteredValues: bigint[];
  readonly startedValues: bigint[];
}

/**
 * Lemke's path by complementary pivots in integers: the parameter enters, and each variable that leaves is followed by its
 * complement, until the complement of the parameter comes to 0. Ties are broken lexicographically, so no basis comes twice.
 * The fractions of the textbook stand over the last pivot, which divides what it has to (Edmonds 1967).
 *
 * @yields after every pivot, to let the caller count
 * @returns `undefined` when the path ends in a ray
 */
export function* complementaryPath({
  table,
  right,
  pairs,
}: ComplementarySystem): Generator<void, PathEnd | undefined, void> {
  const parameter = pairs.length;
  const rows = table.length;
  // By row and by column; the pair `parameter` stands for the parameter and its complement.
  const basic: Member[] = [...pairs, parameter].map((pair) => ({ pair, entered: false }));
  const nonbasic: Member[] = Array.from({ length: parameter + 1 }, (_, pair) => ({ pair, entered: true }));
  let denominator = 1n;
  for (let column = parameter; ; ) {
    const leaving = leavingRow(table, right, column, basic, nonbasic, denominator, [...pairs, parameter]);
    if (leaving === -1) return undefined;
    denominator = pivot(table, right, leaving, column, denominator);
    const left = basic[leaving] as Member;
    basic[leaving] = nonbasic[column] as Member;
    nonbasic[column] = left;
    yield;
    if (left.pair === parameter) break;
    column = nonbasic.findIndex(({ pair, entered }) => pair === left.pair && entered !== left.entered);
  }
  const enteredValues = new Array<bigint>(parameter + 1).fill(0n);
  const startedValues = new Array<bigint>(parameter + 1).fill(0n);
  for (let row = 0; row < rows; row++) {
    const { pair, entered } = basic[row] as Member;
    (entered ? enteredValues : startedValues)[pair] = right[row] as bigint;
  }
  return { denominator, enteredValues, startedValues };
}

/** The row that blocks the entering column first; -1 when none does. The parameter's complement wins ties. */
function leavingRow(
  table: readonly bigint[][],
  right: readonly bigint[],
  column: number,
  basic: readonly Member[],
  nonbasic: readonly Member[],
  denominator: bigint,
  startRows: readonly number[],
): number {
  const blocking: number[] = [];
  for (let row = 0; row < table.length; row++) {
    if ((table[row]?.[column] as bigint) > 0n) blocking.push(row);
  }
  const keepSmallest = (rows: number[], numerator: (row: number) => bigint): number[] => {
    let smallest: number[] = [];
    for (const row of rows) {
      const best = smallest[0];
      const compared =
        best === undefined
          ? -1n
          : numerator(row) * (table[best]?.[column] as bigint) - numerator(best) * (table[row]?.[column] as bigint);
      if (compared < 0n) smallest = [row];
      else if (compared === 0n) smallest.push(row);
    }
    return smallest;
  };
  let tied = keepSmallest(blocking, (row) => right[row] as bigint);
  const last = startRows.length - 1;
  const finishing = tied.find((row) => basic[row]?.pair === last && !basic[row]?.entered);
  if (finishing !== undefined) return finishing;
  // Perturbed by powers of a small number, one for each row at the start: compare what became of these.
  for (let start = 0; tied.length > 1 && start <= last; start++) {
    const pair = startRows[start] as number;
    const now = nonbasic.findIndex((member) => member.pair === pair && !member.entered);
    tied =
      now !== -1
        ? keepSmallest(tied, (row) => table[row]?.[now] as bigint)
        : keepSmallest(tied, (row) => (basic[row]?.pair === pair && !basic[row]?.entered ? denominator : 0n));
  }
  return tied[0] ?? -1;
}

/** Exchanges the row's basic and the column's nonbasic variable, and gives the new denominator. */
function pivot(table: bigint[][], right: bigint[], row: number, column: number, denominator: bigint): bigint {
  const pivotRow = table[row] as bigint[];
  const value = pivotRow[column] as bigint;
  const base = right[row] as bigint;
  for (let other = 0; other < table.length; other++) {
    if (other === row) continue;
    const line = table[other] as bigint[];
    const factor = line[column] as bigint;
    if (factor === 0n) {
      if (value === denominator) continue;
      for (let at = 0; at < line.length; at++) {
        const entry = line[at] as bigint;
        if (entry !== 0n) line[at] = (entry * value) / denominator;
      }
      right[other] = ((right[other] as bigint) * value) / denominator;
      continue;
    }
    for (let at = 0; at < line.length; at++) {
      const [entry, along] = [line[at] as bigint, pivotRow[at] as bigint];
      if (entry !== 0n || along !== 0n) line[at] = (entry * value - factor * along) / denominator;
    }
    line[column] = -factor;
    right[other] = ((right[other] as bigint) * value - factor * base) / denominator;
  }
  pivotRow[column] = denominator;
  return value;
}
