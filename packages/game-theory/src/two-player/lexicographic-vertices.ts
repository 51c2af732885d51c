/*
 * The vertices of a best-response polytope { x >= 0 : A x <= 1 } that need not be simple, and of its faces, by pivoting in integers. The
 * lexicographic rule moves the polytope to a simple one, each of whose vertices lies at one of the original's; walking all of its edges
 * finds them all (Avis, Rosenberg, Savani and von Stengel 2010, "Enumeration of Nash equilibria for two-player games", section 4).
 */
import { IntegerDictionary, type Pace, type pause } from '@mechane/numerics';
import type { IntegerMatrix } from './bimatrix.ts';

/** A vertex, its weights up to a factor and its labels: of all coordinates and constraints, in that order, those that are tight. */
export interface LabelledVertex {
  readonly weights: readonly bigint[];
  /** Bit by bit: the coordinates that are 0, then the constraints that are tight. */
  readonly labels: bigint;
}

/** All vertices but the origin, unless the pace stops the walk before it has seen all. */
export function* lexicographicVertices(
  matrix: IntegerMatrix,
  pace: Pace,
): Generator<LabelledVertex | typeof pause, void, void> {
  const columns = (matrix[0] as readonly bigint[]).length;
  const every = Array.from({ length: columns }, (_, column) => column);
  const dictionary = dictionaryOf(matrix, every);
  const seen = new Set<bigint>();
  for (const _ of walk(dictionary, every, columns, matrix.length)) {
    const vertex = vertexOf(dictionary, columns, matrix.length);
    if (!seen.has(vertex.labels) && vertex.weights.some((weight) => weight !== 0n)) {
      seen.add(vertex.labels);
      yield vertex;
    }
    if (!(yield* pace.goesOn())) return;
  }
}

/**
 * The vertices of a face: points whose support lies within `allowed` and at which the rows `tight` are tight. It is where the sum of those rows, times
 * x, is largest, if that is as much as the rows allow. They are all of them, unless the pace stops the walk.
 */
export function* faceVertices(
  matrix: IntegerMatrix,
  allowed: readonly number[],
  tight: readonly number[],
  pace: Pace,
): Generator<LabelledVertex | typeof pause, void, void> {
  const [rows, columns] = [matrix.length, (matrix[0] as readonly bigint[]).length];
  const dictionary = dictionaryOf(matrix, allowed);
  const objective = [
    ...allowed.map((column) => -tight.reduce((total, row) => total + at(matrix, row, column), 0n)),
    0n,
  ];
  dictionary.rows.push(objective);
  // The objective is no variable: its number is beyond all others, and its row never leaves.
  dictionary.basic.push(rows + columns);
  for (;;) {
    const entering = objective.findIndex((entry, column) => column < allowed.length && entry < 0n);
    if (entering === -1) break;
    dictionary.pivot(dictionary.lexicographicRow(entering, columns, rows), entering);
    if (!(yield* pace.goesOn(0))) return;
  }
  if (objective[allowed.length] !== BigInt(tight.length) * dictionary.determinant) return;
  const free = allowed.map((_, column) => column).filter((column) => objective[column] === 0n);
  const seen = new Set<bigint>();
  for (const _ of walk(dictionary, free, columns, rows)) {
    const vertex = vertexOf(dictionary, columns, rows);
    if (!seen.has(vertex.labels)) yield vertex;
    seen.add(vertex.labels);
    if (!(yield* pace.goesOn(0))) return;
  }
}

function at(matrix: IntegerMatrix, row: number, column: number): bigint {
  return (matrix[row] as readonly bigint[])[column] as bigint;
}

/** The dictionary at the origin, with some of the columns: the others stay 0. */
function dictionaryOf(matrix: IntegerMatrix, allowed: readonly number[]): IntegerDictionary {
  const columns = (matrix[0] as readonly bigint[]).length;
  return new IntegerDictionary(
    matrix.map((_, row) => [...allowed.map((column) => at(matrix, row, column)), 1n]),
    matrix.map((_, row) => columns + row),
    [...allowed],
  );
}

interface Step {
  readonly row: number;
  readonly column: number;
  /** Which of the free columns to try after stepping back. */
  readonly next: number;
}

/** Takes a dictionary through all bases that can be reached by some of its columns, the present one first. */
function* walk(
  dictionary: IntegerDictionary,
  free: readonly number[],
  first: number,
  count: number,
): Generator<void, void, void> {
  let key = 0n;
  const seen = new Set<bigint>([key]);
  const path: Step[] = [];
  const exchanged = (row: number, column: number): bigint =>
    key + (1n << BigInt(dictionary.nonbasic[column] as number)) - (1n << BigInt(dictionary.basic[row] as number));
  yield;
  for (let place = 0; ; ) {
    const column = free[place];
    if (column === undefined) {
      const step = path.pop();
      if (step === undefined) return;
      key = exchanged(step.row, step.column);
      dictionary.pivot(step.row, step.column);
      place = step.next;
      continue;
    }
    place += 1;
    const row = dictionary.lexicographicRow(column, first, count);
    const next = exchanged(row, column);
    if (seen.has(next)) continue;
    seen.add(next);
    key = next;
    dictionary.pivot(row, column);
    path.push({ row, column, next: place });
    place = 0;
    yield;
  }
}

function vertexOf(dictionary: IntegerDictionary, columns: number, rows: number): LabelledVertex {
  const weights = new Array<bigint>(columns).fill(0n);
  let slack = 0n;
  dictionary.basic.forEach((variable, row) => {
    const right = dictionary.right(row);
    if (right === 0n || variable >= rows + columns) return;
    slack |= 1n << BigInt(variable);
    if (variable < columns) weights[variable] = right;
  });
  return { weights, labels: ((1n << BigInt(rows + columns)) - 1n) & ~slack };
}
