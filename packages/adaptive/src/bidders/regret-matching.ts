import type { Random } from '@mechane/core';
import type { GridBidder } from './bidder.ts';
import type { GridOptions } from './hedge.ts';
import { drawFrom } from './mixture.ts';

/**
 * Unconditional regret matching in each class of values (Hart and Mas-Colell, "A simple adaptive procedure leading to correlated
 * equilibrium", Econometrica 68, 2000, section 4; Blackwell 1956): a bid is as likely as it is regretted. The regret against the best of K
 * bids, after t rounds of the class, is at most range · √(K t) in expectation.
 */
export function regretMatching(random: Random, { grid, classes }: Omit<GridOptions, 'range'>): GridBidder {
  const bids = grid.length;
  const regrets = Array.from({ length: classes.count }, () => new Float64Array(bids));
  const chances = new Float64Array(bids);
  const fill = (own: number): Float64Array => {
    const regret = regrets[own] as Float64Array;
    let total = 0;
    for (let bid = 0; bid < bids; bid++) total += Math.max(0, regret[bid] as number);
    if (total <= 0) return chances.fill(1 / bids);
    for (let bid = 0; bid < bids; bid++) chances[bid] = Math.max(0, regret[bid] as number) / total;
    return chances;
  };
  return {
    grid,
    hindsight: true,
    choose: (value) => drawFrom(fill(classes.of(value)), random),
    learn(value, chosen, utilities) {
      const regret = regrets[classes.of(value)] as Float64Array;
      const got = utilities[chosen] as number;
      for (let bid = 0; bid < bids; bid++) regret[bid] = (regret[bid] as number) + (utilities[bid] as number) - got;
    },
    mixtureAt: (value) => fill(classes.of(value)).slice(),
  };
}
