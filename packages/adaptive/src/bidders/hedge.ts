import type { Random } from '@mechane/core';
import type { ValueClasses } from '../population/value-classes.ts';
import type { GridBidder } from './bidder.ts';
import { drawFrom } from './mixture.ts';

export interface GridOptions {
  /** The bids it may make. */
  readonly grid: Float64Array;
  readonly classes: ValueClasses;
  /** How far apart utilities can be. */
  readonly range: number;
}

/** e^−25 is 1 in 10¹⁰. */
const negligible = -25;

/**
 * Hedge in each class of values (Freund and Schapire, "A decision-theoretic generalization of on-line learning", Journal of Computer and System
 * Sciences 55, 1997), at the rate √(8 ln K / t) that needs no horizon (Cesa-Bianchi and Lugosi, Prediction, Learning, and Games,
 * 2006, theorem 2.3): the regret against the best of K bids, after t rounds of the class, is at most range · (2 √(t/2 · ln K) + √(ln K / 8)) in
 * expectation.
 */
export function hedge(random: Random, { grid, classes, range }: GridOptions): GridBidder {
  const bids = grid.length;
  const sums = Array.from({ length: classes.count }, () => new Float64Array(bids));
  const rounds = new Float64Array(classes.count);
  const chances = new Float64Array(bids);
  const scale = Math.sqrt(8 * Math.log(bids)) / range;
  const fill = (own: number): Float64Array => {
    const earned = sums[own] as Float64Array;
    const rate = scale / Math.sqrt((rounds[own] as number) + 1);
    let largest = earned[0] as number;
    for (let bid = 1; bid < bids; bid++) if ((earned[bid] as number) > largest) largest = earned[bid] as number;
    let total = 0;
    for (let bid = 0; bid < bids; bid++) {
      const exponent = rate * ((earned[bid] as number) - largest);
      // Exponentials are most of the work.
      const weight = exponent < negligible ? 0 : Math.exp(exponent);
      chances[bid] = weight;
      total += weight;
    }
    for (let bid = 0; bid < bids; bid++) chances[bid] = (chances[bid] as number) / total;
    return chances;
  };
  return {
    grid,
    hindsight: true,
    choose: (value) => drawFrom(fill(classes.of(value)), random),
    learn(value, _chosen, utilities) {
      const own = classes.of(value);
      const earned = sums[own] as Float64Array;
      for (let bid = 0; bid < bids; bid++) earned[bid] = (earned[bid] as number) + (utilities[bid] as number);
      rounds[own] = (rounds[own] as number) + 1;
    },
    mixtureAt: (value) => fill(classes.of(value)).slice(),
  };
}
