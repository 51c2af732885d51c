import {
  type AgentId,
  amount,
  directMechanism,
  type LawName,
  type Mechanism,
  paymentsByAgent,
  perAgent,
} from '@mechane/core';
import * as z from 'zod';

/** What a rule is given: bids from the highest, of equal ones those first that the tie order prefers. */
interface Given {
  readonly ranked: readonly (readonly [AgentId, number])[];
  readonly bids: readonly number[];
  readonly arrived: readonly AgentId[];
}

/** Where a rule departs from the second-price auction. */
interface Award {
  readonly winner?: AgentId | null;
  readonly price?: number;
  readonly losersPay?: (agent: AgentId, place: number) => number;
}

type Rule = (given: Given) => Award;

/** A second-price auction with a mistake, and a law that it claims and breaks. */
export interface FalseAuction {
  readonly law: LawName;
  readonly what: string;
  readonly mechanism: Mechanism;
}

const first = ({ bids }: Given): number => bids[0] ?? 0;
const second = ({ bids }: Given): number => bids[1] ?? 0;
const third = ({ bids }: Given): number => bids[2] ?? 0;
const only = (when: boolean, award: Award): Award => (when ? award : {});
const paying =
  (price: (given: Given) => number): Rule =>
  (given) => ({ price: price(given) });
const byPlace =
  (place: number): Rule =>
  ({ ranked }) => ({ winner: ranked[Math.min(place, ranked.length - 1)]?.[0] ?? null });

const tempting: Readonly<Record<string, Rule>> = {
  'pays its bid': paying(first),
  'pays the third bid': paying(third),
  'pays the middle of the first two': paying((given) => (first(given) + second(given)) / 2),
  'pays nine tenths of its bid': paying((given) => 0.9 * first(given)),
  'pays the average': paying(({ bids }) => bids.reduce((sum, bid) => sum + bid, 0) / Math.max(1, bids.length)),
  'pays nothing': paying(() => 0),
  'pays its bid when alone': (given) => only(given.bids.length === 1, { price: first(given) }),
  'pays its bid among three': (given) => only(given.bids.length === 3, { price: first(given) }),
  'pays its bid among four or more': (given) => only(given.bids.length >= 4, { price: first(given) }),
  'pays its bid among six or more': (given) => only(given.bids.length >= 6, { price: first(given) }),
  'pays its bid at 7': (given) => only(first(given) === 7, { price: 7 }),
  'pays its bid at 77': (given) => only(first(given) === 77, { price: 77 }),
  'pays its bid at 777': (given) => only(first(given) === 777, { price: 777 }),
  'pays its bid from 50 to 55': (given) => only(first(given) >= 50 && first(given) <= 55, { price: first(given) }),
  'pays its bid from 500 to 505': (given) => only(first(given) >= 500 && first(given) <= 505, { price: first(given) }),
  'pays its bid above 1,000': (given) => only(first(given) > 1_000, { price: first(given) }),
  'pays its bid above 100,000': (given) => only(first(given) > 100_000, { price: first(given) }),
  'pays its bid above 2³¹': (given) => only(first(given) > 2 ** 31, { price: first(given) }),
  'is free above twice the second': (given) => only(first(given) > 2 * second(given), { price: 0 }),
  'is free above ten times the second': (given) =>
    only(first(given) > 10 * second(given) && second(given) > 0, { price: 0 }),
  'is free at round numbers': (given) => only(first(given) % 100 === 0, { price: 0 }),
  'is free at even bids': (given) => only(first(given) % 2 === 0, { price: 0 }),
  'is free where bids are not whole': (given) => only(!Number.isInteger(first(given)), { price: 0 }),
  'rounds the price down': paying((given) => Math.floor(second(given))),
  'rounds the price up': paying((given) => Math.min(first(given), Math.ceil(second(given)))),
  'rounds the price to cents': paying((given) => Math.floor(second(given) * 100) / 100),
  'adds a cent': paying((given) => Math.min(first(given), second(given) + 0.01)),
  'adds one': paying((given) => Math.min(first(given), second(given) + 1)),
  'caps the price at 40': paying((given) => Math.min(40, second(given))),
  'caps the price at 4,000': paying((given) => Math.min(4_000, second(given))),
  'sells to the second': byPlace(1),
  'sells to the third': byPlace(2),
  'sells to the last': byPlace(99),
  'sells to the second in a tie of three': ({ ranked, bids }) =>
    only(bids[0] === bids[2] && bids.length > 2, { winner: ranked[2]?.[0] ?? null, price: 0 }),
  'pays its bid in a near tie': (given) =>
    only(first(given) - second(given) < 1 && second(given) > 0, { price: first(given) }),
  'counts bids modulo 2³²': paying((given) => second(given) % 2 ** 32),
  'counts bids as 32-bit numbers': paying((given) => Math.trunc(second(given)) | 0),
  'compares bids as text': ({ ranked }) => ({
    winner: [...ranked].sort(([, a], [, b]) => (String(a) < String(b) ? 1 : -1))[0]?.[0] ?? null,
  }),
  'pays losers a tenth of the price': (given) => ({ losersPay: () => -0.1 * second(given) }),
  'pays the second bidder the gap': (given) => ({
    losersPay: (_, place) => (place === 1 ? second(given) - first(given) : 0),
  }),
  'charges losers a tenth of their bid': ({ ranked }) => ({ losersPay: (_, place) => 0.1 * (ranked[place]?.[1] ?? 0) }),
  'favours whoever comes last': ({ arrived, ranked }) => only(ranked[0]?.[0] === arrived.at(-1), { price: 0 }),
};

const losing: Readonly<Record<string, Rule>> = {
  'takes a fee of one': paying((given) => second(given) + 1),
  'takes a tax of a tenth': paying((given) => 1.1 * second(given)),
  'charges losers one': () => ({ losersPay: () => 1 }),
  'charges the third one': () => ({ losersPay: (_, place) => (place === 2 ? 1 : 0) }),
  'charges the sixth one': () => ({ losersPay: (_, place) => (place === 5 ? 1 : 0) }),
  'asks for 3 at the least': paying((given) => Math.max(3, second(given))),
  'rounds up to whole numbers': paying((given) => Math.ceil(second(given))),
  'rounds up to tens above 200': paying((given) =>
    first(given) > 200 ? Math.ceil(second(given) / 10) * 10 : second(given),
  ),
  'doubles the price at 64': paying((given) => (second(given) === 64 ? 128 : second(given))),
  'asks for a cent when alone': (given) => only(given.bids.length === 1, { price: 0.01 }),
};

const generous: Readonly<Record<string, Rule>> = {
  'pays losers one': () => ({ losersPay: () => -1 }),
  'pays the third the price': (given) => ({ losersPay: (_, place) => (place === 2 ? -second(given) : 0) }),
  'pays all losers the third bid': (given) => ({ losersPay: () => -third(given) }),
  'gives the second bid to two': (given) => ({
    losersPay: (_, place) => (place > 0 && place < 3 ? -second(given) : 0),
  }),
  'gives back a tenth above 90': (given) => only(first(given) > 90, { price: -0.1 * first(given) }),
  'gives back one in a tie': (given) => only(given.bids.length > 1 && first(given) === second(given), { price: -1 }),
  'gives back one at 500': (given) => only(second(given) === 500, { price: -1 }),
  'pays fifths of the price to losers': (given) => ({ losersPay: () => -second(given) / 5 }),
};

/** Sixty false auctions of one item. */
export const falseAuctions: readonly FalseAuction[] = [
  ...family('strategy-proof', tempting),
  ...family('individually-rational', losing),
  ...family('no-deficit', generous),
];

function family(law: LawName, rules: Readonly<Record<string, Rule>>): readonly FalseAuction[] {
  return Object.entries(rules).map(([what, rule], number) => ({ law, what, mechanism: auctionOf(law, number, rule) }));
}

function auctionOf(law: LawName, number: number, rule: Rule): Mechanism {
  return directMechanism({
    id: `bench/${law}-${number}`,
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    outcome: z.strictObject({ winner: z.string().nullable(), payments: paymentsByAgent }),
    decide(reports, { participants, tieOrder }) {
      const ranked = [...reports]
        .map(([agent, { bid }]) => [agent, bid] as const)
        .sort(([a, x], [b, y]) => y - x || tieOrder(a, b));
      const bids = ranked.map(([, bid]) => bid);
      const {
        winner = ranked[0]?.[0] ?? null,
        price = bids[1] ?? 0,
        losersPay = () => 0,
      } = rule({
        ranked,
        bids,
        arrived: participants,
      });
      const placed = new Map(ranked.map(([agent], place) => [agent, place]));
      const paid = (agent: AgentId): number => (agent === winner ? price : losersPay(agent, placed.get(agent) ?? 0));
      return { winner, payments: perAgent(participants, paid) };
    },
    claims: [{ law, holds: true, because: 'it says so' }],
  }) as object as Mechanism;
}
