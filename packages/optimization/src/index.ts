export { type DualBoundOptions, dualBound } from './dual-bound.ts';
export type { OptimizationErrorCode } from './errors.ts';
export { createOptimizer } from './highs-optimizer.ts';
export { highsOptimizer, type PreparedProvider } from './highs-provider.ts';
export type { HighsLoading } from './highs-runtime.ts';
export { type Limits, linearProgram, type ProgramBuilder, type Term, type Variable } from './linear-program.ts';
export { type HalfSpace, NearestPoint, nearestPoint } from './nearest-point.ts';
export { objectiveAt } from './objective-at.ts';
export {
  type Improvement,
  type Interruption,
  type Model,
  type Optimizer,
  OptimizerService,
  type SolveOptions,
} from './optimizer.ts';
export type { ColumnBatch, Program, RowBatch, Sense } from './program.ts';
export {
  type Basis,
  basisStatus,
  type Duals,
  type FoundSolution,
  type NoSolution,
  type Solution,
  type SolutionStatus,
  type StopReason,
} from './solution.ts';
export type { SparseMatrix } from './sparse-matrix.ts';
export { violationAt } from './violation-at.ts';
