/*
 * Serial dictatorship: one after the other, agents take the best of the items that are left.
 *
 * Svensson, "Strategy-proof allocation of indivisible goods", Social Choice and Welfare 16 (1999); Li, "Obviously strategy-proof
 * mechanisms", American Economic Review 107 (2017). It promises that nobody gains by a lie, and Pareto efficiency. It does not promise
 * that nobody envies whoever came earlier.
 */
import { type AgentId, type Allocation, defineMechanism, type Mechanism, perAgent } from '@mechane/core';
import * as z from 'zod';

const ranking = z.array(z.string()).refine((items) => new Set(items).size === items.length, 'expected nothing twice');

/** One after the other, agents take the best item that is left. */
export const serialDictatorship: Mechanism<{
  id: '__ID__/serial-dictatorship';
  settings: { items: string[] };
  report: { ranking: string[] };
  outcome: { readonly allocation: Allocation<string> };
  message: { take: string };
  ask: { left: readonly string[] };
}> = defineMechanism({
  id: '__ID__/serial-dictatorship',
  summary: 'One after the other, agents take the best item that is left (Svensson 1999)',
  settings: z.strictObject({ items: ranking.describe('What there is to take') }),
  report: z.strictObject({ ranking: ranking.describe('The items the agent would take, the best first') }),
  message: z.strictObject({ take: z.string().describe('The item the agent takes') }),
  ask: z.strictObject({ left: z.array(z.string()) }),
  outcome: z.strictObject({ allocation: z.record(z.string(), z.string()) }),

  refuseReport({ ranking: ranked }, { items }) {
    const position = ranked.findIndex((item) => !items.includes(item));
    if (position === -1) return undefined;
    const expected = `one of ${items.join(', ')}`;
    return { problem: `${JSON.stringify(ranked[position])} is no item`, path: ['ranking', position], expected };
  },

  *conduct({ settings: { items }, participants, ask, tieOrder }) {
    const given = new Map<AgentId, string>();
    let left: readonly string[] = items;
    for (const agent of [...participants].sort(tieOrder)) {
      if (left.length === 0) break;
      const offered = left;
      const replies = yield* ask(
        [agent],
        { left },
        {
          refuse: (_, { take }) =>
            offered.includes(take)
              ? undefined
              : {
                  problem: `${JSON.stringify(take)} is not there`,
                  path: ['take'],
                  expected: `one of ${offered.join(', ')}`,
                },
        },
      );
      const taken = replies.get(agent)?.take;
      if (taken !== undefined) given.set(agent, taken);
      left = left.filter((item) => item !== taken);
    }
    return { allocation: perAgent(given.keys(), (agent) => given.get(agent) ?? '') };
  },

  proxy:
    ({ ranking: ranked }) =>
    ({ left }) => {
      const take = ranked.find((item) => left.includes(item));
      return take === undefined ? undefined : { take };
    },

  utility: (agent, { ranking: ranked }, { allocation }) => standing(allocation[agent], ranked),

  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Svensson 1999: what is left does not depend on what an agent says',
    },
    { law: 'obviously-strategy-proof', holds: true, because: 'Li 2017: an agent chooses among what it is shown' },
    {
      law: 'pareto-efficient',
      holds: true,
      because: 'Svensson 1999: something better would be taken from one earlier',
    },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody has to take anything' },
    {
      law: 'envy-free',
      holds: false,
      because: 'By definition: whoever comes first leaves nothing of what both want',
      witness: {
        settings: { items: ['A', 'B'] },
        reports: { ann: { ranking: ['A', 'B'] }, bob: { ranking: ['A', 'B'] } },
      },
    },
  ],
});

/** How high an item stands, from 1 for the worst that is ranked; nothing at all stands at 0, what is not ranked below it. */
function standing(item: string | undefined, ranked: readonly string[]): number {
  if (item === undefined) return 0;
  const position = ranked.indexOf(item);
  return position === -1 ? -1 : ranked.length - position;
}
