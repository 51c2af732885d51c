export { solveCholesky } from './cholesky.ts';
export { solveConjugateGradients } from './conjugate-gradients.ts';
export { InvalidNumber } from './errors.ts';
export {
  type ExactOptimum,
  type ExactProgram,
  type ExactRow,
  type ExactSolution,
  exactSteps,
  solveExactly,
} from './exact-linear-program.ts';
export { IntegerDictionary } from './integer-dictionary.ts';
export { type IntegerPoint, invertIntegers, solveIntegers } from './integer-elimination.ts';
export { type Box, type BoxVerdict, contractBox, cutBox, type Linearization, widestSide } from './krawczyk.ts';
export { invertMatrix, solveLinearSystem } from './linear-system.ts';
export { factorize, solveFactored, solveTransposed } from './lu-factors.ts';
export { atOnce, type Budget, Pace, pause, type SearchOptions } from './pace.ts';
export { type RankOneTable, rankOneTable } from './rank-one-table.ts';
export { commonDenominator, maximum, minimum, Rational, type RationalLike, sum } from './rational.ts';
export { RunningMoments } from './running-moments.ts';
export { type SparseColumns, solveSparseIntegers, sparseIntegerSteps } from './sparse-integers.ts';
export { stationaryDistribution } from './stationary-distribution.ts';
