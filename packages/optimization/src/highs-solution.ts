import type { Highs, Model as HighsModelHandle, ModelStatusCode } from 'highs';
import { closesGap, gapBetween } from './gap.ts';
import { plainZeros } from './plain-zeros.ts';
import type { Sense } from './program.ts';
import type { Duals, NoSolution, Solution, StopReason } from './solution.ts';

/** What HiGHS established about a program, in our words. */
export interface Ended {
  readonly sense: Sense;
  readonly kind: 'linear' | 'integer' | 'quadratic';
  readonly modelStatus: ModelStatusCode;
}

/** Reads what HiGHS found, rounding nothing up: a point counts when HiGHS checked it, a proof when it names one. */
export function readSolution(
  { constants }: Highs,
  model: HighsModelHandle,
  { sense, kind, modelStatus }: Ended,
): Solution {
  const { modelStatus: codes, solutionStatus } = constants;
  const worst = sense === 'minimize' ? Infinity : -Infinity;
  const nodes = kind === 'integer' ? Math.max(0, Number(model.info.get('mip_node_count'))) : 0;
  const iterations = iterationsOf(model);
  const nothing = (status: NoSolution['status'], stoppedBy: StopReason, bound: number): NoSolution => ({
    status,
    stoppedBy,
    bound,
    nodes,
    iterations,
  });
  if (modelStatus === codes.infeasible) return nothing('infeasible', 'proof', worst);
  if (modelStatus === codes.unbounded) return nothing('unbounded', 'proof', -worst);
  if (modelStatus === codes.unboundedOrInfeasible) return nothing('infeasible-or-unbounded', 'proof', -worst);

  const found = model.info.get('primal_solution_status') === solutionStatus.feasible;
  const dualFeasible = model.info.get('dual_solution_status') === solutionStatus.feasible;
  const claimed = modelStatus === codes.optimal;
  const stopped = claimed ? 'proof' : stopReason(codes, modelStatus);
  const proved = claimed && (kind === 'integer' || dualFeasible);
  if (!found) {
    return nothing('unknown', claimed ? 'gave-up' : stopped, kind === 'integer' ? integerBound(model, -worst) : -worst);
  }

  const objective = model.getObjectiveValue();
  const bound = kind === 'integer' ? integerBound(model, -worst) : proved ? objective : -worst;
  const open = !closesGap(objective, bound);
  const { colValue, rowValue, colDual, rowDual } = model.getSolution();
  const duals: Duals | undefined =
    proved && kind !== 'integer' ? { rows: plainZeros(rowDual), columns: plainZeros(colDual) } : undefined;
  return {
    status: proved && !open ? 'optimal' : 'feasible',
    stoppedBy: !claimed ? stopped : !proved ? 'gave-up' : open ? 'gap' : 'proof',
    objective,
    bound,
    gap: gapBetween(objective, bound),
    primal: plainZeros(colValue),
    activities: plainZeros(rowValue),
    duals,
    nodes,
    iterations,
  };
}

/** A search that ended before it began. */
export function stoppedAtOnce(sense: Sense, status: 'infeasible' | 'unknown', stoppedBy: StopReason): NoSolution {
  const worst = sense === 'minimize' ? Infinity : -Infinity;
  return { status, stoppedBy, bound: status === 'infeasible' ? worst : -worst, nodes: 0, iterations: 0 };
}

function stopReason(codes: Highs['constants']['modelStatus'], status: ModelStatusCode): StopReason {
  if (status === codes.timeLimit) return 'time-limit';
  if (status === codes.solutionLimit) return 'node-limit';
  if (status === codes.interrupted) return 'aborted';
  return 'gave-up';
}

function integerBound(model: HighsModelHandle, unproved: number): number {
  const bound = Number(model.info.get('mip_dual_bound'));
  return Number.isNaN(bound) ? unproved : bound;
}

function iterationsOf({ info }: HighsModelHandle): number {
  const counts = ['simplex_iteration_count', 'ipm_iteration_count', 'crossover_iteration_count', 'qp_iteration_count'];
  return counts.reduce((sum, name) => sum + Math.max(0, Number(info.get(name))), 0);
}
