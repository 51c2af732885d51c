/*
 * Convex quadratic programs, with a proof or without a claim. Where the quadratic part is definite, one run of the dual
 * active-set method gives the optimum. Where it is not, proximal points do: each is the optimum with a little of the distance to
 * the one before added (Rockafellar, "Monotone operators and the proximal point algorithm", 1976). What comes out is called
 * optimal when its duals prove it.
 */
import type { Curvature } from './convexity.ts';
import { dualBound } from './dual-bound.ts';
import { closesGap, gapBetween } from './gap.ts';
import { objectiveAt } from './objective-at.ts';
import { plainZeros } from './plain-zeros.ts';
import type { Program, QuadraticProgram } from './program.ts';
import { QuadraticMinimum } from './quadratic-minimum.ts';
import type { FoundSolution, NoSolution, Solution, StopReason } from './solution.ts';
import { product, symmetricColumns, symmetricProduct } from './sparse-matrix.ts';

/** How much of the distance is added, relative to the largest entry of the quadratic part, and how often at most. */
const proximity = 1e-4;
const mostPoints = 60;
/** Where proximal points may end: a gap this small, relative to the objective, is made of rounding errors. */
const negligibleGap = 1e-10;

/**
 * Solves a quadratic program without integer columns.
 *
 * @param stopReason asked now and then whether to stop, and why
 * @param solveLinear settles what has no optimum: whether there is a feasible point, or an endless improvement
 */
export function solveQuadratic(
  program: QuadraticProgram,
  curvature: Curvature,
  stopReason: () => StopReason | undefined,
  solveLinear: (program: Program) => Solution,
): Solution {
  let stoppedBy: StopReason | undefined;
  const stop = (): boolean => {
    stoppedBy = stopReason();
    return stoppedBy !== undefined;
  };
  const definite = curvature === 'definite';
  const largest = program.hessian.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const method = new QuadraticMinimum(program, definite ? 0 : proximity * largest);
  let found: FoundSolution | undefined;
  for (let points = 0; points < (definite ? 1 : mostPoints); points++) {
    const optimum = method.solve(found?.primal ?? new Float64Array(program.costs.length), stop);
    if (optimum === undefined) break;
    found = quadraticSolution(program, optimum.primal, optimum.rowDuals, (found?.iterations ?? 0) + optimum.iterations);
    if (found.gap <= negligibleGap) break;
  }
  if (found?.status === 'optimal') return found;
  const worst = program.sense === 'minimize' ? Infinity : -Infinity;
  const nothing = (status: NoSolution['status'], bound: number): NoSolution => ({
    status,
    stoppedBy: stoppedBy ?? (status === 'unknown' ? 'gave-up' : 'proof'),
    bound,
    nodes: 0,
    iterations: found?.iterations ?? 0,
  });
  if (stoppedBy) return found ? { ...found, stoppedBy } : nothing('unknown', -worst);
  if (found) return !definite && improvesEndlessly(program, solveLinear) ? nothing('unbounded', -worst) : found;
  return solveLinear(feasibility(program)).status === 'infeasible'
    ? nothing('infeasible', worst)
    : nothing('unknown', -worst);
}

/** A feasible point, called optimal if the row duals prove it. */
export function quadraticSolution(
  program: QuadraticProgram,
  primal: Float64Array,
  rowDuals: Float64Array,
  iterations: number,
): FoundSolution {
  const objective = objectiveAt(program, primal);
  const bound = dualBound(program, rowDuals, { at: primal });
  const proved = closesGap(objective, bound);
  return {
    status: proved ? 'optimal' : 'feasible',
    stoppedBy: proved ? 'proof' : 'gave-up',
    objective,
    bound,
    gap: gapBetween(objective, bound),
    primal: plainZeros(primal),
    activities: plainZeros(product(program.matrix, primal, program.rowLower.length)),
    duals: proved
      ? { rows: plainZeros(rowDuals), columns: plainZeros(reducedCosts(program, primal, rowDuals)) }
      : undefined,
    nodes: 0,
    iterations,
  };
}

function reducedCosts(
  { costs, matrix, hessian }: QuadraticProgram,
  primal: Float64Array,
  rowDuals: Float64Array,
): Float64Array {
  const slope = symmetricProduct(hessian, primal);
  return costs.map((cost, column) => {
    let reduced = cost + (slope[column] as number);
    for (let entry = matrix.starts[column] as number; entry < (matrix.starts[column + 1] as number); entry++) {
      reduced -= (matrix.values[entry] as number) * (rowDuals[matrix.indices[entry] as number] as number);
    }
    return reduced;
  });
}

/** The constraints of a program with nothing to optimize. */
function feasibility(program: Program): Program {
  return { ...program, costs: new Float64Array(program.costs.length), hessian: undefined };
}

/** Whether there is a direction that never leaves the constraints, has no curvature, and improves the linear part. */
function improvesEndlessly(program: QuadraticProgram, solveLinear: (program: Program) => Solution): boolean {
  const { sense, costs, lower, upper, rowLower, rowUpper, matrix, hessian } = program;
  const dearest = costs.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0);
  const flat = new Float64Array(costs.length);
  const { objective = 0 } = solveLinear({
    sense,
    costs,
    lower: lower.map((bound) => (bound === -Infinity ? -1 : 0)),
    upper: upper.map((bound) => (bound === Infinity ? 1 : 0)),
    rowLower: Float64Array.of(...rowLower.map((bound) => (bound === -Infinity ? bound : 0)), ...flat),
    rowUpper: Float64Array.of(...rowUpper.map((bound) => (bound === Infinity ? bound : 0)), ...flat),
    matrix: symmetricColumns(hessian, matrix, rowLower.length),
  });
  return Math.abs(objective) > 1e-6 * dearest;
}
