/*
 * Where the optimum of a linear program seems to be, by doubles, and the proof in integers that it is there. Where doubles are right, which is
 * nearly always, exact numbers are computed for the rows and columns that meet at the optimum only, and not for all on a way of many pivots.
 */
import { IntegerDictionary } from './integer-dictionary.ts';
import type { Pace, pause } from './pace.ts';

/** A vertex: which rows are tight there, and which columns are above 0. There are as many of one as of the other. */
interface Vertex {
  readonly tight: readonly number[];
  readonly used: readonly number[];
}

/** An optimal vertex in integers, all over `below`, which is more than 0. */
export interface ProvedVertex {
  /** By column. */
  readonly point: readonly bigint[];
  /** By row. */
  readonly prices: readonly bigint[];
  readonly value: bigint;
  readonly below: bigint;
  /** Whether every column that is 0 would cost something, and every tight row does. */
  readonly unique: boolean;
}

/** What doubles cannot tell from 0. */
const nothing = 1e-9;

/**
 * The optimum of a program in integers that is feasible where all is 0: each row at most its last entry, and the negated objective the last row.
 * `undefined` where doubles found none, what they found is not it, or the pace has stopped the search.
 */
export function* guessedOptimum(
  rows: readonly (readonly bigint[])[],
  pace: Pace,
): Generator<typeof pause, ProvedVertex | undefined, void> {
  const vertex = yield* guessedVertex(rows, pace);
  return vertex && (yield* provedVertex(rows, vertex, pace));
}

/** The simplex method in doubles, from where all is 0. */
function* guessedVertex(
  whole: readonly (readonly bigint[])[],
  pace: Pace,
): Generator<typeof pause, Vertex | undefined, void> {
  const rows = whole.map(scaled);
  const last = rows.length - 1;
  const count = (rows[0] as Float64Array).length - 1;
  const basic = Array.from({ length: last }, (_, row) => count + row);
  const nonbasic = Array.from({ length: count }, (_, column) => column);
  for (let left = 2 * (last + count); left > 0; left--) {
    const column = leastEntry(rows[last] as Float64Array, count);
    if (column === -1) {
      return {
        tight: nonbasic.filter((variable) => variable >= count).map((variable) => variable - count),
        used: basic.filter((variable) => variable < count),
      };
    }
    const row = leastRatio(rows, column);
    if (row === -1 || !(yield* pace.goesOn())) return undefined;
    pivot(rows, row, column);
    const leaving = basic[row] as number;
    basic[row] = nonbasic[column] as number;
    nonbasic[column] = leaving;
  }
  return undefined;
}

/** A row as doubles, its largest coefficient 1. */
function scaled(row: readonly bigint[]): Float64Array {
  const doubles = Float64Array.from(row, Number);
  const largest = doubles.subarray(0, -1).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  return largest === 0 ? doubles : doubles.map((entry) => entry / largest);
}

/** Where the objective grows most; -1 where it grows nowhere. */
function leastEntry(objective: Float64Array, count: number): number {
  let best = -1;
  for (let column = 0; column < count; column++) {
    const entry = objective[column] as number;
    if (entry < -nothing && (best === -1 || entry < (objective[best] as number))) best = column;
  }
  return best;
}

/** The row that limits a column; of several, the one that can be divided by best. */
function leastRatio(rows: readonly Float64Array[], column: number): number {
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < rows.length - 1; row++) {
    const entries = rows[row] as Float64Array;
    const entry = entries[column] as number;
    if (!(entry > nothing)) continue;
    const ratio = Math.max(0, entries.at(-1) as number) / entry;
    const tied = best !== -1 && Math.abs(ratio - least) <= nothing * Math.max(1, least);
    if (tied ? entry <= ((rows[best] as Float64Array)[column] as number) : ratio > least) continue;
    best = row;
    least = ratio;
  }
  return best;
}

function pivot(rows: readonly Float64Array[], row: number, column: number): void {
  const source = rows[row] as Float64Array;
  const by = source[column] as number;
  source[column] = 1;
  for (let at = 0; at < source.length; at++) source[at] = (source[at] as number) / by;
  for (const target of rows) {
    if (target === source) continue;
    const factor = target[column] as number;
    if (factor === 0) continue;
    target[column] = 0;
    for (let at = 0; at < source.length; at++) target[at] = (target[at] as number) - factor * (source[at] as number);
  }
}

/** Point and prices of a vertex, if it is feasible and nothing is better. */
function* provedVertex(
  rows: readonly (readonly bigint[])[],
  { tight, used }: Vertex,
  pace: Pace,
): Generator<typeof pause, ProvedVertex | undefined, void> {
  const last = rows.length - 1;
  const objective = rows[last] as readonly bigint[];
  const count = objective.length - 1;
  const size = used.length;
  const meeting = [...tight.map((row) => rows[row] as readonly bigint[]), objective].map((row) => [
    ...used.map((column) => row[column] as bigint),
    row[count] as bigint,
  ]);
  const slack = (index: number): number => size + index;
  const dictionary = new IntegerDictionary(meeting, [...Array(size + 1).keys()].map(slack), [...Array(size).keys()]);
  for (let row = 0; row < size; row++) {
    const column = dictionary.nonbasic.findIndex((own, at) => own < size && dictionary.entry(row, at) !== 0n);
    if (column === -1 || !(yield* dictionary.pivotSteps(row, column, pace))) return undefined;
  }
  const { determinant: below, basic, nonbasic } = dictionary;
  const point = new Array<bigint>(count).fill(0n);
  basic.slice(0, size).forEach((own, row) => {
    point[used[own] as number] = dictionary.right(row);
  });
  const prices = new Array<bigint>(last).fill(0n);
  nonbasic.forEach((own, column) => {
    prices[tight[own - size] as number] = dictionary.entry(size, column);
  });
  if (point.some((entry) => entry < 0n) || prices.some((price) => price < 0n)) return undefined;
  for (const row of rows.slice(0, -1)) {
    let sum = 0n;
    for (const column of used) sum += (row[column] as bigint) * (point[column] as bigint);
    if (sum > (row[count] as bigint) * below || !(yield* pace.goesOn(0))) return undefined;
  }
  let unique = tight.every((row) => prices[row] !== 0n);
  const isUsed = new Set(used);
  for (let column = 0; column < count; column++) {
    if (isUsed.has(column)) continue;
    let cost = (objective[column] as bigint) * below;
    for (const row of tight) cost += (rows[row]?.[column] as bigint) * (prices[row] as bigint);
    if (cost < 0n || !(yield* pace.goesOn(0))) return undefined;
    if (cost === 0n) unique = false;
  }
  return { point, prices, value: dictionary.right(size), below, unique };
}
