import { type AgentId, amount, directMechanism, type Mechanism, perAgent, type Setup } from '@mechane/core';
import * as z from 'zod';
import type { Item } from './single-item-auctions.ts';

const report = z.strictObject({ bid: amount });
const settings = z.strictObject({ reserve: amount.default(0), discounts: z.array(amount).default([3, 1, 2]) });
type Reports = ReadonlyMap<AgentId, { bid: number }>;
type OwnSetup = Setup<z.output<typeof settings>, unknown>;

/** A second-price auction with something wrong about how it is written. */
function odd(
  name: string,
  decide: (reports: Reports, setup: OwnSetup) => Item,
  schema: z.ZodType<{ bid: number }> = report,
): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings,
    report: schema,
    decide,
    value: (agent, type, outcome) => (outcome.winner === agent ? type.bid : 0),
  }) as object as Mechanism;
}

function second(reports: Reports, { participants, tieOrder }: OwnSetup, order = tieOrder): Item {
  const [first, next] = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || order(a, b));
  const winner = first?.[0] ?? null;
  return { winner, payments: perAgent(participants, (agent) => (agent === winner ? (next?.[1].bid ?? 0) : 0)) };
}

export const wellFormed: Mechanism = odd('well-formed', second);

/** The same with a host, whom the settings name: without it, there is no auction. */
export const hosted: Mechanism = directMechanism({
  id: 'test/hosted',
  settings: z.strictObject({ host: z.string() }),
  report,
  refuseSettings: ({ host }, { participants }) =>
    participants.includes(host) ? undefined : { problem: 'the host is not there', path: ['host'] },
  decide(reports: Reports, setup) {
    if (!setup.participants.includes(setup.settings.host)) throw new Error('no host');
    return second(reports, setup as object as OwnSetup);
  },
  value: (agent, type, outcome) => (outcome.winner === agent ? type.bid : 0),
}) as object as Mechanism;

export const failsOnTies: Mechanism = odd('fails-on-ties', (reports, setup) => {
  const bids = [...reports.values()].map(({ bid }) => bid);
  if (new Set(bids).size < bids.length) throw new Error('a tie');
  return second(reports, setup);
});
export const failsForFour: Mechanism = odd('fails-for-four', (reports, setup) => {
  if (reports.size === 4) throw new TypeError('too many bidders');
  return second(reports, setup);
});

export const whimsical: Mechanism = odd('whimsical', (reports, setup) =>
  second(reports, setup, () => Math.random() - 0.5),
);
let heard = 0;
export const remembers: Mechanism = odd('remembers', (reports, setup) => {
  heard += 1;
  const { winner, payments } = second(reports, setup);
  return { winner, payments: { ...payments, ...(winner === null ? {} : { [winner]: heard }) } };
});

export const changesReports: Mechanism = odd('changes-reports', (reports, setup) => {
  const item = second(reports, setup);
  const lost = [...reports].find(([agent]) => agent !== item.winner);
  if (lost) lost[1].bid = 0;
  return item;
});
export const emptiesReports: Mechanism = odd('empties-reports', (reports, setup) => {
  const item = second(reports, setup);
  (reports as Map<AgentId, unknown>).clear();
  return item;
});
export const sortsSettings: Mechanism = odd('sorts-settings', (reports, setup) => {
  setup.settings.discounts.sort((a, b) => a - b);
  return second(reports, setup);
});
export const reversesParticipants: Mechanism = odd('reverses-participants', (reports, setup) => {
  const item = second(reports, setup);
  (setup.participants as AgentId[]).reverse();
  return item;
});

export const firstComeFirstServed: Mechanism = odd('first-come', (reports, setup) => second(reports, setup, () => 0));
export const earlyBirdDiscount: Mechanism = odd('early-bird', (reports, setup) => {
  const { winner, payments } = second(reports, setup);
  const early = winner !== null && winner === [...reports.keys()][0];
  return { winner, payments: early ? { ...payments, [winner]: 0 } : payments };
});
export const bobsFriend: Mechanism = odd('bobs-friend', (reports, setup) => {
  const { winner, payments } = second(reports, setup);
  return { winner, payments: winner === 'bob' ? { ...payments, bob: 0 } : payments };
});
/** Ties by id whatever the settings say. */
export const stubbornTies: Mechanism = odd('stubborn-ties', (reports, setup) =>
  second(reports, setup, (a, b) => (a < b ? -1 : 1)),
);

export const twoWinners: Mechanism = odd(
  'two-winners',
  (reports, setup) =>
    ({
      ...second(reports, setup),
      allocation: perAgent([...reports.keys()].slice(0, 2), () => 1),
    }) as Item,
);
export const stranger: Mechanism = odd('stranger', (reports, setup) => ({
  ...second(reports, setup),
  ...(reports.size > 2 ? { winner: 'nobody we know' } : {}),
}));

export const divides: Mechanism = odd('divides', (reports, setup) => {
  const { winner, payments } = second(reports, setup);
  const total = [...reports.values()].reduce((sum, { bid }) => sum + bid, 0);
  return { winner, payments: perAgent(Object.keys(payments), (agent) => ((payments[agent] ?? 0) * total) / total) };
});
export const forgetsLosers: Mechanism = odd('forgets-losers', (reports, setup) => {
  const { winner, payments } = second(reports, setup);
  return { winner, payments: winner === null ? {} : { [winner]: payments[winner] ?? 0 } };
});
export const chargesBystanders: Mechanism = odd('charges-bystanders', (reports, setup) => {
  const { winner, payments } = second(reports, setup);
  return { winner, payments: { ...payments, bystander: 1 } };
});
export const unlimited: Mechanism = odd('unlimited', (reports, setup) => {
  const { winner, payments } = second(reports, setup);
  const lone = setup.participants.length === 1 && winner !== null;
  return { winner, payments: lone ? { [winner]: Number.POSITIVE_INFINITY } : payments };
});

export const needsSomebody: Mechanism = odd('needs-somebody', (reports, setup) => {
  if (reports.size === 0) throw new Error('nobody is here');
  return second(reports, setup);
});
export const needsCompany: Mechanism = odd('needs-company', (reports, setup) => {
  const [, next] = [...reports.values()].sort((a, b) => b.bid - a.bid);
  const { winner, payments } = second(reports, setup);
  return { winner, payments: winner === null ? payments : { ...payments, [winner]: (next as { bid: number }).bid } };
});

export const takesAnything: Mechanism = odd('takes-anything', second, z.any());
export const takesExtras: Mechanism = odd('takes-extras', second, z.object({ bid: amount }));
export const throwsInSchema: Mechanism = odd(
  'throws-in-schema',
  second,
  z.any().transform((given) => ({ bid: given.bid.toFixed(0).length })),
);
export const forgivesNonsense: Mechanism = odd('forgives-nonsense', second, z.strictObject({ bid: amount.catch(0) }));

/** What a bidder says is doubled on the way in, each time it comes in. */
export const doubles: Mechanism = odd('doubles', second, z.strictObject({ bid: amount.transform((bid) => 2 * bid) }));

export const wrongBest: Mechanism = { ...wellFormed, bestWelfare: () => 1 };
export const optimistic: Mechanism = {
  ...wellFormed,
  bestWelfare: (types) => [...(types as Reports).values()].reduce((sum, { bid }) => sum + bid, 0),
};
export const rightBest: Mechanism = {
  ...wellFormed,
  bestWelfare: (types) => Math.max(0, ...[...(types as Reports).values()].map(({ bid }) => bid)),
};
/** Ties by lot. */
export const byLot: Mechanism = odd('by-lot', (reports, setup) => {
  const highest = Math.max(0, ...[...reports.values()].map(({ bid }) => bid));
  const tied = [...reports.keys()].filter((agent) => reports.get(agent)?.bid === highest).sort();
  const [winner = null] = setup.random.shuffled(tied);
  return { winner, payments: perAgent(setup.participants, (agent) => (agent === winner ? highest : 0)) };
});
/** Says in its own words who gets the item. */
export const wordy: Mechanism = {
  ...directMechanism({
    id: 'test/wordy',
    settings: z.strictObject({}),
    report,
    decide: (reports) => ({ lucky: [...reports.keys()].slice(0, 1), payments: perAgent(reports.keys(), () => 0) }),
    value: (agent, { bid }, { lucky }) => (lucky.includes(agent) ? bid : 0),
  }),
} as object as Mechanism;
