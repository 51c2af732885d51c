/**
 * What is proved, never rounded up. `optimal`: the point is feasible and nothing beats it by more than the solver's tolerances.
 * `feasible`: the point is feasible, and `bound` says how far from the best it may be. `unknown`: neither a point nor a proof.
 *
 * @category Solutions
 */
export type SolutionStatus = FoundSolution['status'] | NoSolution['status'];

/**
 * Why the solver stopped: with a proof, with a gap left that was allowed, at a limit, because it was told to, or because it
 * gave up for numerical reasons.
 *
 * @category Solutions
 */
export type StopReason = 'proof' | 'gap' | 'time-limit' | 'node-limit' | 'aborted' | 'gave-up';

/**
 * What the solver came back with; `status` tells which.
 *
 * @category Solutions
 */
export type Solution = FoundSolution | NoSolution;

interface Search {
  readonly stoppedBy: StopReason;
  /** No point has a better objective than this. Infinite where nothing is proved; of an infeasible program, infinitely bad. */
  readonly bound: number;
  /** Nodes of the branch-and-bound tree: 0 where there is none. */
  readonly nodes: number;
  /** Iterations of the simplex, interior-point or active-set method. */
  readonly iterations: number;
}

/**
 * A feasible point.
 *
 * @category Solutions
 */
export interface FoundSolution extends Search {
  readonly status: 'optimal' | 'feasible';
  readonly objective: number;
  /** `|objective - bound| / |objective|`; 0 where they are equal, infinite where the objective alone is 0. */
  readonly gap: number;
  /** One number per column. Integer columns are whole within 1e-6. */
  readonly primal: Float64Array;
  /** One number per row: what the row comes to. */
  readonly activities: Float64Array;
  /** Of optimal linear and quadratic programs; programs with integer columns have none. */
  readonly duals: Duals | undefined;
}

/**
 * No feasible point.
 *
 * @category Solutions
 */
export interface NoSolution extends Search {
  readonly status: 'infeasible' | 'unbounded' | 'infeasible-or-unbounded' | 'unknown';
  readonly objective?: undefined;
  readonly gap?: undefined;
  readonly primal?: undefined;
  readonly activities?: undefined;
  readonly duals?: undefined;
}

/**
 * Shadow prices: by how much the optimal objective changes when the bound that holds a row or a column back grows by one,
 * whichever the sense. So in a maximum a row that is held from above has a dual of 0 or more, and in a minimum one of 0 or less.
 *
 * @category Solutions
 */
export interface Duals {
  readonly rows: Float64Array;
  /** Reduced costs: what is left of a column's cost, and of the slope of the quadratic part, after its rows are paid. */
  readonly columns: Float64Array;
}

/**
 * Where a simplex solver stands, to start another one from: one {@link basisStatus} per column and per row.
 *
 * @category Solutions
 */
export interface Basis {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/**
 * What a {@link Basis} says about a column or a row.
 *
 * @category Solutions
 */
export const basisStatus: Readonly<{ atLower: 0; basic: 1; atUpper: 2; free: 3; nonbasic: 4 }> = Object.freeze({
  atLower: 0,
  basic: 1,
  atUpper: 2,
  free: 3,
  nonbasic: 4,
});
