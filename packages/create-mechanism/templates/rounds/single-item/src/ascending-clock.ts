/*
 * The ascending clock: the price rises, bidders leave for good, and the last one left wins at the price at which its last rival left.
 *
 * Milgrom and Weber, "A theory of auctions and competitive bidding", Econometrica 50 (1982); Li, "Obviously strategy-proof mechanisms",
 * American Economic Review 107 (2017). It promises that staying until the price reaches one's value is obviously right.
 */
import {
  type AgentId,
  amount,
  defineMechanism,
  type Mechanism,
  type SingleItemOutcome,
  singleItemOutcome,
  sold,
  unsold,
} from '@mechane/core';
import * as z from 'zod';

/** The price rises until one bidder is left. */
export const ascendingClock: Mechanism<{
  id: '__ID__/ascending-clock';
  settings: Record<string, never>;
  report: { value: number };
  outcome: SingleItemOutcome;
  message: { leaveAt: number };
  ask: { from: number };
}> = defineMechanism({
  id: '__ID__/ascending-clock',
  summary: 'The price rises until one bidder is left (Milgrom and Weber 1982)',
  settings: z.strictObject({}),
  report: z.strictObject({ value: amount.describe('What the item is worth to the agent') }),
  message: z.strictObject({ leaveAt: amount.describe('The price at which the agent leaves') }),
  ask: z.strictObject({ from: amount.describe('The price from which it rises') }),
  outcome: singleItemOutcome,

  *conduct({ participants, runClock, tieOrder }) {
    let active = participants;
    let price = 0;
    while (active.length > 1) {
      const from = price;
      const replies = yield* runClock(active, { from }, { direction: 'ascending', stopAt: ({ leaveAt }) => leaveAt });
      // Silence means leaving at once. Only the first to leave is known: the others are asked again.
      const leavesAt = (agent: AgentId): number => Math.max(from, replies.get(agent)?.leaveAt ?? from);
      price = active.reduce((lowest, agent) => Math.min(lowest, leavesAt(agent)), Number.POSITIVE_INFINITY);
      const first = active.filter((agent) => leavesAt(agent) === price).reduce((a, b) => (tieOrder(a, b) > 0 ? a : b));
      active = active.filter((agent) => agent !== first);
    }
    const [winner] = active;
    return winner === undefined ? unsold(participants) : sold(participants, winner, price);
  },

  proxy:
    ({ value }) =>
    () => ({ leaveAt: value }),

  value: (agent, { value }, { winner }) => (agent === winner ? value : 0),
  bestWelfare: (types) => [...types.values()].reduce((best, { value }) => Math.max(best, value), 0),

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Milgrom and Weber 1982: the price is where the last rival leaves' },
    { law: 'obviously-strategy-proof', holds: true, because: 'Li 2017: leaving early wins nothing, staying on loses' },
    { law: 'efficient', holds: true, because: 'Milgrom and Weber 1982: the highest value stays longest' },
    { law: 'individually-rational', holds: true, because: 'By definition: an agent leaves at its value' },
    { law: 'no-deficit', holds: true, because: 'By definition: the price rises from zero' },
    {
      law: 'budget-balanced',
      holds: false,
      because: 'By definition: the winner pays the seller, who takes no part',
      witness: { reports: { ann: { value: 3 }, bob: { value: 2 } } },
    },
  ],
});
