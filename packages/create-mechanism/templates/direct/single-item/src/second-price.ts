/*
 * The second-price auction: the highest bid wins and pays the second highest.
 *
 * Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961). It promises that bidding
 * what the item is worth is optimal whatever the others bid, and that the item goes where it is worth most.
 */
import {
  type AgentId,
  amount,
  directMechanism,
  type Mechanism,
  type SingleItemOutcome,
  singleItemOutcome,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';

/** The highest bid wins and pays the second highest. */
export const secondPrice: Mechanism<{
  id: '__ID__/second-price';
  settings: Record<string, never>;
  report: { bid: number };
  outcome: SingleItemOutcome;
}> = directMechanism({
  id: '__ID__/second-price',
  summary: 'The highest bid wins and pays the second highest (Vickrey 1961)',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount.describe('What the agent offers') }),
  outcome: singleItemOutcome,

  decide(bids, { participants, tieOrder }) {
    const bidOf = (agent: AgentId): number => bids.get(agent)?.bid ?? 0;
    const [winner, second] = [...bids.keys()].sort((a, b) => bidOf(b) - bidOf(a) || tieOrder(a, b));
    if (winner === undefined) return unsold(participants);
    return sold(participants, winner, second === undefined ? 0 : bidOf(second));
  },

  value: (agent, { bid }, { winner }) => (agent === winner ? bid : 0),
  bestWelfare: (types) => [...types.values()].reduce((best, { bid }) => Math.max(best, bid), 0),

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Vickrey 1961: no bid of one’s own moves the price one pays' },
    { law: 'efficient', holds: true, because: 'Vickrey 1961: the highest value wins' },
    { law: 'individually-rational', holds: true, because: 'Vickrey 1961: the price is never above the winning bid' },
    { law: 'no-deficit', holds: true, because: 'By definition: bids are never negative' },
    {
      law: 'budget-balanced',
      holds: false,
      because: 'Green and Laffont 1979: what the winner pays does not go back to the others',
      witness: { reports: { ann: { bid: 3 }, bob: { bid: 2 }, cat: { bid: 1 } } },
    },
  ],
});
