import type { Random } from '@mechane/core';
import type { ValueClasses } from '../population/value-classes.ts';
import type { GridBidder } from './bidder.ts';
import { decay } from './decay.ts';
import { chancesOf, drawFrom } from './mixture.ts';

/** @category Bidders */
export interface GridOptions {
  /** The bids it may make. */
  readonly grid: Float64Array;
  readonly classes: ValueClasses;
  /** How far apart utilities can be at one value; what is seen where that is more, or nothing is said. */
  readonly range?: number;
}

/**
 * Hedge in each class of values (Freund and Schapire, "A decision-theoretic generalization of on-line learning", Journal of Computer and System
 * Sciences 55, 1997), at the rate √(8 ln K / t) that needs no horizon (Cesa-Bianchi and Lugosi, Prediction, Learning, and Games,
 * 2006, theorem 2.3): the regret against the best of K bids, after t rounds of the class, is at most range · (2 √(t/2 · ln K) + √(ln K / 8)) in
 * expectation.
 *
 * @category Bidders
 */
export function hedge(random: Random, { grid, classes, range = 0 }: GridOptions): GridBidder {
  const bids = grid.length;
  const sums = Array.from({ length: classes.count }, () => new Float64Array(bids));
  /** The largest of the sums of each class. */
  const largest = new Float64Array(classes.count);
  const rounds = new Float64Array(classes.count);
  const weights = new Float64Array(bids);
  const steepness = Math.sqrt(8 * Math.log(bids));
  let width = range;
  /** Fills in the weights of a class, 1 for the bid that would have earned most, and adds them up. */
  const weigh = (own: number): number => {
    const earned = sums[own] as Float64Array;
    const most = largest[own] as number;
    const rate = width === 0 ? 0 : steepness / (width * Math.sqrt((rounds[own] as number) + 1));
    let total = 0;
    for (let bid = 0; bid < bids; bid++) {
      const weight = decay(rate * (most - (earned[bid] as number)));
      weights[bid] = weight;
      total += weight;
    }
    return total;
  };
  return {
    grid,
    hindsight: true,
    choose: (value) => drawFrom(weights, weigh(classes.of(value)), random),
    learn(value, _chosen, utilities) {
      const own = classes.of(value);
      const earned = sums[own] as Float64Array;
      let most = Number.NEGATIVE_INFINITY;
      let lowest = Number.POSITIVE_INFINITY;
      let highest = Number.NEGATIVE_INFINITY;
      for (let bid = 0; bid < bids; bid++) {
        const utility = utilities[bid] as number;
        const sum = (earned[bid] as number) + utility;
        earned[bid] = sum;
        if (sum > most) most = sum;
        if (utility < lowest) lowest = utility;
        if (utility > highest) highest = utility;
      }
      largest[own] = most;
      if (highest - lowest > width) width = highest - lowest;
      rounds[own] = (rounds[own] as number) + 1;
    },
    mixtureAt: (value) => chancesOf(weights, weigh(classes.of(value))),
  };
}
