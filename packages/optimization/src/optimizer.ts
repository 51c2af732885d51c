import { type Token, token } from '@mechane/core';
import type { ColumnBatch, Program, RowBatch } from './program.ts';
import type { Basis, Solution } from './solution.ts';

/**
 * Solves programs. Loading it takes time, solving is synchronous: a mechanism decides without waiting.
 *
 * @category Optimizers
 */
export interface Optimizer {
  /** Name and version of what solves. */
  readonly solver: string;
  /**
   * Solves a program once.
   *
   * @throws MechaneError `invalid-program`, `crossed-bounds`, `not-convex`, `unsupported-program` or `invalid-options` with the
   * path of the culprit; `solver-failed`; `disposed`.
   */
  solve(program: Program, options?: SolveOptions): Solution;
  /** Opens a model, to be changed and solved again; the caller disposes it. Throws as `solve` does. */
  open(program: Program): Model;
  /** Disposes the models that are still open. Calling it again changes nothing. */
  dispose(): void;
}

/**
 * The optimizer of a run: `service(OptimizerService)`.
 *
 * @category Optimizers
 */
export const OptimizerService: Token<Optimizer> = token('optimizer');

/**
 * Says whether to stop. An `AbortSignal` does; so does an object that reads a flag which another thread shares.
 *
 * @category Optimizers
 */
export interface Interruption {
  readonly aborted: boolean;
}

/** @category Optimizers */
export interface SolveOptions {
  /** Milliseconds after which to stop. */
  readonly timeLimit?: number | undefined;
  /** Nodes of the branch-and-bound tree after which to stop. */
  readonly nodeLimit?: number | undefined;
  /** Stop when `|objective - bound| / |objective|` is down to this; by default at 0, which is a proof. */
  readonly relativeGap?: number | undefined;
  /** Stop when `|objective - bound|` is down to this; by default at 0. */
  readonly absoluteGap?: number | undefined;
  /**
   * Asked before the solver starts, and while it runs, except on quadratic programs. Solving blocks the thread, so an
   * `AbortSignal` of the same thread changes meanwhile only in `onImprovement`.
   */
  readonly signal?: Interruption | undefined;
  /** A basis to start the simplex method from. A model that was solved before starts from its last one anyway. */
  readonly basis?: Basis | undefined;
  /** A point to start branch and bound from, if it is feasible: one number per column. */
  readonly incumbent?: Float64Array | undefined;
  /** Called with every better point that branch and bound finds. */
  readonly onImprovement?: ((improvement: Improvement) => void) | undefined;
}

/**
 * A better point, found on the way.
 *
 * @category Optimizers
 */
export interface Improvement {
  readonly objective: number;
  readonly bound: number;
  readonly primal: Float64Array;
  readonly nodes: number;
}

/**
 * A program inside the solver, for column and constraint generation: after a change, `solve` goes on from where it stood.
 * It holds memory that nobody collects: dispose it, by `using` or in `finally`.
 *
 * @category Optimizers
 */
export interface Model {
  readonly columns: number;
  readonly rows: number;
  /** Adds columns, and gives the index of the first. */
  addColumns(batch: ColumnBatch): number;
  /** Adds rows, and gives the index of the first. */
  addRows(batch: RowBatch): number;
  setColumnBounds(column: number, lower: number, upper: number): void;
  setRowBounds(row: number, lower: number, upper: number): void;
  setCost(column: number, cost: number): void;
  /** Replaces the linear part of the objective. */
  setCosts(costs: Float64Array): void;
  setCoefficient(row: number, column: number, value: number): void;
  solve(options?: SolveOptions): Solution;
  /** Where the simplex method stands, if it stands anywhere. */
  basis(): Basis | undefined;
  /** Frees the memory. Calling it again changes nothing. */
  dispose(): void;
  [Symbol.dispose](): void;
}
