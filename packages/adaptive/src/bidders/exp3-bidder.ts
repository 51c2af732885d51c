import type { Random } from '@mechane/core';
import { exp3 } from '../policies/exp3.ts';
import type { GridBidder } from './bidder.ts';
import type { GridOptions } from './hedge.ts';

/** Exp3 in each class of values: learns from what its own bids bring, and from nothing else. Rewards are utilities scaled to [0, 1] by the range. */
export function exp3Bidder(
  random: Random,
  { grid, classes, range, rounds }: GridOptions & { readonly rounds: number },
): GridBidder {
  const horizon = Math.max(1, Math.ceil(rounds / classes.count));
  const learners = Array.from({ length: classes.count }, () => exp3(grid.length, random, { rounds: horizon }));
  const at = (value: number) => learners[classes.of(value)] as (typeof learners)[number];
  return {
    grid,
    hindsight: false,
    choose: (value) => at(value).choose(),
    learn(value, chosen, utilities) {
      at(value).learn(chosen, Math.min(1, Math.max(0, 0.5 + (utilities[chosen] as number) / (2 * range))));
    },
    mixtureAt: (value) => at(value).chances(),
  };
}
