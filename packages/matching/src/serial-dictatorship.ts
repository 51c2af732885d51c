/*
 * Serial dictatorship: one after the other, agents take the best of the items that are left.
 *
 * Satterthwaite and Sonnenschein, "Strategy-proof allocation mechanisms at differentiable points", Review of Economic Studies 48 (1981);
 * Svensson, "Strategy-proof allocation of indivisible goods", Social Choice and Welfare 16 (1999). It promises that nobody gains by a lie,
 * alone or in a group, and Pareto efficiency. It does not promise that nobody envies whoever came earlier.
 */
import {
  type AgentId,
  directMechanism,
  emptyRecord,
  type Mechanism,
  membersOf,
  type ReportRequest,
  type TieOrder,
} from '@mechane/core';
import * as z from 'zod';
import { notAnItem } from './errors.ts';
import { ranking, standing } from './ranking.ts';

/**
 * The items, and who chooses when.
 *
 * @category Types of mechanisms
 */
export interface SerialDictatorshipSettings {
  items: string[];
  /** Who chooses first, second, and so on; whoever is not on it comes later, in tie order. */
  order?: string[] | undefined;
}

/**
 * The items an agent would take, the best first.
 *
 * @category Types of mechanisms
 */
export interface ItemRanking {
  ranking: string[];
}

/**
 * Who gets which item; whoever is missing gets none.
 *
 * @category Types of mechanisms
 */
export interface Assignment {
  readonly allocation: Readonly<Record<AgentId, string>>;
}

export const assignment: z.ZodObject<{ allocation: z.ZodRecord<z.ZodString, z.ZodString> }, z.core.$strict> =
  z.strictObject({
    allocation: z.record(z.string(), z.string()),
  });

/** @category Types of mechanisms */
export type SerialDictatorship = Mechanism<{
  id: 'matching/serial-dictatorship';
  settings: SerialDictatorshipSettings;
  report: ItemRanking;
  outcome: Assignment;
  message: ItemRanking;
  ask: ReportRequest;
}>;

/**
 * Serial dictatorship. Without `order`, agents choose in the order that `breakTie` sets: by id, by lot (random serial dictatorship) or by
 * priority. Items that an agent does not rank it never gets.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { matchings } from '@mechane/matching';
 *
 * const mechane = createMechane().use(matchings);
 * const settings = { items: ['desk', 'sofa', 'shelf'], order: ['bob'] };
 * const reports = { ann: { ranking: ['sofa', 'desk'] }, bob: { ranking: ['sofa'] }, cat: { ranking: ['desk'] } };
 * mechane.run('matching/serial-dictatorship', { settings, reports }).outcome.allocation; // => { bob: 'sofa', ann: 'desk' }
 * ```
 */
export const serialDictatorship: SerialDictatorship = directMechanism({
  id: 'matching/serial-dictatorship',
  summary: 'One after the other, agents take the best item that is left (Svensson 1999)',
  settings: z.strictObject({
    items: ranking.describe('What there is to take'),
    order: ranking.optional().describe('Who chooses first, second, and so on; the rest follow in tie order'),
  }),
  report: z.strictObject({ ranking: ranking.describe('The items the agent would take, the best first') }),
  outcome: assignment,
  among: ({ items }) => items,

  refuseReport({ ranking: ranked }, { items }) {
    const known = membersOf(items);
    const unknown = ranked.findIndex((item) => !known.has(item));
    return unknown === -1 ? undefined : notAnItem(ranked[unknown] as string, unknown, items);
  },

  decide(reports, { settings: { items, order = [] }, tieOrder }) {
    const left = new Set(items);
    const allocation = emptyRecord<string>();
    for (const agent of inTurn(reports.keys(), order, tieOrder)) {
      const best = (reports.get(agent) as ItemRanking).ranking.find((item) => left.has(item));
      if (best === undefined) continue;
      left.delete(best);
      allocation[agent] = best;
    }
    return { allocation };
  },

  utility: (agent, { ranking: ranked }, { allocation }) => standing(allocation[agent], ranked),

  mostPaid: () => 0,
  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Svensson 1999: what is left when an agent’s turn comes does not depend on what it says',
    },
    {
      law: 'group-strategy-proof',
      holds: true,
      because: 'Svensson 1999: the first of a group to take something else takes something worse',
    },
    {
      law: 'non-bossy',
      holds: true,
      because: 'Svensson 1999: who takes the same leaves the same to those who come after',
    },
    {
      law: 'pareto-efficient',
      holds: true,
      because: 'Satterthwaite and Sonnenschein 1981: the first to get something better would take it from one earlier',
    },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody gets an item it does not rank' },
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

function inTurn(agents: Iterable<AgentId>, order: readonly AgentId[], tieOrder: TieOrder): AgentId[] {
  const turn = new Map(order.map((agent, index) => [agent, index]));
  const turnOf = (agent: AgentId): number => turn.get(agent) ?? order.length;
  return [...agents].sort((a, b) => turnOf(a) - turnOf(b) || tieOrder(a, b));
}
