import { type Estimate, meanOf } from '../statistics/running-mean.ts';
import type { ArmSummary, Simulation } from './result.ts';

/**
 * What replications come to at an arm: means over those in which it was played, each with its 95 % interval.
 *
 * @category Experiments
 */
export interface ReplicatedArm {
  readonly mechanism: string;
  readonly settings: unknown;
  readonly pulls: Estimate | null;
  readonly welfare: Estimate | null;
  readonly revenue: Estimate | null;
  readonly efficiency: Estimate | null;
  readonly priceOfAnarchy: Estimate | null;
  readonly smithsAlpha: Estimate | null;
}

/**
 * What simulations with different seeds come to.
 *
 * @category Experiments
 */
export interface Replications {
  readonly seeds: readonly number[];
  readonly complete: boolean;
  readonly reward: Estimate | null;
  readonly regret: Estimate | null;
  readonly coarse: Estimate | null;
  readonly correlated: Estimate | null;
  readonly arms: readonly ReplicatedArm[];
}

/**
 * Puts replications of one experiment together. Each counts as one draw, so that intervals are right though the rounds of a run depend on each
 * other.
 *
 * @category Experiments
 */
export function replicated(simulations: readonly Simulation[]): Replications {
  const over = (measureOf: (simulation: Simulation) => number | null | undefined): Estimate | null =>
    meanOf(simulations.map(measureOf).filter((value) => value !== null && value !== undefined));
  const [first] = simulations;
  return {
    seeds: simulations.map(({ seed }) => seed),
    complete: simulations.every(({ complete }) => complete),
    reward: over(({ reward }) => reward?.mean),
    regret: over(({ regret }) => regret.designer),
    coarse: over(({ convergence }) => convergence.coarse),
    correlated: over(({ convergence }) => convergence.correlated),
    arms: (first?.arms ?? []).map(({ mechanism, settings }, arm) => {
      const at = (measureOf: (summary: ArmSummary) => number | null | undefined): Estimate | null =>
        over(({ arms }) => measureOf(arms[arm] as ArmSummary));
      return {
        mechanism,
        settings,
        pulls: at(({ pulls }) => pulls),
        welfare: at(({ welfare }) => welfare?.mean),
        revenue: at(({ revenue }) => revenue?.mean),
        efficiency: at(({ efficiency }) => efficiency?.mean),
        priceOfAnarchy: at(({ priceOfAnarchy }) => priceOfAnarchy),
        smithsAlpha: at(({ smithsAlpha }) => smithsAlpha),
      };
    }),
  };
}
