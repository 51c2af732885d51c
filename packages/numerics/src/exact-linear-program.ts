import { guessedOptimum, type ProvedVertex } from './guessed-vertex.ts';
import { IntegerDictionary } from './integer-dictionary.ts';
import { atOnce, Pace, type pause, type SearchOptions } from './pace.ts';
import { commonDenominator, Rational } from './rational.ts';

/**
 * `coefficients · x`, at most, exactly or at least the bound.
 *
 * @category Exact linear programs
 */
export interface ExactRow {
  readonly coefficients: readonly Rational[];
  readonly relation: '<=' | '=' | '>=';
  readonly bound: Rational;
}

/**
 * A linear program in rationals: the largest `objective · x` under the rows, with x >= 0 but where it is free.
 *
 * @category Exact linear programs
 */
export interface ExactProgram {
  readonly objective: readonly Rational[];
  readonly rows: readonly ExactRow[];
  /** The variables that may be negative. */
  readonly free?: readonly number[];
}

/** @category Exact linear programs */
export interface ExactOptimum {
  readonly status: 'optimal';
  readonly value: Rational;
  readonly primal: readonly Rational[];
  /** The price of each row: how the value changes with its bound. */
  readonly duals: readonly Rational[];
  /** Whether there is no other solution, as far as the last dictionary shows; `false` says nothing. */
  readonly unique: boolean;
}

/** @category Exact linear programs */
export type ExactSolution = ExactOptimum | { readonly status: 'infeasible' | 'unbounded' | 'stopped' };

/**
 * Solves a linear program exactly, by the simplex method in integers: no tolerance, no rounding. It ends on every program, and with
 * `stopped` where a budget of steps, which are pivots, or seconds is spent before.
 *
 * @category Exact linear programs
 * @example
 * ```ts
 * import { Rational, solveExactly } from '@mechane/numerics';
 *
 * const [one, two, three] = [1, 2, 3].map((value) => Rational.of(value));
 * const solution = solveExactly({
 *   objective: [one, one],
 *   rows: [
 *     { coefficients: [two, one], relation: '<=', bound: one },
 *     { coefficients: [one, three], relation: '<=', bound: one },
 *   ],
 * });
 * String(solution.status === 'optimal' && solution.value); // => '3/5'
 * ```
 */
export function solveExactly(program: ExactProgram, options: SearchOptions = {}): ExactSolution {
  return atOnce(exactSteps(program, new Pace(options)));
}

/**
 * Solves a linear program exactly, step by step: yields {@link pause} whenever others should have their turn, and stops when the pace says so.
 *
 * @category Exact linear programs
 * @example
 * ```ts
 * import { exactSteps, Pace, Rational } from '@mechane/numerics';
 *
 * const row = { coefficients: [Rational.of(3)], relation: '<=', bound: Rational.one } as const;
 * const steps = exactSteps({ objective: [Rational.one], rows: [row] }, new Pace({ seconds: 1 }));
 * let step = steps.next();
 * while (!step.done) step = steps.next();
 * step.value.status === 'optimal' && String(step.value.value); // => '1/3'
 * ```
 */
export function* exactSteps(program: ExactProgram, pace: Pace): Generator<typeof pause, ExactSolution, void> {
  const integers = yield* integerRows(program, pace);
  if (integers === undefined) return { status: 'stopped' };
  if (isLarge(integers) && startsAtZero(program)) {
    const guessed = yield* guessedOptimum(integers.rows, pace);
    if (guessed !== undefined) return yield* optimumOf(program, integers.scales, guessed, pace);
  }
  return yield* new Simplex(program, integers).run(pace);
}

/** So many entries are more work than to guess where the optimum is. */
const many = 4_096;

function isLarge({ rows }: IntegerRows): boolean {
  return rows.length * (rows[0] as bigint[]).length >= many;
}

/** Whether it is feasible where all is 0. */
function startsAtZero({ rows }: ExactProgram): boolean {
  return rows.every(
    ({ relation, bound }) => relation !== '=' && (relation === '<=' ? bound.sign >= 0 : bound.sign <= 0),
  );
}

/** The rows of a program in integers, that of the objective last, and what each was multiplied by, its sign included. */
interface IntegerRows {
  readonly rows: bigint[][];
  readonly scales: readonly bigint[];
}

function* integerRows(
  { rows, objective, free = [] }: ExactProgram,
  pace: Pace,
): Generator<typeof pause, IntegerRows | undefined, void> {
  const whole: bigint[][] = [];
  const scales: bigint[] = [];
  const add = (coefficients: readonly Rational[], bound: Rational, sign: bigint): void => {
    const scale = commonDenominator([...coefficients, bound]) * sign;
    const times = (value: Rational): bigint => (value.numerator * scale) / value.denominator;
    const negatives = free.map((variable) => -times(coefficients[variable] as Rational));
    whole.push([...coefficients.map(times), ...negatives, times(bound)]);
    scales.push(scale);
  };
  for (const { coefficients, relation, bound } of rows) {
    add(coefficients, bound, relation === '>=' ? -1n : 1n);
    if (!(yield* pace.goesOn(0))) return undefined;
  }
  add(objective, Rational.zero, -1n);
  return { rows: whole, scales };
}

/** Steps without progress after which Bland's rule takes over, which cannot cycle. */
const patience = 30;

class Simplex {
  readonly #program: ExactProgram;
  readonly #dictionary: IntegerDictionary;
  readonly #scales: readonly bigint[];
  /** The variables, one for each variable of the program and then the negative parts of the free ones. */
  readonly #count: number;
  readonly #negatives: readonly number[];
  /** The slacks of equations: once they are 0 they stay 0. */
  readonly #banned: Set<number> = new Set();

  constructor(program: ExactProgram, { rows, scales }: IntegerRows) {
    this.#program = program;
    this.#negatives = program.free ?? [];
    this.#count = program.objective.length + this.#negatives.length;
    this.#scales = scales;
    program.rows.forEach(({ relation }, index) => {
      if (relation === '=') this.#banned.add(this.#count + index);
    });
    this.#dictionary = new IntegerDictionary(
      rows,
      rows.map((_, row) => this.#count + row),
      Array.from({ length: this.#count }, (_, column) => column),
    );
  }

  *run(pace: Pace): Generator<typeof pause, ExactSolution, void> {
    const entered = yield* this.#enterEquations(pace);
    if (entered !== 'entered') return { status: entered };
    const feasible = yield* this.#makeFeasible(pace);
    if (feasible !== 'feasible') return { status: feasible };
    const end = yield* this.#improve(this.#dictionary.rows.length - 1, -1, pace);
    return end === 'optimal' ? yield* optimumOf(this.#program, this.#scales, this.#vertex(), pace) : { status: end };
  }

  /** Solves the equations for a variable each, unless one contradicts the others. */
  *#enterEquations(pace: Pace): Generator<typeof pause, 'entered' | 'infeasible' | 'stopped', void> {
    const dictionary = this.#dictionary;
    for (let row = 0; row < this.#program.rows.length; row++) {
      if (!this.#banned.has(dictionary.basic[row] as number)) continue;
      const column = dictionary.nonbasic.findIndex(
        (variable, at) => !this.#banned.has(variable) && dictionary.entry(row, at) !== 0n,
      );
      if (column === -1) {
        if (dictionary.right(row) !== 0n) return 'infeasible';
      } else if (!(yield* dictionary.pivotSteps(row, column, pace))) return 'stopped';
    }
    return 'entered';
  }

  /** The first phase: an artificial variable lifts all rows, and is then pushed down to 0. */
  *#makeFeasible(pace: Pace): Generator<typeof pause, 'feasible' | 'infeasible' | 'stopped', void> {
    const dictionary = this.#dictionary;
    const { rows, basic, nonbasic } = dictionary;
    let lowest = -1;
    for (let row = 0; row < rows.length - 1; row++) {
      if (dictionary.right(row) < 0n && (lowest === -1 || dictionary.right(row) < dictionary.right(lowest)))
        lowest = row;
    }
    if (lowest === -1) return 'feasible';
    const artificial = this.#count + rows.length;
    const column = nonbasic.length;
    nonbasic.push(artificial);
    rows.forEach((row, at) => {
      const lifted = at < rows.length - 1 && !this.#banned.has(basic[at] as number);
      row.splice(column, 0, lifted ? -dictionary.determinant : 0n);
    });
    if (!(yield* dictionary.pivotSteps(lowest, column, pace))) return 'stopped';
    const end = yield* this.#improve(lowest, artificial, pace);
    if (end === 'stopped') return end;
    // Where others tie with it, it leaves first: so as long as it stays, it is above 0.
    if (basic.includes(artificial)) return 'infeasible';
    this.#banned.add(artificial);
    return 'feasible';
  }

  /**
   * Pivots until no column improves. The objective's row has negative entries where it grows; with `artificial`, what shrinks is the
   * variable of that number, as long as it is basic.
   */
  *#improve(
    objective: number,
    artificial: number,
    pace: Pace,
  ): Generator<typeof pause, 'optimal' | 'unbounded' | 'stopped', void> {
    const dictionary = this.#dictionary;
    const shrinking = artificial !== -1;
    for (let idle = 0; ; ) {
      const row = shrinking ? dictionary.basic.indexOf(artificial) : objective;
      if (row === -1) return 'optimal';
      const column = this.#entering(row, shrinking ? 1n : -1n, idle > patience);
      if (column === -1) return 'optimal';
      const leaving = this.#leaving(column, artificial);
      if (leaving === -1) return 'unbounded';
      idle = dictionary.right(leaving) === 0n ? idle + 1 : 0;
      if (!(yield* dictionary.pivotSteps(leaving, column, pace))) return 'stopped';
      if (!(yield* pace.goesOn())) return 'stopped';
    }
  }

  #entering(row: number, sign: bigint, byNumber: boolean): number {
    const { nonbasic } = this.#dictionary;
    let best = -1;
    for (let column = 0; column < nonbasic.length; column++) {
      const variable = nonbasic[column] as number;
      const gain = sign * this.#dictionary.entry(row, column);
      if (gain <= 0n || this.#banned.has(variable)) continue;
      const better = byNumber
        ? best === -1 || variable < (nonbasic[best] as number)
        : best === -1 || gain > sign * this.#dictionary.entry(row, best);
      if (better) best = column;
    }
    return best;
  }

  /** The row with the least ratio; of several, the artificial variable's or else the one with the least number. */
  #leaving(column: number, artificial: number): number {
    const dictionary = this.#dictionary;
    let best = -1;
    for (let row = 0; row < dictionary.rows.length - 1; row++) {
      const entry = dictionary.entry(row, column);
      if (entry <= 0n || this.#banned.has(dictionary.basic[row] as number)) continue;
      if (best === -1) {
        best = row;
        continue;
      }
      const [own, least] = [dictionary.right(row) * dictionary.entry(best, column), dictionary.right(best) * entry];
      const [variable, other] = [dictionary.basic[row] as number, dictionary.basic[best] as number];
      if (own < least || (own === least && other !== artificial && (variable === artificial || variable < other))) {
        best = row;
      }
    }
    return best;
  }

  /** Where it has come to. */
  #vertex(): ProvedVertex {
    const dictionary = this.#dictionary;
    const { basic, nonbasic, determinant, rows } = dictionary;
    const last = rows.length - 1;
    const point = new Array<bigint>(this.#count).fill(0n);
    basic.forEach((variable, row) => {
      if (variable < this.#count) point[variable] = dictionary.right(row);
    });
    const prices = new Array<bigint>(last).fill(0n);
    nonbasic.forEach((variable, column) => {
      const row = variable - this.#count;
      if (row >= 0 && row < last) prices[row] = dictionary.entry(last, column);
    });
    const unique = nonbasic.every(
      (variable, column) => this.#banned.has(variable) || dictionary.entry(last, column) !== 0n,
    );
    return { point, prices, value: dictionary.right(last), below: determinant, unique };
  }
}

/** The solution in lowest terms, which takes a while where numbers are long. */
function* optimumOf(
  { objective, rows, free = [] }: ExactProgram,
  scales: readonly bigint[],
  { point, prices, value, below, unique }: ProvedVertex,
  pace: Pace,
): Generator<typeof pause, ExactSolution, void> {
  const values: Rational[] = [];
  for (const part of point) {
    values.push(part === 0n ? Rational.zero : Rational.ratio(part, below));
    if (!(yield* pace.goesOn(0))) return { status: 'stopped' };
  }
  const primal = values.slice(0, objective.length);
  free.forEach((variable, place) => {
    primal[variable] = (primal[variable] as Rational).minus(values[objective.length + place] as Rational);
  });
  const scale = -(scales[rows.length] as bigint);
  const duals: Rational[] = [];
  for (const [row, price] of prices.entries()) {
    duals.push(price === 0n ? Rational.zero : Rational.ratio(price * (scales[row] as bigint), below * scale));
    if (!(yield* pace.goesOn(0))) return { status: 'stopped' };
  }
  return {
    status: 'optimal',
    value: Rational.ratio(value, below * scale),
    primal,
    duals,
    unique: unique && free.length === 0,
  };
}
