import { type AgentId, amount, count, directMechanism, type Mechanism, marginals, perAgent } from '@mechane/core';
import * as z from 'zod';

const ctr = z.strictObject({ clickThroughRates: z.array(amount) });
const perClick = z.strictObject({ bid: amount });

/** Positions by bid; what a click costs is up to `price`. */
function positionAuction(
  name: string,
  pay: (bids: readonly number[], clicks: readonly number[], slot: number) => number,
): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: ctr,
    report: perClick,
    decide(reports, { settings: { clickThroughRates }, participants, tieOrder }) {
      const ranked = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
      const slots = clickThroughRates.map((_, slot) => ranked[slot]?.[0] ?? null);
      const bids = ranked.map(([, { bid }]) => bid);
      return {
        slots,
        payments: perAgent(participants, (agent) =>
          slots.includes(agent) ? pay(bids, clickThroughRates, slots.indexOf(agent)) : 0,
        ),
      };
    },
    value: (agent, type, { slots }, { clickThroughRates }) => (clickThroughRates[slots.indexOf(agent)] ?? 0) * type.bid,
  }) as object as Mechanism;
}

/** Generalised second price. */
export const gsp: Mechanism = positionAuction(
  'gsp',
  (bids, clicks, slot) => (clicks[slot] ?? 0) * (bids[slot + 1] ?? 0),
);
export const positionVcg: Mechanism = positionAuction('position-vcg', (bids, clicks, slot) => {
  let harm = 0;
  for (let below = slot; below < clicks.length; below++) {
    harm += ((clicks[below] ?? 0) - (clicks[below + 1] ?? 0)) * (bids[below + 1] ?? 0);
  }
  return harm;
});
/** Gives the best bidder the worst position. */
export const upsideDownPositions: Mechanism = directMechanism({
  id: 'test/upside-down',
  settings: ctr,
  report: perClick,
  decide(reports, { settings: { clickThroughRates }, participants, tieOrder }) {
    const ranked = [...reports].sort(([a, x], [b, y]) => x.bid - y.bid || tieOrder(a, b));
    const slots = clickThroughRates.map((_, slot) => ranked[slot]?.[0] ?? null);
    return { slots, payments: perAgent(participants, () => 0) };
  },
  value: (agent, type, { slots }, { clickThroughRates }) => (clickThroughRates[slots.indexOf(agent)] ?? 0) * type.bid,
}) as object as Mechanism;

type Payer = (
  demands: readonly { agent: AgentId; bid: number }[],
  units: number,
  agent: AgentId,
  won: number,
) => number;

function multiUnitAuction(name: string, pay: Payer, oversell = 0): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({ units: count }),
    report: z.strictObject({ bids: marginals }),
    decide(reports, { settings: { units }, participants, tieOrder }) {
      const demands = [...reports]
        .flatMap(([agent, { bids }]) => bids.map((bid) => ({ agent, bid })))
        .sort((a, b) => b.bid - a.bid || tieOrder(a.agent, b.agent));
      const allocation = perAgent(participants, (agent) => {
        return demands.slice(0, units + oversell).filter((demand) => demand.agent === agent).length;
      });
      return {
        allocation,
        payments: perAgent(participants, (agent) => pay(demands, units, agent, allocation[agent] ?? 0)),
      };
    },
    value: (agent, { bids }, { allocation }) =>
      bids.slice(0, allocation[agent] ?? 0).reduce((sum, bid) => sum + bid, 0),
  }) as object as Mechanism;
}

const vickreyPayment: Payer = (demands, units, agent, won) => {
  const rivals = demands.filter((demand) => demand.agent !== agent).map(({ bid }) => bid);
  return rivals.slice(units - won, units).reduce((sum, bid) => sum + bid, 0);
};
export const multiUnitVickrey: Mechanism = multiUnitAuction('multi-unit-vickrey', vickreyPayment);
export const uniformPrice: Mechanism = multiUnitAuction(
  'uniform-price',
  (demands, units, _agent, won) => won * (demands[units]?.bid ?? 0),
);
export const oversold: Mechanism = multiUnitAuction('oversold', vickreyPayment, 1);

const xor = z.strictObject({ xor: z.array(z.strictObject({ bundle: z.array(z.string()), value: amount })) });
type Xor = z.output<typeof xor>;
type Packing = ReadonlyMap<AgentId, Xor['xor'][number]>;

/** Vickrey, Clarke and Groves over bundles, by trying everything. */
export const combinatorialVcg: Mechanism = combinatorial('combinatorial-vcg', (reports, agent, packing) => {
  const others = new Map([...reports].filter(([other]) => other !== agent));
  return worthOf(bestPacking([...others])) - (worthOf(packing) - (packing.get(agent)?.value ?? 0));
});
export const combinatorialFirstPrice: Mechanism = combinatorial(
  'combinatorial-first-price',
  (_reports, agent, packing) => packing.get(agent)?.value ?? 0,
);

function combinatorial(
  name: string,
  pay: (reports: ReadonlyMap<AgentId, Xor>, agent: AgentId, packing: Packing) => number,
): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({ goods: z.array(z.string()) }),
    report: xor,
    decide(reports, { participants, tieOrder }) {
      const packing = bestPacking([...reports].sort(([a], [b]) => tieOrder(a, b)));
      return {
        allocation: perAgent(packing.keys(), (agent) => packing.get(agent)?.bundle ?? []),
        payments: perAgent(participants, (agent) => pay(reports, agent, packing)),
      };
    },
    value: (agent, type, { allocation }) => {
      const goods = allocation[agent] ?? [];
      const within = type.xor.filter(({ bundle }) => bundle.every((good) => goods.includes(good)));
      return Math.max(0, ...within.map(({ value }) => value));
    },
  }) as object as Mechanism;
}

function bestPacking([first, ...rest]: readonly (readonly [AgentId, Xor])[], taken: readonly string[] = []): Packing {
  if (!first) return new Map();
  let best = bestPacking(rest, taken);
  for (const bid of first[1].xor) {
    if (bid.bundle.some((good) => taken.includes(good))) continue;
    const packing = new Map([[first[0], bid], ...bestPacking(rest, [...taken, ...bid.bundle])]);
    if (worthOf(packing) > worthOf(best)) best = packing;
  }
  return best;
}

function worthOf(packing: Packing): number {
  return [...packing.values()].reduce((sum, { value }) => sum + value, 0);
}
