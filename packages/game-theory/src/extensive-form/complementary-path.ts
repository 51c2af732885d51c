import { IntegerDictionary, type Pace, type pause } from '@mechane/numerics';

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
 *
 * @returns `'ray'` when the path ends in one, `'stopped'` when the pace stopped it
 */
export function* complementaryPath(
  { table, right, pairs }: ComplementarySystem,
  pace: Pace,
): Generator<typeof pause, PathEnd | 'ray' | 'stopped', void> {
  const parameter = pairs.length;
  // Variables are numbered: by their pair where they were nonbasic at the start, then by their row where they were basic.
  const started = parameter + 1;
  const pairOfRow = [...pairs, parameter];
  const rowOfPair = new Map(pairOfRow.map((pair, row) => [pair, row]));
  const last = started + parameter;
  const dictionary = new PathDictionary(
    table.map((row, at) => [...row, right[at] as bigint]),
    pairOfRow.map((_, row) => started + row),
    Array.from({ length: started }, (_, pair) => pair),
  );
  for (let entering = parameter; ; ) {
    const column = dictionary.nonbasic.indexOf(entering);
    const row = leavingRow(dictionary, column, started, last);
    if (row === -1) return 'ray';
    const left = dictionary.basic[row] as number;
    if (!(yield* pace.goesOn())) return 'stopped';
    if (!(yield* dictionary.pivotSteps(row, column, pace))) return 'stopped';
    if (left === last || left === parameter) break;
    entering = left < started ? started + (rowOfPair.get(left) as number) : (pairOfRow[left - started] as number);
  }
  const enteredValues = new Array<bigint>(started).fill(0n);
  const startedValues = new Array<bigint>(started).fill(0n);
  dictionary.basic.forEach((variable, row) => {
    if (variable < started) enteredValues[variable] = dictionary.right(row);
    else startedValues[pairOfRow[variable - started] as number] = dictionary.right(row);
  });
  return { denominator: dictionary.determinant, enteredValues, startedValues };
}

/** The row that blocks the entering column first; -1 when none does. The parameter's complement, `last`, wins ties. */
function leavingRow(dictionary: IntegerDictionary, column: number, started: number, last: number): number {
  const row = dictionary.lexicographicRow(column, started);
  const finishing = dictionary.basic.indexOf(last);
  if (row === -1 || finishing === -1 || dictionary.entry(finishing, column) <= 0n) return row;
  return dictionary.compareRatios(finishing, row, column) === 0 ? finishing : row;
}

/**
 * A dictionary with an elimination of its own. The engine compiles a loop over integers for the lengths that it has met there: once a
 * large linear program has gone through the elimination that all share, small trees take half as long again in it.
 */
class PathDictionary extends IntegerDictionary {
  protected override takeOut(source: readonly bigint[], target: bigint[], pivot: bigint, column: number): void {
    const { determinant } = this;
    const factor = target[column] as bigint;
    if (!factor) {
      if (pivot === determinant) return;
      for (let at = 0; at < target.length; at++) {
        const entry = target[at] as bigint;
        if (entry) target[at] = (entry * pivot) / determinant;
      }
      return;
    }
    target[column] = 0n;
    for (let at = 0; at < target.length; at++) {
      const entry = target[at] as bigint;
      const other = source[at] as bigint;
      if (other) target[at] = (entry * pivot - factor * other) / determinant;
      else if (entry) target[at] = (entry * pivot) / determinant;
    }
    target[column] = -factor;
  }
}
