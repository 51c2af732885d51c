/*
 * Top trading cycles: everybody points at the owner of the best item that is left; whoever stands in a cycle trades along it and leaves.
 *
 * Shapley and Scarf, "On cores and indivisibility", Journal of Mathematical Economics 1 (1974), who credit David Gale. It promises the
 * outcome in the core, and that nobody gains by a lie (Roth 1982).
 */
import { type AgentId, type Allocation, directMechanism, type Mechanism, perAgent } from '@mechane/core';
import * as z from 'zod';

const ranking = z.array(z.string()).refine((items) => new Set(items).size === items.length, 'expected nothing twice');

interface Owner {
  owns: string;
  ranking: string[];
}

/** Owners trade along cycles in which each points at the best item left. */
export const topTradingCycles: Mechanism<{
  id: '__ID__/top-trading-cycles';
  settings: Record<string, never>;
  report: Owner;
  outcome: { readonly allocation: Allocation<string> };
}> = directMechanism({
  id: '__ID__/top-trading-cycles',
  summary: 'Owners trade along cycles in which each points at the best item left (Shapley and Scarf 1974)',
  settings: z.strictObject({}),
  report: z.strictObject({
    owns: z.string().describe('The item the agent brings'),
    ranking: ranking.describe('The items it would have instead, the best first'),
  }),
  outcome: z.strictObject({ allocation: z.record(z.string(), z.string()) }),

  decide(owners, { tieOrder }) {
    // Of several who claim to own one item, only the first by the tie order is believed.
    const ownerOf = new Map<string, AgentId>();
    for (const agent of [...owners.keys()].sort(tieOrder).reverse()) ownerOf.set(owners.get(agent)?.owns ?? '', agent);
    const given = new Map<AgentId, string>();
    while (ownerOf.size > 0) {
      const best = (agent: AgentId): string => acceptable(owners.get(agent)).find((item) => ownerOf.has(item)) ?? '';
      const path: AgentId[] = [];
      let next = [...ownerOf.values()].reduce((a, b) => (tieOrder(a, b) < 0 ? a : b));
      while (!path.includes(next)) {
        path.push(next);
        next = ownerOf.get(best(next)) ?? next;
      }
      const cycle = path.slice(path.indexOf(next)).map((agent) => [agent, best(agent)] as const);
      for (const [agent, item] of cycle) {
        given.set(agent, item);
        ownerOf.delete(item);
      }
    }
    return { allocation: perAgent(given.keys(), (agent) => given.get(agent) ?? '') };
  },

  utility: (agent, type, { allocation }) => standing(allocation[agent], acceptable(type)),
  outsideOption: (_, type) => standing(type.owns, acceptable(type)),

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Roth 1982: who is there to trade with does not depend on a lie' },
    { law: 'core', holds: true, because: 'Shapley and Scarf 1974: each cycle gets the best of all that is left' },
    { law: 'pareto-efficient', holds: true, because: 'Shapley and Scarf 1974: an outcome in the core is efficient' },
    { law: 'individually-rational', holds: true, because: 'By definition: an agent can always point at itself' },
  ],
});

/** The items an agent would go home with, its own the last of them. */
function acceptable(owner: Owner | undefined): readonly string[] {
  if (owner === undefined) return [];
  const own = owner.ranking.indexOf(owner.owns);
  return own === -1 ? [...owner.ranking, owner.owns] : owner.ranking.slice(0, own + 1);
}

/** How high an item stands, from 1 for the worst that is ranked; nothing at all stands at 0, what is not ranked below it. */
function standing(item: string | undefined, ranked: readonly string[]): number {
  if (item === undefined) return 0;
  const position = ranked.indexOf(item);
  return position === -1 ? -1 : ranked.length - position;
}
