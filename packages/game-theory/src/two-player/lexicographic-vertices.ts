/*
 * The vertices of a best-response polytope { x >= 0 : A x <= 1 } that need not be simple, by pivoting in integers. The lexicographic rule
 * moves the polytope to a simple one, each of whose vertices lies at one of the original's; walking all of its edges finds them all
 * (Avis, Rosenberg, Savani and von Stengel 2010, "Enumeration of Nash equilibria for two-player games", section 4).
 */
import { IntegerDictionary, lexicographicRow } from '../integer-dictionary.ts';
import { type Pace, pause } from '../search.ts';
import type { IntegerMatrix } from './bimatrix.ts';

/** A vertex, its weights up to a factor and its labels: of all coordinates and constraints, in that order, those that are tight. */
export interface LabelledVertex {
  readonly weights: readonly bigint[];
  /** Bit by bit: the coordinates that are 0, then the constraints that are tight. */
  readonly labels: bigint;
}

interface Step {
  readonly row: number;
  readonly column: number;
  /** The next column to try after stepping back. */
  next: number;
}

/** All vertices but the origin; `false` at the end when the pace stopped the walk before it had seen all. */
export function* lexicographicVertices(
  matrix: IntegerMatrix,
  pace: Pace,
): Generator<LabelledVertex | typeof pause, boolean, void> {
  const rows = matrix.length;
  const columns = (matrix[0] as readonly bigint[]).length;
  const dictionary = new IntegerDictionary(
    matrix.map((row) => [...row, 1n]),
    Array.from({ length: rows }, (_, row) => columns + row),
    Array.from({ length: columns }, (_, column) => column),
  );
  const bits = Array.from({ length: rows + columns }, (_, variable) => 1n << BigInt(variable));
  let key = 0n;
  const seenBases = new Set<bigint>([key]);
  const seenVertices = new Set<bigint>();
  const path: Step[] = [];
  for (let column = 0; ; ) {
    if (column === columns) {
      const step = path.pop();
      if (step === undefined) return true;
      key = exchanged(dictionary, step, key, bits);
      column = step.next;
      continue;
    }
    const row = lexicographicRow(dictionary, column, columns);
    const next = exchangedKey(dictionary, row, column, key, bits);
    if (seenBases.has(next)) {
      column += 1;
      continue;
    }
    seenBases.add(next);
    dictionary.pivot(row, column);
    key = next;
    path.push({ row, column, next: column + 1 });
    column = 0;
    const vertex = vertexOf(dictionary, columns, bits);
    if (!seenVertices.has(vertex.labels) && vertex.weights.some((weight) => weight !== 0n)) {
      seenVertices.add(vertex.labels);
      yield vertex;
    }
    if (pace.due()) {
      yield pause;
      if (pace.stopped !== undefined) return false;
    }
  }
}

function exchanged(dictionary: IntegerDictionary, { row, column }: Step, key: bigint, bits: readonly bigint[]): bigint {
  const next = exchangedKey(dictionary, row, column, key, bits);
  dictionary.pivot(row, column);
  return next;
}

function exchangedKey(
  { basic, nonbasic }: IntegerDictionary,
  row: number,
  column: number,
  key: bigint,
  bits: readonly bigint[],
): bigint {
  return key + (bits[nonbasic[column] as number] as bigint) - (bits[basic[row] as number] as bigint);
}

function vertexOf(dictionary: IntegerDictionary, columns: number, bits: readonly bigint[]): LabelledVertex {
  const weights = new Array<bigint>(columns).fill(0n);
  let labels = 0n;
  for (const variable of dictionary.nonbasic) labels |= bits[variable] as bigint;
  dictionary.basic.forEach((variable, row) => {
    const right = dictionary.right(row);
    if (right === 0n) labels |= bits[variable] as bigint;
    else if (variable < columns) weights[variable] = right;
  });
  return { weights, labels };
}
