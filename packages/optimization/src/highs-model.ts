import type { Highs, Model as HighsModelHandle, ModelData } from 'highs';
import { disposed, integerQuadratic } from './errors.ts';
import { applyOptions, validateOptions } from './highs-options.ts';
import { runHighs } from './highs-run.ts';
import type { HighsRuntime } from './highs-runtime.ts';
import { readSolution, stoppedAtOnce } from './highs-solution.ts';
import type { Model, SolveOptions } from './optimizer.ts';
import type { ColumnBatch, Program, QuadraticProgram, RowBatch } from './program.ts';
import type { Basis, Solution, StopReason } from './solution.ts';
import { quadraticSolution, solveQuadratic } from './solve-quadratic.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import {
  validateBound,
  validateCoefficient,
  validateColumnBatch,
  validateCost,
  validateCosts,
  validateIndex,
  validateProgram,
  validateRowBatch,
} from './validate-program.ts';
import { violationAt } from './violation-at.ts';

/** By how much HiGHS lets a point break a constraint, beside rounding. */
const feasibilityTolerance = 1e-6;

/** A model that HiGHS holds. */
export class HighsModel implements Model {
  readonly #runtime: HighsRuntime;
  readonly #handle: HighsModelHandle;
  readonly #program: Pick<Program, 'sense' | 'offset'>;
  readonly #quadratic: boolean;
  #definite: boolean;
  readonly #onDispose: (model: HighsModel) => void;
  #columns: number;
  #rows: number;
  #integer: boolean;

  constructor(runtime: HighsRuntime, program: Program, onDispose: (model: HighsModel) => void) {
    const curvature = validateProgram(program);
    this.#runtime = runtime;
    this.#program = { sense: program.sense, offset: program.offset };
    this.#columns = program.costs.length;
    this.#rows = program.rowLower.length;
    this.#integer = program.integer?.includes(1) ?? false;
    this.#quadratic = curvature !== 'none';
    this.#definite = curvature === 'definite';
    this.#onDispose = onDispose;
    const { highs } = runtime;
    this.#handle = runtime.attempt('take the program', () =>
      highs.createModel(modelData(highs, program, this.#quadratic)),
    );
  }

  get columns(): number {
    return this.#columns;
  }

  get rows(): number {
    return this.#rows;
  }

  addColumns(batch: ColumnBatch): number {
    validateColumnBatch(batch, this.#rows);
    const { costs: cost, lower, upper, integer, matrix } = batch;
    const integral = integer?.includes(1) ?? false;
    if (integral && this.#quadratic) throw integerQuadratic();
    const first = this.#columns;
    const count = cost.length;
    if (count === 0) return first;
    const shape = { format: 'csc', numRows: this.#rows, numCols: count } as const;
    this.#change('add columns', (handle) => {
      handle.addCols({ cost, lower, upper, matrix: { ...shape, ...matrix } });
      if (integer && integral) {
        const selection = { kind: 'range', from: first, to: first + count - 1 } as const;
        handle.changeColsIntegrality(selection, Int32Array.from(integer));
      }
    });
    this.#columns += count;
    this.#definite = false;
    this.#integer ||= integral;
    return first;
  }

  addRows(batch: RowBatch): number {
    validateRowBatch(batch, this.#columns);
    const { lower, upper, matrix } = batch;
    const first = this.#rows;
    const shape = { format: 'csr', numRows: lower.length, numCols: this.#columns } as const;
    this.#change('add rows', (handle) => handle.addRows({ lower, upper, matrix: { ...shape, ...matrix } }));
    this.#rows += lower.length;
    return first;
  }

  setColumnBounds(column: number, lower: number, upper: number): void {
    validateIndex(column, this.#columns, ['column'], 'column');
    validateBound(lower, upper, ['lower'], ['upper']);
    this.#change('change bounds', (handle) => handle.changeColBounds(column, lower, upper));
  }

  setRowBounds(row: number, lower: number, upper: number): void {
    validateIndex(row, this.#rows, ['row'], 'row');
    validateBound(lower, upper, ['lower'], ['upper']);
    this.#change('change bounds', (handle) => handle.changeRowBounds(row, lower, upper));
  }

  setCost(column: number, cost: number): void {
    validateIndex(column, this.#columns, ['column'], 'column');
    validateCost(cost, ['cost']);
    this.#change('change a cost', (handle) => handle.changeColCost(column, cost));
  }

  setCosts(costs: Float64Array): void {
    validateCosts(costs, this.#columns, ['costs']);
    if (costs.length === 0) return;
    const selection = { kind: 'range', from: 0, to: costs.length - 1 } as const;
    this.#change('change costs', (handle) => handle.changeColsCost(selection, costs));
  }

  setCoefficient(row: number, column: number, value: number): void {
    validateIndex(row, this.#rows, ['row'], 'row');
    validateIndex(column, this.#columns, ['column'], 'column');
    validateCoefficient(value, ['value']);
    this.#change('change a coefficient', (handle) => handle.changeCoefficient(row, column, value));
  }

  solve(options: SolveOptions = {}): Solution {
    validateOptions(options, this.#columns, this.#rows);
    const { sense } = this.#program;
    const handle = this.#open();
    if (options.signal?.aborted) return stoppedAtOnce(sense, 'unknown', 'aborted');
    if (this.#columns === 0) return this.#solveWithoutColumns(handle);
    this.#runtime.attempt('set the options', () => applyOptions(handle, options, this.#definite));
    if (this.#quadratic) return this.#solveQuadratic(handle, options);
    return this.#run(handle, options, this.#integer ? 'integer' : 'linear');
  }

  basis(): Basis | undefined {
    return this.#change('give the basis', (handle) => {
      if (handle.info.get('basis_validity') !== this.#runtime.highs.constants.basisValidity.valid) return undefined;
      const { colStatus, rowStatus } = handle.getBasis();
      return { columns: colStatus, rows: rowStatus };
    });
  }

  dispose(): void {
    if (this.#handle.disposed) return;
    this.#onDispose(this);
    this.#runtime.release(() => this.#handle.dispose());
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #open(): HighsModelHandle {
    if (this.#handle.disposed) throw disposed('model');
    return this.#handle;
  }

  #change<Result>(operation: string, work: (handle: HighsModelHandle) => Result): Result {
    const handle = this.#open();
    return this.#runtime.attempt(operation, () => work(handle));
  }

  #run(handle: HighsModelHandle, options: SolveOptions, kind: 'linear' | 'integer' | 'quadratic'): Solution {
    const modelStatus = runHighs(this.#runtime, handle, options);
    return this.#runtime.attempt('give the solution', () =>
      readSolution(this.#runtime.highs, handle, { sense: this.#program.sense, kind, modelStatus }),
    );
  }

  /**
   * HiGHS is asked first, because it is fast. Where degenerate constraints meet it has been seen to call points optimal that are
   * not, programs unbounded that are strictly convex, and to fail, so its word counts when duals prove it.
   */
  #solveQuadratic(handle: HighsModelHandle, options: SolveOptions): Solution {
    const { signal, timeLimit = Infinity } = options;
    const deadline = performance.now() + timeLimit;
    const claim = this.#runtime.tryOut('solve', () => this.#run(handle, options, 'quadratic'));
    if (claim?.stoppedBy === 'time-limit') return claim;
    const program = this.#runtime.attempt('give the program', () => programOf(handle));
    if (claim?.duals) {
      const solution = quadraticSolution(program, claim.primal, claim.duals.rows, claim.iterations);
      if (solution.status === 'optimal' && violationAt(program, claim.primal) < feasibilityTolerance) return solution;
    }
    const stopReason = (): StopReason | undefined => {
      if (signal?.aborted) return 'aborted';
      return performance.now() > deadline ? 'time-limit' : undefined;
    };
    const solveLinear = (linear: Program): Solution => {
      const model = new HighsModel(this.#runtime, linear, () => {});
      try {
        return model.solve();
      } finally {
        model.dispose();
      }
    };
    return solveQuadratic(program, this.#definite ? 'definite' : 'semidefinite', stopReason, solveLinear);
  }

  /** HiGHS leaves programs without columns unsolved. Their rows come to 0. */
  #solveWithoutColumns(handle: HighsModelHandle): Solution {
    const { sense, offset = 0 } = this.#program;
    const rows = this.#rows;
    if (rows > 0) {
      const range = { kind: 'range', from: 0, to: rows - 1 } as const;
      const { lower, upper } = this.#runtime.attempt('give the rows', () => handle.getRows(range));
      const feasible = lower.every((bound, row) => bound <= 0 && 0 <= (upper[row] as number));
      if (!feasible) return stoppedAtOnce(sense, 'infeasible', 'proof');
    }
    return {
      status: 'optimal',
      stoppedBy: 'proof',
      objective: offset,
      bound: offset,
      gap: 0,
      primal: new Float64Array(0),
      activities: new Float64Array(rows),
      duals: { rows: new Float64Array(rows), columns: new Float64Array(0) },
      nodes: 0,
      iterations: 0,
    };
  }
}

/** A quadratic program as it stands after all changes. */
function programOf(handle: HighsModelHandle): QuadraticProgram {
  const { sense, offset, colCost, colLower, colUpper, rowLower, rowUpper, matrix, hessian } = handle.getModel('csc');
  return {
    sense: sense > 0 ? 'minimize' : 'maximize',
    offset,
    costs: colCost,
    lower: colLower,
    upper: colUpper,
    rowLower,
    rowUpper,
    matrix,
    hessian: hessian as SparseMatrix,
  };
}

/** The program as HiGHS takes it. */
function modelData({ constants }: Highs, program: Program, quadratic: boolean): ModelData {
  const { sense, offset = 0, costs, lower, upper, integer, rowLower, rowUpper, matrix, hessian } = program;
  const numCols = costs.length;
  const numRows = rowLower.length;
  return {
    numCols,
    numRows,
    sense: constants.objectiveSense[sense],
    offset,
    colCost: costs,
    colLower: lower,
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: { format: 'csc', numRows, numCols, ...matrix },
    ...(integer?.includes(1) ? { integrality: Int32Array.from(integer) } : {}),
    ...(hessian && quadratic ? { hessian: { format: 'triangular', dimension: numCols, ...hessian } } : {}),
  };
}
