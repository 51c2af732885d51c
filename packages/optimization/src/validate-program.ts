import type { MechaneError, Path } from '@mechane/core';
import { type Curvature, curvatureOf } from './convexity.ts';
import { crossedBounds, integerQuadratic, invalidProgram, notConvex } from './errors.ts';
import type { ColumnBatch, Program, RowBatch } from './program.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

/** Finite numbers from here on are as good as infinite to a solver. */
const infinite = 1e20;
/** Entries of a matrix from here on are refused by solvers, and those up to the other are dropped in silence. */
const large = 1e15;
const small = 1e-9;

const unbounded = 'write Infinity or -Infinity where there is no bound';
const rescaled = 'count in other units, so that numbers are neither so large nor so small';
const compressed = 'begin with 0, and say after each column or row how many entries there are up to its end';

/** Checks a program that may come from anywhere, and says how its objective bends. */
export function validateProgram(program: Program): Curvature {
  const { sense, offset = 0, rowLower, rowUpper, matrix, hessian } = program;
  if (sense !== 'minimize' && sense !== 'maximize') {
    throw invalidProgram(['sense'], `${String(sense)} is no sense`, '"minimize" or "maximize"', 'say which');
  }
  if (!(Math.abs(offset) < infinite))
    throw invalidProgram(['offset'], `${offset} is no offset`, 'a finite number', 'give one, or leave it out');
  const columns = validateColumns(program, []);
  const rows = validateBounds(rowLower, rowUpper, ['rowLower'], ['rowUpper']);
  validateMatrix(matrix, columns, rows, ['matrix'], 'column');
  if (hessian === undefined) return 'none';
  return validateHessian(hessian, columns, program);
}

/** Checks columns to be added to a model of so many rows. */
export function validateColumnBatch(batch: ColumnBatch, rows: number): void {
  const columns = validateColumns(batch, ['columns']);
  validateMatrix(batch.matrix, columns, rows, ['columns', 'matrix'], 'column');
}

/** Checks rows to be added to a model of so many columns. */
export function validateRowBatch({ lower, upper, matrix }: RowBatch, columns: number): void {
  const rows = validateBounds(lower, upper, ['rows', 'lower'], ['rows', 'upper']);
  validateMatrix(matrix, rows, columns, ['rows', 'matrix'], 'row');
}

/** Checks what a column or row may be bounded by. */
export function validateBound(lower: number, upper: number, lowerPath: Path, upperPath: Path): void {
  if (areBounds(lower, upper)) return;
  if (!isBound(lower) || lower === Infinity) {
    throw invalidProgram(
      lowerPath,
      `${lower} is no lower bound`,
      'a number below 1e20 in size, or -Infinity',
      unbounded,
    );
  }
  if (!isBound(upper) || upper === -Infinity) {
    throw invalidProgram(
      upperPath,
      `${upper} is no upper bound`,
      'a number below 1e20 in size, or Infinity',
      unbounded,
    );
  }
  throw crossedBounds(lowerPath, lower, upper);
}

/** Checks the linear part of an objective. */
export function validateCosts(costs: Float64Array, columns: number, path: Path): void {
  requireNumbers(costs, path);
  if (costs.length !== columns) throw wrongLength(path, costs.length, columns, 'column');
  const bad = costs.findIndex((cost) => !isCost(cost));
  if (bad >= 0) validateCost(costs[bad] as number, [...path, bad]);
}

export function validateCost(cost: number, path: Path): void {
  if (!isCost(cost)) throw invalidProgram(path, `${cost} is no cost`, 'a number below 1e20 in size', rescaled);
}

export function validateCoefficient(value: number, path: Path): void {
  const size = Math.abs(value);
  if (value === 0 || (size > small && size < large)) return;
  throw invalidProgram(path, `${value} is no coefficient`, '0, or a number between 1e-9 and 1e15 in size', rescaled);
}

export function validateIndex(index: number, length: number, path: Path, kind: string): void {
  if (Number.isInteger(index) && index >= 0 && index < length) return;
  throw invalidProgram(
    path,
    `there is no ${kind} ${index}`,
    `a ${kind} from 0, below ${length}`,
    `add the ${kind} first, or correct its number`,
  );
}

function validateColumns({ costs, lower, upper, integer }: ColumnBatch, path: Path): number {
  const columns = validateBounds(lower, upper, [...path, 'lower'], [...path, 'upper']);
  validateCosts(costs, columns, [...path, 'costs']);
  if (integer === undefined) return columns;
  if (!(integer instanceof Uint8Array))
    throw invalidProgram([...path, 'integer'], 'this is no column', 'a Uint8Array', 'make it by Uint8Array.from');
  if (integer.length !== columns) throw wrongLength([...path, 'integer'], integer.length, columns, 'column');
  const neither = integer.findIndex((flag) => flag > 1);
  if (neither >= 0)
    throw invalidProgram(
      [...path, 'integer', neither],
      `${integer[neither]} is neither`,
      '0 or 1',
      'write 1 where the column is whole',
    );
  return columns;
}

function validateBounds(lower: Float64Array, upper: Float64Array, lowerPath: Path, upperPath: Path): number {
  requireNumbers(lower, lowerPath);
  requireNumbers(upper, upperPath);
  if (lower.length !== upper.length) throw wrongLength(upperPath, upper.length, lower.length, 'lower bound');
  for (let index = 0; index < lower.length; index++) {
    const [low, high] = [lower[index] as number, upper[index] as number];
    if (!areBounds(low, high)) validateBound(low, high, [...lowerPath, index], [...upperPath, index]);
  }
  return lower.length;
}

/** Checks a matrix whose major axis, the one it is compressed along, is made of columns or of rows. */
function validateMatrix(
  matrix: SparseMatrix,
  majors: number,
  minors: number,
  path: Path,
  major: 'column' | 'row',
): void {
  const { starts, indices, values } = requireMatrix(matrix, path);
  if (starts.length !== majors + 1) {
    throw invalidProgram(
      [...path, 'starts'],
      `there are ${starts.length}`,
      `${majors + 1}: one per ${major} and the end`,
      compressed,
    );
  }
  if (starts[0] !== 0) throw invalidProgram([...path, 'starts', 0], `it begins at ${starts[0]}`, '0', compressed);
  if (indices.length !== values.length) throw wrongLength([...path, 'values'], values.length, indices.length, 'index');
  if (starts[majors] !== values.length) {
    throw invalidProgram(
      [...path, 'starts', majors],
      `it ends at ${starts[majors]}`,
      `${values.length}, as the values do`,
      compressed,
    );
  }
  const seenIn = new Int32Array(minors).fill(-1);
  const minor = major === 'column' ? 'row' : 'column';
  for (let index = 0; index < majors; index++) {
    const end = starts[index + 1] as number;
    if (end < (starts[index] as number) || end > values.length) {
      throw invalidProgram(
        [...path, 'starts', index + 1],
        `${end} is out of order`,
        'starts that never fall',
        compressed,
      );
    }
    for (let entry = starts[index] as number; entry < end; entry++) {
      const other = indices[entry] as number;
      if (!(other >= 0 && other < minors)) validateIndex(other, minors, [...path, 'indices', entry], minor);
      if (seenIn[other] === index) {
        const problem = `${major} ${index} has ${minor} ${other} twice`;
        throw invalidProgram([...path, 'indices', entry], problem, 'each at most once', 'add the two values up');
      }
      seenIn[other] = index;
      const size = Math.abs(values[entry] as number);
      if (!(size > small && size < large)) validateCoefficient(values[entry] as number, [...path, 'values', entry]);
    }
  }
}

function validateHessian(hessian: SparseMatrix, columns: number, { sense, integer }: Program): Curvature {
  validateMatrix(hessian, columns, columns, ['hessian'], 'column');
  for (let column = 0; column < columns; column++) {
    for (let entry = hessian.starts[column] as number; entry < (hessian.starts[column + 1] as number); entry++) {
      if ((hessian.indices[entry] as number) < column) {
        const problem = `row ${hessian.indices[entry]} of column ${column} is above the diagonal`;
        throw invalidProgram(
          ['hessian', 'indices', entry],
          problem,
          'the lower triangle only',
          'leave it out: it stands below the diagonal, too',
        );
      }
    }
  }
  const curvature = curvatureOf(hessian, columns, sense === 'minimize' ? 1 : -1);
  if (curvature === 'indefinite') throw notConvex(sense);
  if (curvature !== 'none' && integer?.includes(1)) throw integerQuadratic();
  return curvature;
}

function requireMatrix(matrix: unknown, path: Path): SparseMatrix {
  const { starts, indices, values } = (matrix ?? {}) as Record<string, unknown>;
  if (!(starts instanceof Int32Array))
    throw invalidProgram([...path, 'starts'], 'these are no starts', 'an Int32Array', 'make it by Int32Array.from');
  if (!(indices instanceof Int32Array)) {
    throw invalidProgram([...path, 'indices'], 'these are no indices', 'an Int32Array', 'make it by Int32Array.from');
  }
  requireNumbers(values, [...path, 'values']);
  return { starts, indices, values };
}

function requireNumbers(candidate: unknown, path: Path): asserts candidate is Float64Array {
  if (!(candidate instanceof Float64Array))
    throw invalidProgram(path, 'these are no numbers', 'a Float64Array', 'make it by Float64Array.from');
}

function isCost(cost: number): boolean {
  return Math.abs(cost) < infinite;
}

function areBounds(lower: number, upper: number): boolean {
  return lower <= upper && isBound(lower) && isBound(upper) && lower !== Infinity && upper !== -Infinity;
}

function isBound(bound: number): boolean {
  return Math.abs(bound) < infinite || bound === Infinity || bound === -Infinity;
}

function wrongLength(path: Path, actual: number, expected: number, per: string): MechaneError<'invalid-program'> {
  return invalidProgram(path, `there are ${actual}`, `${expected}: one per ${per}`, 'make them equally many');
}
