import { doubleAuction, multiUnit, positions, publicChoice, singleItem, singlePeaked } from '@mechane/conformance';
import {
  type AgentId,
  amount,
  count,
  directMechanism,
  type LawName,
  type Mechanism,
  marginals,
  perAgent,
  type Setup,
} from '@mechane/core';
import * as z from 'zod';
import { item, type Specimen, sealed, specimen } from './mutant.ts';

const named = (name: string): `test/${string}` => `test/sound-${name.replaceAll(/[^\w]+/g, '-')}`;
const bid = z.strictObject({ bid: amount });
type Bids = ReadonlyMap<AgentId, { bid: number }>;

const each = (
  laws: readonly LawName[],
  what: string,
  mechanism: Mechanism,
  domain: unknown,
  settings?: readonly unknown[],
): readonly Specimen[] => laws.map((law) => specimen(law, what, mechanism, domain, settings));

/** The price goes back to all, in equal parts. */
const equalSplit: Mechanism = directMechanism({
  id: named('equal split'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants, tieOrder }: Setup) {
    const ranked = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
    const winner = ranked[0]?.[0] ?? null;
    const price = ranked[1]?.[1].bid ?? 0;
    const share = price / Math.max(1, participants.length);
    return { winner, payments: perAgent(participants, (agent) => (agent === winner ? price - share : -share)) };
  },
}) as object as Mechanism;

/** A cost that all bear alike. */
const sharedCost: Mechanism = directMechanism({
  id: named('shared cost'),
  settings: z.strictObject({ cost: amount.default(1) }),
  report: bid,
  decide(reports: Bids, { settings, participants }: Setup) {
    const cost = (settings as { cost: number }).cost;
    const willing = [...reports].filter(([, report]) => report.bid >= cost / Math.max(1, participants.length)).length;
    const isBuilt = participants.length > 0 && willing === participants.length;
    const share = cost / Math.max(1, participants.length);
    return { isBuilt, payments: perAgent([...participants, ...(isBuilt ? [] : [])], () => (isBuilt ? share : 0)) };
  },
}) as object as Mechanism;

/** Cavallo 2006: of what it would pay at the least whatever it bids, every agent gets its part. */
const cavallo: Mechanism = directMechanism({
  id: named('redistribution'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants, tieOrder }: Setup) {
    const ranked = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
    const winner = ranked[0]?.[0] ?? null;
    const without = (agent: AgentId): number => ranked.filter(([other]) => other !== agent)[1]?.[1].bid ?? 0;
    const rebates = perAgent(participants, (agent) => without(agent) / Math.max(1, participants.length));
    const price = ranked[1]?.[1].bid ?? 0;
    return {
      winner,
      rebates,
      payments: perAgent(participants, (agent) => (agent === winner ? price : 0) - (rebates[agent] ?? 0)),
    };
  },
}) as object as Mechanism;

const rates = [0.3, 0.2, 0.1];

/** VCG for positions whose rates stand in the code. */
const rated: Mechanism = directMechanism({
  id: named('rates in the code'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants, tieOrder }: Setup) {
    const ranked = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
    const bids = ranked.map(([, report]) => report.bid);
    const pay = (slot: number): number => {
      let harm = 0;
      for (let below = slot; below < rates.length; below++)
        harm += ((rates[below] ?? 0) - (rates[below + 1] ?? 0)) * (bids[below + 1] ?? 0);
      return harm;
    };
    const slots = rates.map((_, slot) => ranked[slot]?.[0] ?? null);
    return {
      slots,
      payments: perAgent(participants, (agent) => (slots.includes(agent) ? pay(slots.indexOf(agent)) : 0)),
    };
  },
}) as object as Mechanism;

const clickRates = positions({ clicks: () => rates });

/** Everything is computed by welfares of others, with rates. */
const ratedWelfare: Mechanism = directMechanism({
  id: named('rates by welfare'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants, tieOrder }: Setup) {
    const order = (without?: AgentId): readonly (readonly [AgentId, { bid: number }])[] =>
      [...reports].filter(([agent]) => agent !== without).sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
    const worth = (ranked: ReturnType<typeof order>, without?: AgentId): number =>
      rates.reduce(
        (sum, rate, slot) => sum + (ranked[slot]?.[0] === without ? 0 : rate * (ranked[slot]?.[1].bid ?? 0)),
        0,
      );
    const ranked = order();
    return {
      slots: rates.map((_, slot) => ranked[slot]?.[0] ?? null),
      payments: perAgent(participants, (agent) => worth(order(agent)) - worth(ranked, agent)),
    };
  },
}) as object as Mechanism;

const lottery: Mechanism = directMechanism({
  id: named('lottery'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants, random }: Setup) {
    const [winner = null] = random.shuffled([...reports.keys()].sort());
    return { winner, payments: perAgent(participants, () => 0) };
  },
}) as object as Mechanism;

/** Second price among half of the bidders, drawn by lot; the other half sets a reserve. */
const sampled: Mechanism = directMechanism({
  id: named('sampled reserve'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants, random, tieOrder }: Setup) {
    const drawn = random.shuffled([...reports.keys()].sort());
    const half = new Set(drawn.slice(0, Math.ceil(drawn.length / 2)));
    const sample = [...reports].filter(([agent]) => !half.has(agent)).map(([, report]) => report.bid);
    const reserve = sample.length === 0 ? 0 : sample.reduce((sum, one) => sum + one, 0) / sample.length;
    const ranked = [...reports]
      .filter(([agent, report]) => half.has(agent) && report.bid >= reserve)
      .sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
    const winner = ranked[0]?.[0] ?? null;
    const price = Math.max(reserve, ranked[1]?.[1].bid ?? 0);
    return { winner, payments: perAgent(participants, (agent) => (agent === winner ? price : 0)) };
  },
}) as object as Mechanism;

const dictator: Mechanism = directMechanism({
  id: named('random dictator'),
  settings: z.strictObject({}),
  report: z.strictObject({ peak: amount }),
  decide(reports: ReadonlyMap<AgentId, { peak: number }>, { random }: Setup) {
    const [chosen = ''] = random.shuffled([...reports.keys()].sort());
    return { location: reports.get(chosen)?.peak ?? 0 };
  },
}) as object as Mechanism;

/** Where only whole places will do, the nearest to the median is best for whoever is there. */
const roundedMedian: Mechanism = directMechanism({
  id: named('rounded median'),
  settings: z.strictObject({}),
  report: z.strictObject({ peak: amount }),
  decide(reports: ReadonlyMap<AgentId, { peak: number }>) {
    const peaks = [...reports.values()].map(({ peak }) => peak).sort((a, b) => a - b);
    return { location: Math.round(peaks[(peaks.length - 1) >> 1] ?? 0) };
  },
}) as object as Mechanism;

const halfWay: Mechanism = directMechanism({
  id: named('half way'),
  settings: z.strictObject({}),
  report: z.strictObject({ side: z.enum(['buy', 'sell']), price: amount }),
  decide(reports: ReadonlyMap<AgentId, { side: 'buy' | 'sell'; price: number }>, { participants, tieOrder }: Setup) {
    const on = (side: 'buy' | 'sell', sign: number) =>
      [...reports]
        .filter(([, report]) => report.side === side)
        .sort(([a, x], [b, y]) => sign * (x.price - y.price) || tieOrder(a, b));
    const [buyers, sellers] = [on('buy', -1), on('sell', 1)];
    const trades = buyers.filter(
      ([, { price }], rank) => price >= (sellers[rank]?.[1].price ?? Number.POSITIVE_INFINITY),
    ).length;
    const low = Math.max(sellers[trades - 1]?.[1].price ?? 0, buyers[trades]?.[1].price ?? 0);
    const high = Math.min(buyers[trades - 1]?.[1].price ?? 0, sellers[trades]?.[1].price ?? Number.POSITIVE_INFINITY);
    const price = low + (high - low) / 3;
    const role = (agent: AgentId): number =>
      buyers.slice(0, trades).some(([one]) => one === agent)
        ? 1
        : sellers.slice(0, trades).some(([one]) => one === agent)
          ? -1
          : 0;
    return {
      trades: perAgent(participants, role),
      payments: perAgent(participants, (agent) => role(agent) * (trades > 0 ? price : 0)),
    };
  },
}) as object as Mechanism;

const clarke: Mechanism = directMechanism({
  id: named('clarke'),
  settings: z.strictObject({ alternatives: z.array(z.string()) }),
  report: z.strictObject({ values: z.record(z.string(), z.number()) }),
  decide(reports: ReadonlyMap<AgentId, { values: Record<string, number> }>, { settings, participants }: Setup) {
    const { alternatives } = settings as { alternatives: readonly string[] };
    const worth = (without: AgentId | undefined, alternative: string): number =>
      [...reports].reduce((sum, [agent, { values }]) => sum + (agent === without ? 0 : (values[alternative] ?? 0)), 0);
    const best = (without?: AgentId): string =>
      alternatives.reduce(
        (most, next) => (worth(without, next) > worth(without, most) ? next : most),
        alternatives[0] ?? '',
      );
    const chosen = best();
    return { chosen, payments: perAgent(participants, (agent) => worth(agent, best(agent)) - worth(agent, chosen)) };
  },
}) as object as Mechanism;

const vickreyUnits: Mechanism = directMechanism({
  id: named('units'),
  settings: z.strictObject({ units: count }),
  report: z.strictObject({ bids: marginals }),
  decide(reports: ReadonlyMap<AgentId, { bids: readonly number[] }>, { settings, participants, tieOrder }: Setup) {
    const { units } = settings as { units: number };
    const demands = [...reports]
      .flatMap(([agent, { bids }]) => bids.map((value) => ({ agent, value })))
      .sort((a, b) => b.value - a.value || tieOrder(a.agent, b.agent));
    const allocation = perAgent(
      participants,
      (agent) => demands.slice(0, units).filter((demand) => demand.agent === agent).length,
    );
    const rivals = (agent: AgentId): readonly number[] =>
      demands.filter((demand) => demand.agent !== agent).map(({ value }) => value);
    return {
      allocation,
      payments: perAgent(participants, (agent) =>
        rivals(agent)
          .slice(units - (allocation[agent] ?? 0), units)
          .reduce((sum, value) => sum + value, 0),
      ),
    };
  },
}) as object as Mechanism;

const proportional: Mechanism = directMechanism({
  id: named('proportional'),
  settings: z.strictObject({}),
  report: bid,
  decide(reports: Bids, { participants }: Setup) {
    const total = [...reports.values()].reduce((sum, report) => sum + report.bid, 0);
    return {
      allocation: perAgent(participants, (agent) => (total === 0 ? 0 : (reports.get(agent)?.bid ?? 0) / total)),
      payments: perAgent(participants, (agent) =>
        total === 0 ? 0 : ((reports.get(agent)?.bid ?? 0) / total) * 0.1 * (reports.get(agent)?.bid ?? 0),
      ),
    };
  },
}) as object as Mechanism;

/** Mechanisms that divide, draw lots or have rates, and keep what they claim. */
export const sound: readonly Specimen[] = [
  ...each(
    ['budget-balanced', 'no-deficit', 'efficient', 'structural/order-independent'],
    'equal split',
    equalSplit,
    item,
  ),
  ...each(
    ['strategy-proof', 'no-deficit', 'individually-rational', 'efficient', 'anonymous', 'structural/finite-payments'],
    'Cavallo’s redistribution',
    cavallo,
    item,
  ),
  ...each(
    ['strategy-proof', 'no-deficit', 'individually-rational', 'efficient', 'envy-free', 'allocation-monotone'],
    'VCG with rates in the code',
    rated,
    clickRates,
  ),
  ...each(
    ['strategy-proof', 'individually-rational', 'efficient', 'core', 'bayesian-incentive-compatible'],
    'VCG by welfares with rates',
    ratedWelfare,
    clickRates,
  ),
  ...each(['no-deficit', 'structural/answers'], 'a shared cost', sharedCost, item),
  ...each(
    ['strategy-proof', 'group-strategy-proof', 'individually-rational', 'budget-balanced', 'structural/deterministic'],
    'a lottery',
    lottery,
    item,
  ),
  ...each(
    ['strategy-proof', 'no-deficit', 'individually-rational', 'allocation-monotone'],
    'a reserve from a sample',
    sampled,
    item,
  ),
  ...each(['strategy-proof', 'anonymous'], 'the median, rounded', roundedMedian, singlePeaked()),
  ...each(
    ['strategy-proof', 'pareto-efficient', 'group-strategy-proof'],
    'a random dictator',
    dictator,
    singlePeaked(),
  ),
  ...each(
    ['budget-balanced', 'individually-rational', 'efficient', 'core', 'allocation-monotone'],
    'a market at a third',
    halfWay,
    doubleAuction(),
  ),
  ...each(
    ['strategy-proof', 'no-deficit', 'efficient', 'pareto-efficient', 'anonymous', 'participation'],
    'Clarke’s tax',
    clarke,
    publicChoice(),
    [{ alternatives: ['park', 'road', 'pool'] }],
  ),
  ...each(
    ['strategy-proof', 'individually-rational', 'no-deficit', 'efficient'],
    'Vickrey’s units',
    vickreyUnits,
    multiUnit(),
    [{ units: 2 }, { units: 3 }],
  ),
  ...each(
    ['no-deficit', 'individually-rational', 'structural/feasible', 'allocation-monotone'],
    'shares in proportion',
    proportional,
    singleItem({ largest: 1_000 }),
  ),
  ...each(
    [
      'strategy-proof',
      'efficient',
      'core',
      'envy-free',
      'revenue-monotone',
      'false-name-proof',
      'non-bossy-in-allocation',
      'not-obviously-manipulable',
      'individually-rational',
    ],
    'second price',
    sealed('sound second price', () => ({}), { settings: z.strictObject({}) }),
    item,
  ),
  ...each(
    ['strategy-proof', 'individually-rational', 'no-deficit', 'structural/finite-payments'],
    'second price with a reserve',
    sealed('sound reserve', () => ({})),
    item,
    [{}, { reserve: 0.3 }],
  ),
  ...each(
    ['strategy-proof', 'group-strategy-proof', 'individually-rational'],
    'a posted price with a tax',
    sealed(
      'sound posted price',
      ({ ranked, setup }) => {
        const price = 3 * 1.1;
        const willing = ranked.filter(([, report]) => report.bid >= price).map(([agent]) => agent);
        return { winner: willing.length > 0 ? setup.breakTie(willing) : null, price };
      },
      { settings: z.strictObject({}) },
    ),
    item,
  ),
  ...each(
    ['no-deficit', 'individually-rational', 'efficient', 'pareto-efficient', 'non-bossy', 'shill-proof', 'credible'],
    'first price with a discount',
    sealed('sound discount', ({ bids }) => ({ price: (bids[0] ?? 0) * 0.7 }), { settings: z.strictObject({}) }),
    item,
  ),
  ...each(
    ['efficient', 'revenue-monotone', 'allocation-monotone', 'no-deficit'],
    'all pay a third',
    sealed(
      'sound all pay',
      ({ bids, reports }) => ({ price: (bids[0] ?? 0) / 3, losersPay: (agent) => (reports.get(agent)?.bid ?? 0) / 3 }),
      { settings: z.strictObject({}) },
    ),
    item,
  ),
  ...each(
    ['strategy-proof', 'individually-rational'],
    'second price with a note',
    sealed('sound note', () => ({}), {
      settings: z.strictObject({}),
      report: z.strictObject({ bid: amount, note: z.unknown().optional() }),
    }),
    item,
  ),
  ...each(
    ['strategy-proof', 'no-deficit'],
    'second price with a tax on top for nobody',
    sealed('sound tax', ({ bids }) => ({ price: (bids[1] ?? 0) * (1 - 0.2) + (bids[1] ?? 0) * 0.2 }), {
      settings: z.strictObject({}),
    }),
    item,
  ),
  ...each(
    ['strategy-proof', 'individually-rational'],
    'second price with a log',
    sealed(
      'sound log',
      ({ bids, ranked }) => ({
        highestLoser: ranked[1]?.[0] ?? null,
        bids,
        scores: Object.fromEntries(ranked.map(([agent, report]) => [agent, report.bid / 7])),
      }),
      { settings: z.strictObject({}) },
    ),
    item,
  ),
];
