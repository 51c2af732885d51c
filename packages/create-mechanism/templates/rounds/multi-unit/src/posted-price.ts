/*
 * A posted price: one after the other, agents take as many units at the price as they want and as are left.
 *
 * Chawla, Hartline, Malec and Sivan, "Multi-parameter mechanism design and sequential posted pricing", STOC 2010. It promises that
 * taking what is worth its price is obviously right. It does not promise that all units are sold, or to whom they are worth most.
 */
import {
  type AgentId,
  type Allocation,
  amount,
  count,
  defineMechanism,
  type Mechanism,
  marginals,
  type Payments,
  paymentsByAgent,
  perAgent,
  quantity,
} from '@mechane/core';
import * as z from 'zod';

/** In turn, agents take units at a posted price. */
export const postedPrice: Mechanism<{
  id: '__ID__/posted-price';
  settings: { units: number; price: number };
  report: { values: number[] };
  outcome: { readonly allocation: Allocation; readonly payments: Payments };
  message: { take: number };
  ask: { price: number; left: number };
}> = defineMechanism({
  id: '__ID__/posted-price',
  summary: 'In turn, agents take units at a posted price (Chawla, Hartline, Malec and Sivan 2010)',
  settings: z.strictObject({
    units: count.describe('How many identical units are for sale'),
    price: amount.describe('What each of them costs'),
  }),
  report: z.strictObject({
    values: marginals.describe('What a first unit is worth to the agent, a second, and so on'),
  }),
  message: z.strictObject({ take: quantity.int().describe('How many units the agent takes') }),
  ask: z.strictObject({ price: amount, left: count.describe('How many units are left') }),
  outcome: z.strictObject({ allocation: z.record(z.string(), count), payments: paymentsByAgent }),

  *conduct({ settings: { units, price }, participants, ask, tieOrder }) {
    const taken = new Map<AgentId, number>();
    let left = units;
    for (const agent of [...participants].sort(tieOrder)) {
      if (left === 0) break;
      const most = left;
      const replies = yield* ask(
        [agent],
        { price, left },
        {
          refuse: (_, { take }) =>
            take <= most
              ? undefined
              : { problem: `${take} units are wanted`, path: ['take'], expected: `at most ${most}` },
        },
      );
      const take = replies.get(agent)?.take ?? 0;
      if (take > 0) taken.set(agent, take);
      left -= take;
    }
    return {
      allocation: perAgent(taken.keys(), (agent) => taken.get(agent) ?? 0),
      payments: perAgent(participants, (agent) => price * (taken.get(agent) ?? 0)),
    };
  },

  proxy:
    ({ values }) =>
    ({ price, left }) => ({ take: Math.min(left, values.filter((value) => value > price).length) }),

  value: (agent, { values }, { allocation }) => total(values.slice(0, allocation[agent] ?? 0)),
  bestWelfare: (types, { units }) =>
    total(
      [...types.values()]
        .flatMap(({ values }) => values)
        .sort((a, b) => b - a)
        .slice(0, units),
    ),

  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Chawla et al. 2010: an agent takes what it likes best of what is left',
    },
    { law: 'obviously-strategy-proof', holds: true, because: 'Li 2017: everything that bears on the choice is known' },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody has to take anything' },
    { law: 'no-deficit', holds: true, because: 'By definition: the price is never negative' },
    {
      law: 'efficient',
      holds: false,
      because: 'By definition: a unit that is worth less than its price stays unsold',
      witness: { settings: { units: 1, price: 5 }, reports: { ann: { values: [3] } } },
    },
  ],
});

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
