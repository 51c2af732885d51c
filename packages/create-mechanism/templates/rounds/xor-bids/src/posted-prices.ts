/*
 * Posted prices for goods: one after the other, agents take the goods they want at their prices, as far as they are left.
 *
 * Chawla, Hartline, Malec and Sivan, "Multi-parameter mechanism design and sequential posted pricing", STOC 2010. It promises that
 * taking the bundle one likes best is obviously right. It does not promise that goods go where they are worth most.
 */
import {
  type AgentId,
  type Allocation,
  amount,
  defineMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
} from '@mechane/core';
import * as z from 'zod';

const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const price = z.strictObject({ good: z.string(), price: amount });

interface PricedGood {
  readonly good: string;
  readonly price: number;
}

interface Report {
  readonly xor: readonly { readonly bundle: readonly string[]; readonly value: number }[];
}

/** In turn, agents take goods at posted prices. */
export const postedPrices: Mechanism<{
  id: '__ID__/posted-prices';
  settings: { prices: { good: string; price: number }[] };
  report: Report;
  outcome: { readonly allocation: Allocation<string[]>; readonly payments: Payments };
  message: { take: string[] };
  ask: { prices: readonly PricedGood[] };
}> = defineMechanism({
  id: '__ID__/posted-prices',
  summary: 'In turn, agents take goods at posted prices (Chawla, Hartline, Malec and Sivan 2010)',
  settings: z.strictObject({
    prices: z.array(price).refine((prices) => distinct(prices.map(({ good }) => good)), 'expected no good twice'),
  }),
  report: z.strictObject({
    xor: z
      .array(
        z.strictObject({
          bundle: z.array(z.string()).min(1).refine(distinct, 'expected no good twice').readonly(),
          value: amount,
        }),
      )
      .readonly()
      .describe('Bundles of goods of which the agent wants one, and what each is worth to it'),
  }),
  message: z.strictObject({ take: z.array(z.string()).refine(distinct, 'expected no good twice') }),
  ask: z.strictObject({ prices: z.array(price) }),
  outcome: z.strictObject({ allocation: z.record(z.string(), z.array(z.string())), payments: paymentsByAgent }),

  refuseReport({ xor }, { prices }) {
    const goods = prices.map(({ good }) => good);
    const bid = xor.findIndex(({ bundle }) => bundle.some((good) => !goods.includes(good)));
    if (bid === -1) return undefined;
    const problem = `bid ${bid + 1} names a good that is not for sale`;
    return { problem, path: ['xor', bid, 'bundle'], expected: `some of ${goods.join(', ')}` };
  },

  *conduct({ settings: { prices }, participants, ask, tieOrder }) {
    const given = new Map<AgentId, string[]>();
    let left: readonly PricedGood[] = prices;
    for (const agent of [...participants].sort(tieOrder)) {
      const offered = left.map(({ good }) => good);
      if (offered.length === 0) break;
      const replies = yield* ask(
        [agent],
        { prices: left },
        {
          refuse: (_, { take }) =>
            take.every((good) => offered.includes(good))
              ? undefined
              : { problem: 'it is not all there', path: ['take'], expected: `some of ${offered.join(', ')}` },
        },
      );
      const taken = replies.get(agent)?.take ?? [];
      if (taken.length > 0) given.set(agent, taken);
      left = left.filter(({ good }) => !taken.includes(good));
    }
    const cost = (agent: AgentId): number => costOf(given.get(agent) ?? [], prices) ?? 0;
    return {
      allocation: perAgent(given.keys(), (agent) => given.get(agent) ?? []),
      payments: perAgent(participants, cost),
    };
  },

  proxy:
    ({ xor }) =>
    ({ prices }) => {
      let best = { gain: 0, take: [] as string[] };
      for (const { bundle, value } of xor) {
        const cost = costOf(bundle, prices);
        if (cost !== undefined && value - cost > best.gain) best = { gain: value - cost, take: [...bundle] };
      }
      return { take: best.take };
    },

  value: (agent, { xor }, { allocation }) => {
    const goods = allocation[agent] ?? [];
    const covered = xor.filter(({ bundle }) => bundle.every((good) => goods.includes(good)));
    return covered.reduce((most, { value }) => Math.max(most, value), 0);
  },

  claims: [
    {
      law: 'strategy-proof',
      holds: true,
      because: 'Chawla et al. 2010: an agent takes what it likes best of what is left',
    },
    { law: 'obviously-strategy-proof', holds: true, because: 'Li 2017: everything that bears on the choice is known' },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody has to take anything' },
    { law: 'no-deficit', holds: true, because: 'By definition: no price is negative' },
    {
      law: 'efficient',
      holds: false,
      because: 'By definition: a good that is worth less than its price stays unsold',
      witness: {
        settings: { prices: [{ good: 'A', price: 5 }] },
        reports: { ann: { xor: [{ bundle: ['A'], value: 3 }] } },
      },
    },
  ],
});

/** What a bundle costs; `undefined` where not all of it is there. */
function costOf(bundle: readonly string[], prices: readonly PricedGood[]): number | undefined {
  const priced = prices.filter(({ good }) => bundle.includes(good));
  return priced.length < bundle.length ? undefined : priced.reduce((sum, { price }) => sum + price, 0);
}
