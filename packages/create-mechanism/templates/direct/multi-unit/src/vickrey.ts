/*
 * The Vickrey auction of several identical units: the highest marginal bids win, and a winner pays the bids of others that it displaced.
 *
 * Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961). It promises that bidding
 * one's marginal values is optimal whatever the others bid, and that the units go where they are worth most.
 */
import {
  type AgentId,
  type Allocation,
  count,
  directMechanism,
  type Mechanism,
  marginals,
  type Payments,
  paymentsByAgent,
  perAgent,
} from '@mechane/core';
import * as z from 'zod';

/** The highest marginal bids win, and each winner pays the bids it displaced. */
export const vickrey: Mechanism<{
  id: '__ID__/vickrey';
  settings: { units: number };
  report: { bids: number[] };
  outcome: { readonly allocation: Allocation; readonly payments: Payments };
}> = directMechanism({
  id: '__ID__/vickrey',
  summary: 'The highest marginal bids win, and each winner pays the bids it displaced (Vickrey 1961)',
  settings: z.strictObject({ units: count.describe('How many identical units are for sale') }),
  report: z.strictObject({ bids: marginals.describe('What the agent offers for a first unit, a second, and so on') }),
  outcome: z.strictObject({ allocation: z.record(z.string(), count), payments: paymentsByAgent }),

  decide(reports, { settings: { units }, participants, tieOrder }) {
    const standing = [...reports]
      .flatMap(([agent, { bids }]) => bids.slice(0, units).map((bid) => ({ agent, bid })))
      .sort((a, b) => b.bid - a.bid || tieOrder(a.agent, b.agent));
    const won = new Map<AgentId, number>();
    for (const { agent } of standing.slice(0, units)) won.set(agent, (won.get(agent) ?? 0) + 1);
    const rejected = standing.slice(units);
    const displaced = (agent: AgentId): number =>
      total(highest(rejected, won.get(agent) ?? 0, (bid) => bid.agent !== agent).map(({ bid }) => bid));
    return {
      allocation: perAgent(won.keys(), (agent) => won.get(agent) ?? 0),
      payments: perAgent(participants, displaced),
    };
  },

  value: (agent, { bids }, { allocation }) => total(bids.slice(0, allocation[agent] ?? 0)),
  bestWelfare: (types, { units }) =>
    total(
      [...types.values()]
        .flatMap(({ bids }) => bids)
        .sort((a, b) => b - a)
        .slice(0, units),
    ),

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Vickrey 1961: what its units cost an agent is set by the others' },
    { law: 'efficient', holds: true, because: 'Vickrey 1961: the units go to the highest marginal values' },
    { law: 'individually-rational', holds: true, because: 'Vickrey 1961: the displaced bids are below those that won' },
    { law: 'no-deficit', holds: true, because: 'By definition: bids are never negative' },
    {
      law: 'budget-balanced',
      holds: false,
      because: 'Green and Laffont 1979: what the winners pay does not go back to the others',
      witness: { settings: { units: 1 }, reports: { ann: { bids: [3] }, bob: { bids: [2] } } },
    },
  ],
});

/** The first so many that pass a test. */
function highest<Bid>(bids: readonly Bid[], most: number, passes: (bid: Bid) => boolean): Bid[] {
  const found: Bid[] = [];
  for (let next = 0; next < bids.length && found.length < most; next++) {
    const bid = bids[next];
    if (bid !== undefined && passes(bid)) found.push(bid);
  }
  return found;
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
