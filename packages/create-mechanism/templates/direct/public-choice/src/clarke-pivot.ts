/*
 * The Clarke pivot: the alternative that is worth most to all together is chosen, and an agent pays what its say costs the others.
 *
 * Clarke, "Multipart pricing of public goods", Public Choice 11 (1971); Groves, "Incentives in teams", Econometrica 41 (1973). It promises
 * that truth is optimal whatever the others say, efficiency, and no deficit. It does not balance the budget.
 */
import {
  type AgentId,
  directMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
  signedAmount,
} from '@mechane/core';
import * as z from 'zod';

interface Valuation {
  values: Record<string, number>;
}

/** The alternative worth most to all is chosen, and agents pay what their say costs the others. */
export const clarkePivot: Mechanism<{
  id: '__ID__/clarke-pivot';
  settings: { alternatives: string[] };
  report: Valuation;
  outcome: { readonly chosen: string; readonly payments: Payments };
}> = directMechanism({
  id: '__ID__/clarke-pivot',
  summary: 'The alternative worth most to all is chosen, and agents pay what their say costs the others (Clarke 1971)',
  settings: z.strictObject({
    alternatives: z
      .array(z.string())
      .min(1)
      .refine((names) => new Set(names).size === names.length, 'expected no alternative twice'),
  }),
  report: z.strictObject({ values: z.record(z.string(), signedAmount).describe('What each alternative is worth') }),
  outcome: z.strictObject({ chosen: z.string(), payments: paymentsByAgent }),

  refuseReport({ values }, { alternatives }) {
    const unknown = Object.keys(values).find((name) => !alternatives.includes(name));
    if (unknown === undefined) return undefined;
    const expected = `one of ${alternatives.join(', ')}`;
    return { problem: `${JSON.stringify(unknown)} is no alternative`, path: ['values', unknown], expected };
  },

  decide(reports, { settings: { alternatives }, participants }) {
    const sums = alternatives.map((name) => worthToAll(reports, name));
    const chosen = sums.indexOf(sums.reduce((best, sum) => Math.max(best, sum)));
    const pays = (agent: AgentId): number => {
      const others = sums.map((sum, index) => sum - worth(reports.get(agent), alternatives[index]));
      return others.reduce((best, sum) => Math.max(best, sum)) - (others[chosen] ?? 0);
    };
    return { chosen: alternatives[chosen] ?? '', payments: perAgent(participants, pays) };
  },

  value: (_, type, { chosen }) => worth(type, chosen),
  bestWelfare: (types, { alternatives }) =>
    alternatives.map((name) => worthToAll(types, name)).reduce((best, sum) => Math.max(best, sum)),

  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Groves 1973: a report changes a payment only by changing the choice',
    },
    { law: 'efficient', holds: true, because: 'By definition: the sum of values is largest' },
    { law: 'no-deficit', holds: true, because: 'Clarke 1971: the others are never worse off without an agent’s say' },
    {
      law: 'budget-balanced',
      holds: false,
      because: 'Green and Laffont 1979: no such mechanism is efficient and balanced',
      witness: {
        settings: { alternatives: ['park', 'road'] },
        reports: { ann: { values: { park: 3 } }, bob: { values: { road: 2 } } },
      },
    },
  ],
});

/** What an alternative is worth to an agent: 0 where it does not say. */
function worth(type: Valuation | undefined, name = ''): number {
  return type !== undefined && Object.hasOwn(type.values, name) ? (type.values[name] ?? 0) : 0;
}

function worthToAll(types: ReadonlyMap<AgentId, Valuation>, name: string): number {
  return [...types.values()].reduce((sum, type) => sum + worth(type, name), 0);
}
