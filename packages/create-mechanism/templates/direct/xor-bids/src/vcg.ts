/*
 * The VCG auction of packages: goods go where they are worth most together, and a winner pays what its winning costs the others.
 *
 * Vickrey (1961), Clarke (1971), Groves (1973); for packages see Ausubel and Milgrom, "The lovely but lonely Vickrey auction" (2006).
 * It promises that truth is optimal whatever the others bid, and efficiency. It does not promise revenue in the core.
 */
import {
  type AgentId,
  type Allocation,
  amount,
  directMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
} from '@mechane/core';
import * as z from 'zod';

const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

interface Bid {
  readonly bundle: readonly string[];
  readonly value: number;
}
interface Report {
  readonly xor: readonly Bid[];
}
type Reports = ReadonlyMap<AgentId, Report>;

/** Goods go where they are worth most together, and winners pay what they cost the others. */
export const vcg: Mechanism<{
  id: '__ID__/vcg';
  settings: { goods: string[] };
  report: Report;
  outcome: { readonly allocation: Allocation<string[]>; readonly payments: Payments };
}> = directMechanism({
  id: '__ID__/vcg',
  summary: 'Goods go where they are worth most together, and winners pay what they cost the others (Clarke 1971)',
  settings: z.strictObject({
    goods: z.array(z.string()).min(1).max(10).refine(distinct, 'expected no good twice').describe('What is for sale'),
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
  outcome: z.strictObject({ allocation: z.record(z.string(), z.array(z.string())), payments: paymentsByAgent }),

  refuseReport({ xor }, { goods }) {
    const bid = xor.findIndex(({ bundle }) => bundle.some((good) => !goods.includes(good)));
    if (bid === -1) return undefined;
    const problem = `bid ${bid + 1} names a good that is not for sale`;
    return { problem, path: ['xor', bid, 'bundle'], expected: `some of ${goods.join(', ')}` };
  },

  decide(reports, { settings: { goods }, participants, tieOrder }) {
    const inOrder = new Map([...reports].sort(([a], [b]) => tieOrder(a, b)));
    const best = bestPacking(inOrder, goods);
    const pays = (agent: AgentId): number => {
      const won = best.bids.get(agent);
      if (won === undefined) return 0;
      const others = new Map([...inOrder].filter(([other]) => other !== agent));
      return bestPacking(others, goods).worth - (best.worth - won.value);
    };
    return {
      allocation: perAgent(best.bids.keys(), (agent) => [...(best.bids.get(agent)?.bundle ?? [])]),
      payments: perAgent(participants, pays),
    };
  },

  value: (agent, { xor }, { allocation }) => {
    const goods = allocation[agent] ?? [];
    const covered = xor.filter(({ bundle }) => bundle.every((good) => goods.includes(good)));
    return covered.reduce((most, { value }) => Math.max(most, value), 0);
  },
  bestWelfare: (types, { goods }) => bestPacking(types, goods).worth,

  claims: [
    { law: 'strategy-proof', holds: true, because: 'Groves 1973: an agent gains what it adds to the gains of all' },
    { law: 'efficient', holds: true, because: 'By definition: no other packing is worth more' },
    { law: 'individually-rational', holds: true, because: 'Clarke 1971: nobody takes away by taking part' },
    { law: 'no-deficit', holds: true, because: 'Clarke 1971: the others are never better off with one more agent' },
    {
      law: 'core',
      holds: false,
      because: 'Ausubel and Milgrom 2006: two who complement each other may pay less than a third would',
      witness: {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: { xor: [{ bundle: ['A'], value: 2 }] },
          bob: { xor: [{ bundle: ['B'], value: 2 }] },
          cat: { xor: [{ bundle: ['A', 'B'], value: 2 }] },
        },
      },
    },
  ],
});

interface Packing {
  readonly worth: number;
  readonly bids: ReadonlyMap<AgentId, Bid>;
}

/** The best way to give every agent one of its bundles or none: agent by agent, for every set of goods that may be used up. */
function bestPacking(reports: Reports, goods: readonly string[]): Packing {
  let best: readonly Packing[] = Array.from({ length: 2 ** goods.length }, () => ({ worth: 0, bids: new Map() }));
  for (const [agent, { xor }] of reports) {
    const without = best;
    best = without.map((packing, available) =>
      xor.reduce((better, bid) => {
        const used = bid.bundle.reduce((set, good) => set | (1 << goods.indexOf(good)), 0);
        const rest = (used & available) === used ? without[available & ~used] : undefined;
        if (rest === undefined || rest.worth + bid.value <= better.worth) return better;
        return { worth: rest.worth + bid.value, bids: new Map([...rest.bids, [agent, bid]]) };
      }, packing),
    );
  }
  return best.at(-1) ?? { worth: 0, bids: new Map() };
}
