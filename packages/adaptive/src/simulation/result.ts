import type { ErrorReport } from '@mechane/core';
import type { Adaptation } from '../designer/adaptation.ts';
import type { Estimate } from '../statistics/running-mean.ts';

/**
 * What was measured of an arm, a round on average.
 *
 * @category Experiments
 */
export interface ArmSummary {
  readonly mechanism: string;
  /** As the experiment gives them, with the tick that was taken for it where a market of orders was given none. */
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

/**
 * What an agent regrets at an arm: see `RegretLedger`.
 *
 * @category Experiments
 */
export interface BidderSummary {
  readonly agent: string;
  readonly kind: string;
  readonly arm: number;
  readonly utility: Estimate | null;
  /** Utility a round that the best bid by class of values would have added; `null` where no round was looked at. */
  readonly externalRegret: number | null;
  /** Utility a round that the best change of each bid would have added; `null` for a bidder without a grid, too. */
  readonly swapRegret: number | null;
  /** In how many rounds other bids were looked at. */
  readonly examined: number;
  /** What a learner bids at some values, on average over its last mixture. */
  readonly strategy: readonly { readonly value: number; readonly bid: number }[] | null;
}

/**
 * How far the run had come at some round.
 *
 * @category Experiments
 */
export interface Checkpoint {
  readonly round: number;
  /** What a round brought on average since the last checkpoint, by the objective. */
  readonly reward: number;
  readonly regret: number;
  /** The largest external and swap regret of an agent so far, as shares of what is at stake; `null` while it is not known of every agent. */
  readonly coarse: number | null;
  readonly correlated: number | null;
}

/**
 * An arm that threw, and was taken out.
 *
 * @category Experiments
 */
export interface ArmFailure {
  readonly arm: number;
  readonly round: number;
  readonly error: ErrorReport;
}

/**
 * What `simulate` gives.
 *
 * @category Experiments
 */
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
  readonly regret: {
    /** Rewards foregone in all, by the means of this run, in rewards scaled to [0, 1] by `range`. */
    readonly designer: number;
    /** Rewards foregone in a round on average, scaled as those in all are. */
    readonly perRound: number;
    /**
     * What rewards are scaled by: the experiment's range, or else the one that was found: [0, 1] for efficiency; up to the best welfare of
     * everybody at their highest value for welfare and revenue; and where nothing tells beforehand, what was seen by the end.
     */
    readonly range: readonly [low: number, high: number];
    /** Every bidder's, in units of utility. */
    readonly bidders: readonly BidderSummary[];
  };
  readonly history: readonly Adaptation[];
  readonly failures: readonly ArmFailure[];
  readonly arms: readonly ArmSummary[];
  /**
   * How far play is from equilibria: every agent's regret is within `coarse` of none for one bid by class of values, and `correlated` for
   * a change of each bid, as shares of what is at stake for an agent: the most that it can gain. `correlated` is `null` where a bidder has no grid, and
   * both are where nothing is known of what other bids would have brought some agent, as in a market of offers one after another.
   */
  readonly convergence: {
    readonly coarse: number | null;
    readonly correlated: number | null;
    readonly checkpoints: readonly Checkpoint[];
  };
}
