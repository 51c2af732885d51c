import { amount, perAgent } from '@mechane/core';
import * as z from 'zod';
import { type Award, type Given, type Specimen, specimens } from './mutant.ts';

const second = ({ bids }: Given): number => bids[1] ?? 0;
const only = (when: boolean, award: Award): Award => (when ? award : {});
const firstSaid = ({ reports }: Given): string | undefined => [...reports.keys()][0];

/** Who says something matters. */
export const favours: readonly Specimen[] = specimens(
  'anonymous',
  ['ann pays nothing', ({ ranked }) => only(ranked[0]?.[0] === 'ann', { price: 0 })],
  ['mallory pays nothing', ({ ranked }) => only(ranked[0]?.[0] === 'mallory', { price: 0 })],
  ['the smallest name wins', ({ ranked }) => ({ winner: ranked.map(([agent]) => agent).sort()[0] ?? null })],
  [
    'long names are charged',
    ({ ranked }) => ({ losersPay: (agent) => (agent.length > 20 && agent !== ranked[0]?.[0] ? 1 : 0) }),
  ],
  [
    'capitals bid a little more',
    ({ ranked }) => {
      const weight = ([agent, { bid }]: (typeof ranked)[number]): number => bid * (/^[A-Z]/.test(agent) ? 1.1 : 1);
      return { winner: [...ranked].sort((a, b) => weight(b) - weight(a))[0]?.[0] ?? null };
    },
  ],
  [
    'the third to come gets a rebate',
    ({ participants }) => ({ losersPay: (agent) => (agent === participants[2] ? -1 : 0) }),
  ],
);

/** The order of reports matters, or what agents are called. */
export const disorders: readonly Specimen[] = specimens(
  'structural/order-independent',
  [
    'ties by arrival',
    ({ reports, bids }) => ({ winner: [...reports].find(([, { bid }]) => bid === bids[0])?.[0] ?? null }),
  ],
  [
    'ties among three by arrival',
    ({ reports, bids }) =>
      only(bids.length > 2 && bids[0] === bids[2], {
        winner: [...reports].find(([, { bid }]) => bid === bids[0])?.[0] ?? null,
      }),
  ],
  [
    'the first to come pays less',
    (given) => only(given.ranked[0]?.[0] === firstSaid(given), { price: second(given) / 2 }),
  ],
  [
    'the fifth to come is charged',
    ({ participants, ranked }) => ({
      losersPay: (agent) => (agent === participants[4] && agent !== ranked[0]?.[0] ? 1 : 0),
    }),
  ],
  [
    'mail addresses are charged',
    ({ ranked }) => ({ losersPay: (agent) => (agent.includes('@') && agent !== ranked[0]?.[0] ? 1 : 0) }),
  ],
  [
    'ties by name whatever the rule',
    ({ ranked, bids }) => ({
      winner:
        ranked
          .filter(([, { bid }]) => bid === bids[0])
          .map(([agent]) => agent)
          .sort()[0] ?? null,
    }),
  ],
  [
    'sums in the order of arrival, in whole cents',
    ({ reports, participants }) => {
      let sum = 0;
      for (const { bid } of reports.values()) sum = Math.floor((sum + bid / 3) * 100) / 100;
      return {
        price: sum,
        losersPay: () => 0,
        winner: participants.length > 0 ? ([...participants].sort()[0] ?? null) : null,
      };
    },
  ],
);

/** Bidding more gets less. */
export const falls: readonly Specimen[] = specimens(
  'allocation-monotone',
  ['the lowest bid wins', ({ ranked }) => ({ winner: ranked.at(-1)?.[0] ?? null })],
  [
    'bids from 300 to 310 are ignored',
    ({ ranked }) => ({ winner: ranked.find(([, { bid }]) => bid < 300 || bid > 310)?.[0] ?? null }),
  ],
  [
    'bids beyond 2^31 wrap',
    ({ ranked, setup }) => ({
      winner: [...ranked].sort(([a, x], [b, y]) => (y.bid | 0) - (x.bid | 0) || setup.tieOrder(a, b))[0]?.[0] ?? null,
    }),
  ],
  [
    'a bid that is a thousand times the next is a joke',
    ({ ranked }) =>
      only(ranked.length > 1 && (ranked[0]?.[1].bid ?? 0) > 1_000 * (ranked[1]?.[1].bid ?? 0), {
        winner: ranked[1]?.[0] ?? null,
      }),
  ],
  [
    'bids are compared by their cents',
    ({ ranked, setup }) => {
      const cents = (bid: number): number => Math.round(bid * 100) % 100;
      return {
        winner:
          [...ranked].sort(
            ([a, x], [b, y]) => cents(y.bid) - cents(x.bid) || y.bid - x.bid || setup.tieOrder(a, b),
          )[0]?.[0] ?? null,
      };
    },
  ],
  ['thirteen is unlucky', ({ ranked }) => ({ winner: ranked.find(([, { bid }]) => bid !== 13)?.[0] ?? null })],
);

/** Another bidder costs revenue. */
export const crowdedOut: readonly Specimen[] = specimens(
  'revenue-monotone',
  ['three are a crowd', ({ bids }) => only(bids.length > 2, { price: 0 })],
  ['six are a crowd', ({ bids }) => only(bids.length > 5, { price: 0 })],
  [
    'the average of the others',
    ({ bids }) => ({
      price: bids.length < 2 ? 0 : bids.slice(1).reduce((sum, bid) => sum + bid, 0) / (bids.length - 1),
    }),
  ],
  ['nothing where two tie', ({ bids }) => only(bids.length > 1 && bids[0] === bids[1], { price: 0 })],
  ['losers share a tenth, each', ({ bids }) => ({ losersPay: () => -(bids[1] ?? 0) / 10 })],
  ['a bidder of 13 brings bad luck', ({ bids }) => only(bids.includes(13), { price: 0 })],
);

/** A second or third name pays. */
export const falseNames: readonly Specimen[] = specimens(
  'false-name-proof',
  ['losers are consoled', () => ({ losersPay: () => -1 })],
  ['free where three or more are there', ({ bids }) => only(bids.length > 2, { price: 0 })],
  ['half price where four or more are there', (given) => only(given.bids.length > 3, { price: second(given) / 2 })],
  ['free where two bid nothing', ({ bids }) => only(bids.filter((bid) => bid === 0).length > 1, { price: 0 })],
  [
    'the price is shared among the losers',
    (given) => {
      const losers = given.participants.length - 1;
      return losers > 0 ? { losersPay: () => -second(given) / losers } : {};
    },
  ],
  [
    'a rebate for the third',
    ({ ranked }) => ({ losersPay: (agent) => (agent === ranked[2]?.[0] ? -0.1 * (ranked[1]?.[1].bid ?? 0) : 0) }),
  ],
);

/** The seller gains by bids of its own. */
export const shills: readonly Specimen[] = specimens(
  'shill-proof',
  ['second price', () => ({})],
  ['third price', ({ bids }) => ({ price: bids[2] ?? 0 })],
  [
    'first price, half price to a single bidder',
    ({ bids }) => ({ price: bids.length === 1 ? (bids[0] ?? 0) / 2 : (bids[0] ?? 0) }),
  ],
  [
    'first price, and a fee among four or more',
    ({ bids }) => ({ price: bids[0] ?? 0, losersPay: () => (bids.length > 3 ? 0.1 : 0) }),
  ],
  [
    'first price, a coin more where a loser bids 13',
    ({ bids }) => ({ price: (bids[0] ?? 0) + (bids.slice(1).includes(13) ? 1 : 0) }),
  ],
  [
    'half of a bid, and all of it where two bid the same',
    ({ bids }) => ({ price: (bids[0] ?? 0) / (bids[1] === bids[2] ? 1 : 2) }),
  ],
);

/** The operator gains by saying of others what is not so. */
export const stories: readonly Specimen[] = specimens(
  'credible',
  ['second price', () => ({})],
  ['half way between first and second', (given) => ({ price: ((given.bids[0] ?? 0) + second(given)) / 2 })],
  ['first price, free where a loser bids nothing', ({ bids }) => ({ price: bids.at(-1) === 0 ? 0 : (bids[0] ?? 0) })],
  [
    'first price, and half of it where three bid the same',
    ({ bids }) => ({ price: (bids[0] ?? 0) / (bids.length > 2 && bids[0] === bids[2] ? 2 : 1) }),
  ],
  [
    'first price, and losers pay a tenth of it',
    ({ bids }) => ({ price: bids[0] ?? 0, losersPay: () => (bids[0] ?? 0) / 10 }),
  ],
  [
    'second price from 2 on, and first price below',
    ({ bids }) => ({ price: (bids[0] ?? 0) > 2 ? (bids[1] ?? 0) : (bids[0] ?? 0) }),
  ],
);

/** Who gets nothing by it moves what others get or pay. */
export const bosses: readonly Specimen[] = [
  ...specimens(
    'non-bossy',
    ['second price', () => ({})],
    ['third price', ({ bids }) => ({ price: bids[2] ?? 0 })],
    ['first price, free where a loser bids nothing', ({ bids }) => ({ price: bids.at(-1) === 0 ? 0 : (bids[0] ?? 0) })],
    [
      'first price, a coin more where a loser bids 13',
      ({ bids }) => ({ price: (bids[0] ?? 0) + (bids.slice(1).includes(13) ? 1 : 0) }),
    ],
    [
      'first price, and the last of three or more pays for a middle bid above 2',
      ({ bids, ranked }) => ({
        price: bids[0] ?? 0,
        losersPay: (agent) => (bids.length > 2 && (bids[1] ?? 0) > 2 && agent === ranked.at(-1)?.[0] ? 1 : 0),
      }),
    ],
  ),
  ...specimens(
    'non-bossy-in-allocation',
    [
      'the third bid decides between the first and the second',
      ({ ranked, bids }) => only((bids[2] ?? 0) > 1, { winner: ranked[1]?.[0] ?? null }),
    ],
    ['no sale where a loser bids 13', ({ bids }) => only(bids.slice(1).includes(13), { winner: null, price: 0 })],
    ['no sale where somebody bids nothing', ({ bids }) => only(bids.at(-1) === 0, { winner: null, price: 0 })],
    [
      'the winner has to beat the others together',
      ({ bids }) => only(bids.slice(1).reduce((sum, bid) => sum + bid, 0) > (bids[0] ?? 0), { winner: null, price: 0 }),
    ],
    [
      'the last of four or more is asked who wins',
      ({ ranked, bids }) => only(bids.length > 3 && (bids.at(-1) ?? 0) > 0, { winner: ranked[1]?.[0] ?? null }),
    ],
  ),
];

/** A coalition gains. */
export const collusions: readonly Specimen[] = specimens(
  'group-strategy-proof',
  ['second price', () => ({})],
  [
    'second price, but only among three or more',
    ({ bids }) => ({
      price: bids.length > 2 ? (bids[1] ?? 0) : 3,
      ...(bids.length > 2 || (bids[0] ?? 0) >= 3 ? {} : { winner: null }),
    }),
  ],
  [
    'free where two rivals bid nothing',
    ({ bids }) => {
      const spared = bids.length === 3 && bids[1] === 0 && bids[2] === 0;
      return {
        price: spared || bids.length < 3 ? 0 : 4,
        ...(spared || bids.length < 3 || (bids[0] ?? 0) >= 4 ? {} : { winner: null }),
      };
    },
  ],
  [
    'losers who agree are paid',
    ({ bids }) => ({
      price: 3,
      ...((bids[0] ?? 0) >= 3 ? {} : { winner: null }),
      losersPay: () => (bids.length > 2 && bids[1] === bids[2] ? -0.5 : 0),
    }),
  ],
  [
    'the average of the others, from 2 on',
    ({ bids }) => ({
      price: bids.length < 2 ? 2 : Math.max(2, bids.slice(1).reduce((sum, bid) => sum + bid, 0) / (bids.length - 1)),
      ...((bids[0] ?? 0) >= 2 ? {} : { winner: null }),
    }),
  ],
);

/** Lies about itself. */
export const selfPraise: readonly Specimen[] = [
  ...specimens(
    'structural/values',
    [
      'winning is worth twice the bid',
      () => ({}),
      { value: (agent, type, { winner }) => (winner === agent ? 2 * type.bid : 0) },
    ],
    ['losing is worth 1', () => ({}), { value: (agent, type, { winner }) => (winner === agent ? type.bid : 1) }],
    ['everything is worth nothing', () => ({}), { value: () => 0 }],
    ['its utility is always 1', () => ({}), { utility: () => 1 }],
    [
      'a value is no number from 1000 on',
      () => ({}),
      { value: (agent, type, { winner }) => (winner === agent ? (type.bid > 1_000 ? Number.NaN : type.bid) : 0) },
    ],
    ['staying away costs 5', () => ({}), { outsideOption: () => -5 }],
  ),
  ...specimens(
    'structural/best-welfare',
    ['the best is 1', () => ({}), { bestWelfare: () => 1 }],
    [
      'the best is the sum',
      () => ({}),
      { bestWelfare: (types) => [...types.values()].reduce((sum, { bid }) => sum + bid, 0) },
    ],
    [
      'the best is whole',
      () => ({}),
      { bestWelfare: (types) => Math.floor(Math.max(0, ...[...types.values()].map(({ bid }) => bid))) },
    ],
    ['the best is what was bid first', () => ({}), { bestWelfare: (types) => [...types.values()][0]?.bid ?? 0 }],
    [
      'the best of nobody is none',
      () => ({}),
      { bestWelfare: (types) => Math.max(...[...types.values()].map(({ bid }) => bid)) },
    ],
  ),
];

/** What there is not is given away, or to nobody who is there. */
export const infeasible: readonly Specimen[] = specimens(
  'structural/feasible',
  [
    'two winners',
    ({ ranked }) => ({
      allocation: perAgent(
        ranked.slice(0, 2).map(([agent]) => agent),
        () => 1,
      ),
    }),
  ],
  [
    'two winners where they tie',
    ({ ranked, bids }) => ({
      allocation: perAgent(
        ranked.filter(([, { bid }]) => bid === bids[0]).map(([agent]) => agent),
        () => 1,
      ),
    }),
  ],
  ['a stranger wins among four', ({ ranked }) => only(ranked.length === 4, { winner: 'the house' })],
  ['a list of winners beside the winner', ({ ranked }) => ({ winners: ranked.slice(0, 3).map(([agent]) => agent) })],
  ['a consolation item', ({ ranked }) => ({ alsoReceives: { [ranked[1]?.[0] ?? 'nobody']: 1 } })],
  [
    'less than nothing',
    ({ ranked }) => ({
      allocation: perAgent(
        ranked.map(([agent]) => agent),
        (agent) => (agent === ranked[0]?.[0] ? 1 : -1),
      ),
    }),
  ],
);

/** Payments that are none. */
export const unsound: readonly Specimen[] = specimens(
  'structural/finite-payments',
  [
    'the payment of a lone bidder is infinite',
    ({ participants }) => only(participants.length === 1, { price: Number.POSITIVE_INFINITY }),
  ],
  ['a share of nothing', (given) => ({ share: (given.bids[0] ?? 0) / given.bids.reduce((sum, bid) => sum + bid, 0) })],
  ['losers are forgotten', ({ ranked, bids }) => ({ payments: ranked[0] ? { [ranked[0][0]]: bids[1] ?? 0 } : {} })],
  ['somebody else pays, too', ({ participants }) => ({ payments: { ...perAgent(participants, () => 0), house: 1 } })],
  [
    'payments are text beyond a million',
    ({ bids, participants }) =>
      only((bids[0] ?? 0) > 1_000_000, { payments: perAgent(participants, () => '1' as never) }),
  ],
  ['fees beside the payments', ({ participants }) => ({ fees: perAgent(participants, () => 1) })],
  ['a fee beside the payments', () => ({ fee: 2 })],
  [
    'no number deep inside',
    ({ bids }) => ({ details: { statistics: [{ mean: bids.length === 3 ? Number.NaN : 0 }] } }),
  ],
  ['a promise', () => ({ later: Promise.resolve(1) })],
);

export const unanswered: readonly Specimen[] = specimens(
  'structural/answers',
  ['fails on ties', ({ bids }) => fail(new Set(bids).size < bids.length)],
  ['fails where four tie', ({ bids }) => fail(bids.length > 3 && bids[0] === bids[3])],
  ['fails among six', ({ bids }) => fail(bids.length === 6)],
  ['fails beyond 2^53', ({ bids }) => fail((bids[0] ?? 0) > Number.MAX_SAFE_INTEGER)],
  ['fails on names that are not plain', ({ participants }) => fail(participants.some((id) => !/^[\w.@:-]+$/.test(id)))],
  [
    'fails where it should be silent',
    ({ settings }) => fail(settings.silent === true),
    { settings: z.strictObject({ silent: z.boolean().optional() }) },
  ],
  [
    'fails on fractions of a cent',
    ({ bids }) => fail(bids.some((bid) => bid < 1e6 && Math.abs(bid * 100 - Math.round(bid * 100)) > 1e-6)),
  ],
);

export const tooFew: readonly Specimen[] = specimens(
  'structural/few-participants',
  ['needs somebody', ({ participants }) => fail(participants.length === 0)],
  ['needs two', ({ participants }) => fail(participants.length === 1)],
  [
    'the highest of nobody is paid',
    ({ bids, participants }) => ({ price: 0, mean: bids.reduce((sum, bid) => sum + bid, 0) / participants.length }),
  ],
  ['a lone bidder pays infinitely', ({ participants }) => only(participants.length === 1, { price: Math.min(...[]) })],
  ['nobody pays for somebody', ({ participants }) => only(participants.length === 0, { payments: { house: 0 } })],
);

function fail(when: boolean): Award {
  if (when) throw new Error('out of order');
  return {};
}

/** What was given is not what it was. */
export const untidy: readonly Specimen[] = specimens(
  'structural/inputs-untouched',
  [
    'a report is changed',
    ({ reports }) => {
      for (const report of reports.values()) (report as { bid: number }).bid += 1;
      return {};
    },
  ],
  [
    'the winner’s report is changed among three',
    ({ reports, ranked }) => {
      const own = ranked.length === 3 ? reports.get(ranked[0]?.[0] ?? '') : undefined;
      if (own) (own as { bid: number }).bid = 0;
      return {};
    },
  ],
  [
    'reports are emptied',
    ({ reports }) => {
      (reports as Map<string, unknown>).clear();
      return {};
    },
  ],
  [
    'participants are sorted',
    ({ participants }) => {
      (participants as string[]).sort();
      return {};
    },
  ],
  [
    'a list in the settings is sorted',
    ({ settings }) => {
      (settings.steps as number[]).sort();
      return {};
    },
    { settings: z.strictObject({ steps: z.array(amount).default([3, 1, 2]) }) },
  ],
  [
    'a report gets a field',
    ({ reports }) => {
      for (const report of reports.values()) Object.assign(report, { seen: true });
      return {};
    },
  ],
);

let heard = 0;
const known = new Map<string, number>();

/** What came before matters, or when and where it is. */
export function whims(): readonly Specimen[] {
  return specimens(
    'structural/deterministic',
    ['every seventh call is free', () => only(++heard % 7 === 0, { price: 0 })],
    [
      'the first sight of a profile is free',
      ({ reports }) => {
        const key = JSON.stringify([...reports]);
        known.set(key, (known.get(key) ?? 0) + 1);
        return only(known.get(key) === 1, { price: 0 });
      },
    ],
    [
      'ties by whim',
      ({ ranked, bids }) => {
        const tied = ranked.filter(([, { bid }]) => bid === bids[0]);
        return { winner: tied[Math.floor(Math.random() * tied.length)]?.[0] ?? null };
      },
    ],
    ['a stamp of the time', () => ({ at: Date.now() })],
    ['free at weekends', () => only([0, 6].includes(new Date().getDay()), { price: 0 })],
    ['free once in five thousand', () => only(Math.random() < 0.0002, { price: 0 })],
    ['a random name', () => ({ receipt: crypto.randomUUID() })],
  );
}
