/**
 * A Fisher market in numbers: there is 1 of each good, and all budgets sum to 1. Agent `i` wants the goods
 * `goods[k]`, `starts[i] ≤ k < starts[i + 1]`, with weights of which `logWeights[k]` are the logarithms.
 */
export interface FisherMarket {
  readonly goodCount: number;
  readonly budgets: Float64Array;
  readonly starts: Int32Array;
  readonly goods: Int32Array;
  readonly logWeights: Float64Array;
  /** 1 for linear, 0 for Cobb–Douglas, −Infinity for Leontief. */
  readonly rho: Float64Array;
  /** 1 where money that is kept is worth as much as a good of weight 1 and price 1: quasi-linear agents. */
  readonly keepsMoney: Uint8Array;
}

/** What a solver comes back with. How good it is, the certificate says. */
export interface FisherSolution {
  /** What each good is worth in all: its price, as there is 1 of it. */
  readonly prices: Float64Array;
  /** How much of the good each entry of `FisherMarket.goods` stands for goes to its agent. */
  readonly quantities: Float64Array;
  readonly iterations: number;
  readonly method: string;
}

/** One way to find an equilibrium of a Fisher market. */
export interface FisherSolver {
  readonly name: string;
  /** Why it does not do for an agent of this kind, whatever the others are; `undefined` where it does. */
  unfit(rho: number, keepsMoney: boolean): string | undefined;
  solve(market: FisherMarket, options: SolverOptions): FisherSolution;
}

export interface SolverOptions {
  /** Rounds or steps after which to give up. */
  readonly maxIterations: number;
  /** The residual to reach. */
  readonly tolerance: number;
  readonly signal?: { readonly aborted: boolean } | undefined;
}
