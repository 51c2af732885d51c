import {
  doubleAuction,
  housing,
  multiUnit,
  positions,
  publicChoice,
  singleItem,
  singlePeaked,
  xorBids,
} from '@mechane/conformance';
import {
  type AgentId,
  amount,
  count,
  directMechanism,
  type Mechanism,
  marginals,
  perAgent,
  type Setup,
} from '@mechane/core';
import * as z from 'zod';
import { item, type Specimen, sealed, specimen } from './mutant.ts';

const named = (name: string): `test/${string}` => `test/${name.replaceAll(/[^\w]+/g, '-')}`;
const twoUnits = [{ units: 2 }, { units: 3 }];

type Demand = { readonly agent: AgentId; readonly bid: number };

/** Vickrey's auction of several units, but for how much is paid for those that are won. */
function units(
  name: string,
  pay: (rivals: readonly number[], units: number, won: number, demands: readonly Demand[]) => number,
): Mechanism {
  return directMechanism({
    id: named(name),
    settings: z.strictObject({ units: count }),
    report: z.strictObject({ bids: marginals }),
    decide(reports, { settings: { units }, participants, tieOrder }) {
      const demands = [...reports]
        .flatMap(([agent, { bids }]) => bids.map((bid) => ({ agent, bid })))
        .sort((a, b) => b.bid - a.bid || tieOrder(a.agent, b.agent));
      const allocation = perAgent(
        participants,
        (agent) => demands.slice(0, units).filter((demand) => demand.agent === agent).length,
      );
      const rivalsOf = (agent: AgentId): readonly number[] =>
        demands.filter((demand) => demand.agent !== agent).map(({ bid }) => bid);
      return {
        allocation,
        payments: perAgent(participants, (agent) => pay(rivalsOf(agent), units, allocation[agent] ?? 0, demands)),
      };
    },
  }) as object as Mechanism;
}

const vickrey = (rivals: readonly number[], units: number, won: number): number =>
  rivals.slice(units - won, units).reduce((sum, bid) => sum + bid, 0);

type Report = { readonly side: 'buy' | 'sell'; readonly price: number };
interface Book {
  readonly buyers: readonly (readonly [AgentId, number])[];
  readonly sellers: readonly (readonly [AgentId, number])[];
  /** How many trades are worth making. */
  readonly worthwhile: number;
}

function market(
  name: string,
  clear: (book: Book) => { trades: number; buyersPay: number; sellersGet: number },
): Mechanism {
  return directMechanism({
    id: named(name),
    settings: z.strictObject({}),
    report: z.strictObject({ side: z.enum(['buy', 'sell']), price: amount }),
    decide(reports: ReadonlyMap<AgentId, Report>, { participants, tieOrder }: Setup) {
      const on = (side: 'buy' | 'sell', sign: number): Book['buyers'] =>
        [...reports]
          .filter(([, report]) => report.side === side)
          .map(([agent, { price }]) => [agent, price] as const)
          .sort(([a, x], [b, y]) => sign * (x - y) || tieOrder(a, b));
      const [buyers, sellers] = [on('buy', -1), on('sell', 1)];
      const worthwhile = buyers.filter(
        ([, price], rank) => price >= (sellers[rank]?.[1] ?? Number.POSITIVE_INFINITY),
      ).length;
      const { trades, buyersPay, sellersGet } = clear({ buyers, sellers, worthwhile });
      const bought = new Set(buyers.slice(0, trades).map(([agent]) => agent));
      const sold = new Set(sellers.slice(0, trades).map(([agent]) => agent));
      return {
        trades: perAgent(participants, (agent) => (bought.has(agent) ? 1 : sold.has(agent) ? -1 : 0)),
        payments: perAgent(participants, (agent) =>
          bought.has(agent) ? buyersPay : sold.has(agent) ? -sellersGet : 0,
        ),
      };
    },
  }) as object as Mechanism;
}

const at = (side: Book['buyers'], rank: number): number => side[rank]?.[1] ?? 0;

type Valuation = { readonly values: Readonly<Record<string, number>> };

/** Chooses what is worth most; taxes are a function of Clarke's. */
function pivotal(name: string, levied: (tax: number, agents: number) => number): Mechanism {
  return directMechanism({
    id: named(name),
    settings: z.strictObject({ alternatives: z.array(z.string()) }),
    report: z.strictObject({ values: z.record(z.string(), z.number()) }),
    decide(reports: ReadonlyMap<AgentId, Valuation>, { settings, participants }: Setup) {
      const { alternatives } = settings as { alternatives: readonly string[] };
      const worth = (agents: readonly AgentId[], alternative: string): number =>
        agents.reduce((sum, agent) => sum + (reports.get(agent)?.values[alternative] ?? 0), 0);
      const best = (agents: readonly AgentId[]): string =>
        alternatives.reduce(
          (most, next) => (worth(agents, next) > worth(agents, most) ? next : most),
          alternatives[0] ?? '',
        );
      const all = [...reports.keys()];
      const chosen = best(all);
      const tax = (agent: AgentId): number => {
        const others = all.filter((other) => other !== agent);
        return worth(others, best(others)) - worth(others, chosen);
      };
      return { chosen, payments: perAgent(participants, (agent) => levied(tax(agent), all.length)) };
    },
  }) as object as Mechanism;
}

function facility(
  name: string,
  locate: (peaks: readonly number[], reports: ReadonlyMap<AgentId, { peak: number }>) => number,
): Mechanism {
  return directMechanism({
    id: named(name),
    settings: z.strictObject({}),
    report: z.strictObject({ peak: amount }),
    decide: (reports: ReadonlyMap<AgentId, { peak: number }>) => ({
      location: locate(
        [...reports.values()].map(({ peak }) => peak).sort((a, b) => a - b),
        reports,
      ),
    }),
  }) as object as Mechanism;
}

const middle = (peaks: readonly number[]): number => peaks[(peaks.length - 1) >> 1] ?? 0;

type Resident = { readonly owns: string; readonly ranking: readonly string[] };

function homes(
  name: string,
  move: (residents: ReadonlyMap<AgentId, Resident>) => ReadonlyMap<AgentId, string>,
): Mechanism {
  return directMechanism({
    id: named(name),
    settings: z.strictObject({}),
    report: z.strictObject({ owns: z.string(), ranking: z.array(z.string()) }),
    decide(reports, { participants }) {
      const given = move(reports);
      return { allocation: perAgent(participants, (agent) => given.get(agent) ?? null) };
    },
  }) as object as Mechanism;
}

const inTurn = (
  residents: ReadonlyMap<AgentId, Resident>,
  order: readonly AgentId[],
  wish: (ranking: readonly string[]) => readonly string[],
): ReadonlyMap<AgentId, string> => {
  const free = new Set([...residents.values()].map(({ owns }) => owns));
  return new Map(
    order.map((agent) => {
      const house = wish(residents.get(agent)?.ranking ?? []).find((one) => free.has(one)) ?? '';
      free.delete(house);
      return [agent, house];
    }),
  );
};

type Xor = { readonly xor: readonly { readonly bundle: readonly string[]; readonly value: number }[] };

/** The highest bundles first, each at a price. */
function bundles(
  name: string,
  price: (bid: Xor['xor'][number], losing: readonly Xor['xor'][number][]) => number,
): Mechanism {
  return directMechanism({
    id: named(name),
    settings: z.strictObject({ goods: z.array(z.string()) }),
    report: z.strictObject({ xor: z.array(z.strictObject({ bundle: z.array(z.string()), value: amount })) }),
    decide(reports: ReadonlyMap<AgentId, Xor>, { participants, tieOrder }: Setup) {
      const bids = [...reports]
        .flatMap(([agent, { xor }]) => xor.map((bid) => ({ agent, bid })))
        .sort((a, b) => b.bid.value - a.bid.value || tieOrder(a.agent, b.agent));
      const taken = new Set<string>();
      const won = new Map<AgentId, Xor['xor'][number]>();
      for (const { agent, bid } of bids) {
        if (won.has(agent) || bid.bundle.some((good) => taken.has(good))) continue;
        won.set(agent, bid);
        for (const good of bid.bundle) taken.add(good);
      }
      const losing = (agent: AgentId): readonly Xor['xor'][number][] =>
        bids.filter((other) => other.agent !== agent && !won.has(other.agent)).map(({ bid }) => bid);
      return {
        allocation: perAgent(won.keys(), (agent) => won.get(agent)?.bundle ?? []),
        payments: perAgent(participants, (agent) => {
          const bid = won.get(agent);
          return bid ? price(bid, losing(agent)) : 0;
        }),
      };
    },
  }) as object as Mechanism;
}

const clicks = [{ clickThroughRates: [3, 2] }];
const slots = (
  name: string,
  perClick: (bids: readonly number[], rates: readonly number[], slot: number) => number,
): Mechanism =>
  directMechanism({
    id: named(name),
    settings: z.strictObject({ clickThroughRates: z.array(amount) }),
    report: z.strictObject({ bid: amount }),
    decide(reports, { settings: { clickThroughRates: rates }, participants, tieOrder }) {
      const ranked = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
      const slots = rates.map((_, slot) => ranked[slot]?.[0] ?? null);
      const bids = ranked.map(([, { bid }]) => bid);
      return {
        slots,
        payments: perAgent(participants, (agent) =>
          slots.includes(agent) ? perClick(bids, rates, slots.indexOf(agent)) : 0,
        ),
      };
    },
  }) as object as Mechanism;

const parkOrRoad = [{ alternatives: ['park', 'road'] }];

/** Whoever comes makes it worse for itself than it would be without it. */
export const regrets: readonly Specimen[] = [
  specimen(
    'participation',
    'the highest peak where three or more come',
    facility('highest of three', (peaks) => (peaks.length > 2 ? (peaks.at(-1) ?? 0) : middle(peaks))),
    singlePeaked(),
  ),
  specimen(
    'participation',
    'the lowest peak of an even number, and the highest of an odd one',
    facility('odd and even', (peaks) => (peaks.length % 2 === 0 ? peaks[0] : peaks.at(-1)) ?? 0),
    singlePeaked(),
  ),
  specimen(
    'participation',
    'a mean that counts the extremes twice from five on',
    facility('extremes twice', (peaks) => {
      const counted = peaks.length > 4 ? [...peaks, peaks[0] ?? 0, peaks.at(-1) ?? 0] : [middle(peaks)];
      return counted.reduce((sum, peak) => sum + peak, 0) / counted.length;
    }),
    singlePeaked(),
  ),
  specimen(
    'participation',
    'Clarke’s tax, and 1 from each besides',
    pivotal('a tax on coming', (tax) => tax + 1),
    publicChoice(),
    parkOrRoad,
  ),
  specimen(
    'participation',
    'Clarke’s tax, and a tenth more',
    pivotal('more tax', (tax) => tax * 1.1),
    publicChoice(),
    parkOrRoad,
  ),
];

/** What authors get wrong beyond auctions of one item. */
export const beyondOneItem: readonly Specimen[] = [
  specimen(
    'strategy-proof',
    'uniform price',
    units('uniform price', (_, units, won, demands) => won * (demands[units]?.bid ?? 0)),
    multiUnit(),
    twoUnits,
  ),
  specimen(
    'strategy-proof',
    'Vickrey, off by one',
    units('Vickrey off by one', (rivals, units, won) => vickrey(rivals, units + 1, won)),
    multiUnit(),
    twoUnits,
  ),
  specimen(
    'strategy-proof',
    'Vickrey, first price for the third unit',
    units('third unit', (rivals, units, won) => vickrey(rivals, units, won) * (won === 3 ? 0.5 : 1)),
    multiUnit(),
    twoUnits,
  ),
  specimen(
    'individually-rational',
    'Vickrey, and a fee for two units',
    units('a fee for two', (rivals, units, won) => vickrey(rivals, units, won) + (won === 2 ? 0.5 : 0)),
    multiUnit(),
    twoUnits,
  ),
  specimen(
    'strategy-proof',
    'a market half way',
    market('half way', ({ buyers, sellers, worthwhile }) => {
      const price = (at(buyers, worthwhile - 1) + at(sellers, worthwhile - 1)) / 2;
      return { trades: worthwhile, buyersPay: price, sellersGet: price };
    }),
    doubleAuction(),
  ),
  specimen(
    'strategy-proof',
    'McAfee’s price although the last pair trades',
    market('McAfee off', ({ buyers, sellers, worthwhile }) => {
      const price = (at(buyers, worthwhile) + at(sellers, worthwhile)) / 2;
      const fits = price <= at(buyers, worthwhile - 1) && price >= at(sellers, worthwhile - 1);
      return fits
        ? { trades: worthwhile, buyersPay: price, sellersGet: price }
        : { trades: worthwhile, buyersPay: at(buyers, worthwhile - 1), sellersGet: at(sellers, worthwhile - 1) };
    }),
    doubleAuction(),
  ),
  specimen(
    'no-deficit',
    'whole coins',
    market('whole coins', ({ buyers, sellers, worthwhile }) => {
      const price = (at(buyers, worthwhile - 1) + at(sellers, worthwhile - 1)) / 2;
      return { trades: worthwhile, buyersPay: Math.floor(price), sellersGet: Math.ceil(price) };
    }),
    doubleAuction(),
  ),
  specimen(
    'budget-balanced',
    'trade reduction',
    market('trade reduction', ({ buyers, sellers, worthwhile }) => ({
      trades: Math.max(0, worthwhile - 1),
      buyersPay: at(buyers, worthwhile - 1),
      sellersGet: at(sellers, worthwhile - 1),
    })),
    doubleAuction(),
  ),
  specimen(
    'efficient',
    'trade reduction',
    market('trade reduction', ({ buyers, sellers, worthwhile }) => ({
      trades: Math.max(0, worthwhile - 1),
      buyersPay: at(buyers, worthwhile - 1),
      sellersGet: at(sellers, worthwhile - 1),
    })),
    doubleAuction(),
  ),
  specimen(
    'strategy-proof',
    'half of Clarke’s tax',
    pivotal('half tax', (tax) => tax / 2),
    publicChoice(),
    [{ alternatives: ['park', 'road'] }],
  ),
  specimen(
    'strategy-proof',
    'Clarke’s tax in whole coins',
    pivotal('whole tax', (tax) => Math.floor(tax)),
    publicChoice(),
    [{ alternatives: ['park', 'road'] }],
  ),
  specimen(
    'strategy-proof',
    'Clarke’s tax, capped at a hundred',
    pivotal('capped tax', (tax) => Math.min(100, tax)),
    publicChoice(),
    [{ alternatives: ['park', 'road', 'pool'] }],
  ),
  specimen(
    'no-deficit',
    'Clarke’s tax and a dividend',
    pivotal('dividend', (tax, agents) => tax - 1 / Math.max(1, agents)),
    publicChoice(),
    [{ alternatives: ['park', 'road'] }],
  ),
  specimen(
    'strategy-proof',
    'the mean peak',
    facility('mean', (peaks) => peaks.reduce((sum, peak) => sum + peak, 0) / Math.max(1, peaks.length)),
    singlePeaked(),
  ),
  specimen(
    'strategy-proof',
    'the median, or the next whole number above 100',
    facility('rounded beyond', (peaks) => (middle(peaks) > 100 ? Math.ceil(middle(peaks) / 10) * 10 : middle(peaks))),
    singlePeaked(),
  ),
  specimen(
    'strategy-proof',
    'the median, but the mean of two',
    facility('mean of two', (peaks) => (peaks.length === 2 ? ((peaks[0] ?? 0) + (peaks[1] ?? 0)) / 2 : middle(peaks))),
    singlePeaked(),
  ),
  specimen(
    'anonymous',
    'the peak of the first name',
    facility('first name', (_, reports) => reports.get([...reports.keys()].sort()[0] ?? '')?.peak ?? 0),
    singlePeaked(),
  ),
  specimen(
    'group-strategy-proof',
    'the middle of the extremes',
    facility('middle of extremes', (peaks) => ((peaks[0] ?? 0) + (peaks.at(-1) ?? 0)) / 2),
    singlePeaked(),
  ),
  specimen(
    'pareto-efficient',
    'beyond everybody',
    facility('beyond', (peaks) => (peaks.at(-1) ?? 0) + 1),
    singlePeaked(),
  ),
  specimen(
    'individually-rational',
    'houses in the order of names',
    homes('in turn', (residents) => inTurn(residents, [...residents.keys()].sort(), (ranking) => ranking)),
    housing(),
  ),
  specimen(
    'strategy-proof',
    'second choices first',
    homes('second choices', (residents) =>
      inTurn(residents, [...residents.keys()].sort(), ([first = '', next = '', ...rest]) => [next, first, ...rest]),
    ),
    housing(),
  ),
  specimen(
    'core',
    'nobody moves',
    homes('nobody moves', (residents) => new Map([...residents].map(([agent, { owns }]) => [agent, owns]))),
    housing(),
  ),
  specimen(
    'strategy-proof',
    'greedy bundles at first price',
    bundles('greedy first price', ({ value }) => value),
    xorBids(),
    [{ goods: ['A', 'B'] }],
  ),
  specimen(
    'strategy-proof',
    'greedy bundles at the highest losing bid',
    bundles('greedy losing bid', (_, losing) => Math.max(0, ...losing.map(({ value }) => value))),
    xorBids(),
    [{ goods: ['A', 'B'] }],
  ),
  specimen(
    'efficient',
    'greedy bundles',
    bundles('greedy', () => 0),
    xorBids(),
    [{ goods: ['A', 'B'] }],
  ),
  specimen(
    'strategy-proof',
    'generalised second price',
    slots('gsp', (bids, rates, slot) => (rates[slot] ?? 0) * (bids[slot + 1] ?? 0)),
    positions(),
    clicks,
  ),
  specimen(
    'strategy-proof',
    'VCG of positions that forgets the last',
    slots('forgets the last', (bids, rates, slot) => {
      let harm = 0;
      for (let below = slot; below + 1 < rates.length; below++)
        harm += ((rates[below] ?? 0) - (rates[below + 1] ?? 0)) * (bids[below + 1] ?? 0);
      return harm;
    }),
    positions(),
    clicks,
  ),
  specimen(
    'envy-free',
    'positions at the average bid',
    slots(
      'average bid',
      (bids, rates, slot) => (rates[slot] ?? 0) * (bids.reduce((sum, bid) => sum + bid, 0) / bids.length),
    ),
    positions(),
    clicks,
  ),
];

const anything = (name: string, schema: z.ZodType, settings?: z.ZodType): Mechanism =>
  sealed(name, () => ({}), { report: schema, ...(settings ? { settings } : {}) });

/** Input that means nothing is taken for something. */
export const gullible: readonly Specimen[] = (
  [
    anything('takes anything', z.any()),
    anything('takes further fields', z.object({ bid: amount })),
    anything('forgives what is no number', z.strictObject({ bid: amount.catch(0) })),
    anything(
      'takes everything for a number',
      z.strictObject({ bid: z.unknown().transform((given) => Number(given) || 0) }),
    ),
    anything(
      'takes what is not finite',
      z.strictObject({ bid: z.custom<number>((given) => typeof given === 'number') }),
    ),
    anything('takes any settings', z.strictObject({ bid: amount }), z.object({ reserve: amount.default(0) })),
  ] satisfies readonly Mechanism[]
).map((mechanism) => specimen('structural/bad-input-refused', mechanism.id.slice(5), mechanism, item));

/** Loops that never give anything back. */
export const hangs: readonly Specimen[] = [
  specimen(
    'strategy-proof',
    'hangs on thirteen',
    sealed('hangs on thirteen', ({ bids }) => {
      while (bids.includes(13));
      return {};
    }),
    item,
  ),
  specimen(
    'no-deficit',
    'hangs where three tie',
    sealed('hangs where three tie', ({ bids }) => {
      while (bids.length > 2 && bids[0] === bids[2]);
      return {};
    }),
    item,
  ),
  specimen(
    'structural/answers',
    'hangs among six',
    sealed('hangs among six', ({ bids }) => {
      while (bids.length === 6);
      return {};
    }),
    item,
  ),
];

export const oneMore: readonly Specimen[] = [
  specimen(
    'ex-post-incentive-compatible',
    'posted price of whoever is alone',
    sealed('posted where alone', ({ bids }) => ({ price: bids.length === 1 ? (bids[0] ?? 0) / 2 : (bids[1] ?? 0) })),
    singleItem(),
  ),
];
