import type { ErrorReport } from '@mechane/core';
import type { Adaptation } from '../designer/adaptation.ts';
import type { Estimate } from '../statistics/running-mean.ts';

/** What was measured of an arm, a round on average. */
export interface ArmSummary {
  readonly mechanism: string;
  readonly settings: unknown;
  readonly pulls: number;
  readonly welfare: Estimate | null;
  readonly revenue: Estimate | null;
  readonly efficiency: Estimate | null;
  /** The best welfare there could have been over the welfare there was, in the rounds of the second half; `null` where that says nothing. */
  readonly priceOfAnarchy: number | null;
  /** How far prices are from the competitive price (Smith 1962), in the rounds of the second half. */
  readonly smithsAlpha: number | null;
}

/** What an agent regrets at an arm: see `RegretLedger`. */
export interface BidderSummary {
  readonly agent: string;
  readonly kind: string;
  readonly arm: number;
  readonly utility: Estimate | null;
  /** Utility a round that the best bid by class of values would have added. */
  readonly externalRegret: number;
  /** Utility a round that the best change of each bid would have added; `null` for a bidder without a grid. */
  readonly swapRegret: number | null;
  /** In how many rounds other bids were looked at. */
  readonly examined: number;
  /** What a learner bids at some values, on average over its last mixture. */
  readonly strategy: readonly { readonly value: number; readonly bid: number }[] | null;
}

/** How far the run had come at some round. */
export interface Checkpoint {
  readonly round: number;
  /** What a round brought on average since the last checkpoint, by the objective. */
  readonly reward: number;
  readonly regret: number;
  /** The largest external and swap regret of an agent so far, as shares of the highest value. */
  readonly coarse: number;
  readonly correlated: number;
}

/** An arm that threw, and was taken out. */
export interface ArmFailure {
  readonly arm: number;
  readonly round: number;
  readonly error: ErrorReport;
}

/** What `simulate` gives. */
export interface Simulation {
  readonly seed: number;
  /** How many rounds were played. */
  readonly rounds: number;
  readonly complete: boolean;
  /** Why not all rounds were played. */
  readonly reason?: string;
  readonly objective: string;
  readonly pulls: readonly number[];
  readonly reward: Estimate | null;
  /** The designer's, in scaled rewards, and what `range` they are scaled by; and every bidder's. */
  readonly regret: {
    readonly designer: number;
    readonly perRound: number;
    readonly bidders: readonly BidderSummary[];
  };
  readonly history: readonly Adaptation[];
  readonly failures: readonly ArmFailure[];
  readonly arms: readonly ArmSummary[];
  /**
   * How far play is from equilibria: every agent's regret is within `coarse` of none for one bid by class of values, and `correlated` for
   * a change of each bid, as shares of the highest value. `correlated` is `null` where a bidder has no grid.
   */
  readonly convergence: {
    readonly coarse: number;
    readonly correlated: number | null;
    readonly checkpoints: readonly Checkpoint[];
  };
}
