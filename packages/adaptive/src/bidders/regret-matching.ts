import type { Random } from '@mechane/core';
import type { GridBidder } from './bidder.ts';
import type { GridOptions } from './hedge.ts';
import { chancesOf, drawFrom } from './mixture.ts';

/**
 * Unconditional regret matching in each class of values (Hart and Mas-Colell, "A simple adaptive procedure leading to correlated
 * equilibrium", Econometrica 68, 2000, section 4; Blackwell 1956): a bid is as likely as it is regretted. The regret against the best of K
 * bids, after t rounds of the class, is at most range · √(K t) in expectation.
 *
 * @category Bidders
 */
export function regretMatching(random: Random, { grid, classes }: Omit<GridOptions, 'range'>): GridBidder {
  const bids = grid.length;
  const regrets = Array.from({ length: classes.count }, () => new Float64Array(bids));
  const weights = new Float64Array(bids);
  const rounds = new Float64Array(classes.count);
  let largest = 0;
  /** Fills in what is regretted of each bid, or the same for all where nothing is, and adds it up. */
  const weigh = (own: number): number => {
    const regret = regrets[own] as Float64Array;
    // What rounding may have added up to is no regret: else how money is counted would decide.
    const nothing = (rounds[own] as number) * largest * Number.EPSILON;
    let total = 0;
    for (let bid = 0; bid < bids; bid++) {
      const regretted = regret[bid] as number;
      const weight = regretted > nothing ? regretted : 0;
      weights[bid] = weight;
      total += weight;
    }
    if (total > 0) return total;
    weights.fill(1);
    return bids;
  };
  return {
    grid,
    hindsight: true,
    choose: (value) => drawFrom(weights, weigh(classes.of(value)), random),
    learn(value, chosen, utilities) {
      const own = classes.of(value);
      const regret = regrets[own] as Float64Array;
      const got = utilities[chosen] as number;
      let most = 0;
      for (let bid = 0; bid < bids; bid++) {
        const gain = (utilities[bid] as number) - got;
        regret[bid] = (regret[bid] as number) + gain;
        if (gain > most) most = gain;
        else if (-gain > most) most = -gain;
      }
      if (most > largest) largest = most;
      rounds[own] = (rounds[own] as number) + 1;
    },
    mixtureAt: (value) => chancesOf(weights, weigh(classes.of(value))),
  };
}
