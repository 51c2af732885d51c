import type { Random } from '@mechane/core';
import { type Exp3Policy, exp3 } from '../policies/exp3.ts';
import type { GridBidder } from './bidder.ts';
import type { GridOptions } from './hedge.ts';

/**
 * Exp3 in each class of values: learns from what its own bids bring, and from nothing else. Rewards are utilities scaled to [0, 1] by the range;
 * a utility that is beyond it, or without one is the first, makes the range twice as wide as that needs, and all begin to learn afresh.
 *
 * @category Bidders
 */
export function exp3Bidder(
  random: Random,
  { grid, classes, range = 0, rounds }: GridOptions & { readonly rounds: number },
): GridBidder {
  const horizon = Math.max(1, Math.ceil(rounds / classes.count));
  const beginners = (): readonly Exp3Policy[] =>
    Array.from({ length: classes.count }, () => exp3(grid.length, random, { rounds: horizon }));
  let learners = beginners();
  let width = range;
  const at = (value: number): Exp3Policy => learners[classes.of(value)] as Exp3Policy;
  return {
    grid,
    hindsight: false,
    choose: (value) => at(value).choose(),
    learn(value, chosen, utilities) {
      const utility = utilities[chosen] as number;
      if (Math.abs(utility) > width) {
        width = 2 * Math.abs(utility);
        learners = beginners();
      }
      if (width > 0) at(value).learn(chosen, 0.5 + utility / (2 * width));
    },
    mixtureAt: (value) => at(value).chances(),
  };
}
