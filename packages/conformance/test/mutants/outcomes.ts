import { amount, perAgent, positiveAmount } from '@mechane/core';
import * as z from 'zod';
import { type Award, type Given, type Specimen, specimens } from './mutant.ts';

const second = ({ bids }: Given): number => bids[1] ?? 0;
const only = (when: boolean, award: Award): Award => (when ? award : {});
const everyLoser = (payment: number): Award => ({ losersPay: () => payment });
const bidOf = ({ reports }: Given, agent: string): number => reports.get(agent)?.bid ?? 0;

/** Who is truthful, and loses by having come. */
export const losses: readonly Specimen[] = specimens(
  'individually-rational',
  ['all pay', (given) => ({ price: given.bids[0] ?? 0, losersPay: (agent) => bidOf(given, agent) })],
  ['a fee for all', (given) => ({ price: second(given) + 1, ...everyLoser(1) })],
  ['a fee among five or more', ({ participants }) => only(participants.length >= 5, everyLoser(0.01))],
  ['a fee in a crowd', ({ participants }) => only(participants.length >= 12, everyLoser(1))],
  ['a fee for losers who tie', (given) => ({ losersPay: (agent) => (bidOf(given, agent) === given.bids[0] ? 1 : 0) })],
  ['the price rounded up', (given) => ({ price: Math.ceil(second(given)) })],
  ['the price rounded up to cents', (given) => ({ price: Math.ceil(second(given) * 100) / 100 })],
  ['the second price and a step', (given) => ({ price: given.ranked.length > 1 ? second(given) + 0.5 : 0 })],
  [
    'the reserve is paid by whoever bids less',
    (given) => ({ losersPay: (agent) => (bidOf(given, agent) < Number(given.settings.reserve) ? 0.25 : 0) }),
    {},
    [{}, { reserve: 3 }],
  ],
  [
    'a fee where a fee is set',
    ({ settings }) => everyLoser(Number(settings.fee ?? 0)),
    { settings: z.strictObject({ fee: amount.optional() }) },
  ],
  [
    'a tax on what is beyond 2^31',
    (given) => ({ price: second(given) > 2 ** 31 ? second(given) * 1.01 : second(given) }),
  ],
  ['a fee at 613', (given) => ({ losersPay: (agent) => (bidOf(given, agent) === 613 ? 1 : 0) })],
  [
    'staying away is worth nothing less',
    everyLoser.bind(undefined, 1),
    { outsideOption: () => Number.NEGATIVE_INFINITY },
  ],
  ['its own utility is never below 0', everyLoser.bind(undefined, 1), { utility: () => 0 }],
  ['fees beside the payments', ({ participants }) => ({ fees: perAgent(participants, () => 1) })],
  ['a deposit beside the payments', ({ ranked }) => ({ deposits: { [ranked.at(-1)?.[0] ?? 'nobody']: 2 } })],
  [
    'no number for whoever comes third',
    ({ ranked }) => ({ losersPay: (agent) => (agent === ranked[2]?.[0] ? Number.NaN : 0) }),
  ],
);

/** More is paid out than comes in. */
export const deficits: readonly Specimen[] = specimens(
  'no-deficit',
  ['losers are consoled', () => everyLoser(-1)],
  ['losers are consoled among six', ({ participants }) => only(participants.length === 6, everyLoser(-1))],
  [
    'a rebate for losers, rounded up',
    (given) => {
      const share = Math.ceil(second(given) / Math.max(1, given.participants.length - 1));
      return everyLoser(-share);
    },
  ],
  [
    'a rebate to the cent, rounded',
    (given) => {
      const losers = given.participants.length - 1;
      return losers > 0 ? everyLoser(-Math.round((second(given) / losers) * 100) / 100) : {};
    },
  ],
  [
    'a bonus for three who tie',
    ({ bids }) => only(bids.length > 2 && bids[0] === bids[2], everyLoser(-(bids[0] ?? 0))),
  ],
  [
    'cashback where it is set',
    ({ settings }) => everyLoser(-Number(settings.cashback ?? 0)),
    { settings: z.strictObject({ cashback: positiveAmount.optional() }) },
  ],
  ['a jackpot at 777', ({ bids }) => only(bids[0] === 777, { price: -10 })],
  ['a price that wraps at 2^31', (given) => ({ price: second(given) | 0 })],
  ['a subsidy beside the payments', ({ ranked }) => ({ subsidies: { [ranked[1]?.[0] ?? 'nobody']: -3 } })],
  [
    'a coupon that is worth more than the price',
    (given) => ({ price: second(given) - Number(given.ranked[0]?.[1].coupon ?? 0) }),
    {
      report: z.strictObject({ bid: amount, coupon: amount.optional() }),
    },
  ],
);

const sharing = (given: Given, round: (share: number) => number, losers = given.participants.length - 1): Award =>
  losers > 0 ? everyLoser(-round(second(given) / losers)) : { price: 0 };

/** What comes in and goes out does not cancel out. */
export const imbalances: readonly Specimen[] = specimens(
  'budget-balanced',
  ['the price is kept', () => ({})],
  ['the price is shared, rounded', (given) => sharing(given, Math.round)],
  ['the price is shared, to the cent', (given) => sharing(given, (share) => Math.round(share * 100) / 100)],
  ['the price is shared, to a millionth', (given) => sharing(given, (share) => Math.round(share * 1e6) / 1e6)],
  [
    'the price is shared among one too many where seven are',
    (given) => sharing(given, (share) => share, given.participants.length - (given.participants.length === 7 ? 0 : 1)),
  ],
  [
    'a cent is kept of great prices',
    (given) => sharing(given, (share) => (second(given) > 5_000 ? share - 0.01 : share)),
  ],
  [
    'a commission beside the payments',
    (given) => ({ ...sharing(given, (share) => share), commission: perAgent(given.participants, () => 1) }),
  ],
  [
    'a lot decides whether a coin is lost',
    (given) => sharing(given, (share) => (given.setup.random.below(30) === 3 ? share - 1 : share)),
  ],
);

/** Something better was possible, or something impossible is claimed to have happened. */
export const wastes: readonly Specimen[] = specimens(
  'efficient',
  ['the lowest bid wins', ({ ranked }) => ({ winner: ranked.at(-1)?.[0] ?? null })],
  ['nobody wins below 5', ({ bids }) => only((bids[0] ?? 0) < 5, { winner: null })],
  [
    'whole numbers are compared',
    ({ ranked, setup }) => {
      const [best] = [...ranked].sort(
        ([a, x], [b, y]) => Math.floor(y.bid) - Math.floor(x.bid) || setup.tieOrder(a, b),
      );
      return { winner: best?.[0] ?? null };
    },
  ],
  [
    'cents are compared',
    ({ ranked, setup }) => {
      const cents = (bid: number): number => Math.floor(bid * 100 + 1e-9);
      const [best] = [...ranked].sort(([a, x], [b, y]) => cents(y.bid) - cents(x.bid) || setup.tieOrder(a, b));
      return { winner: best?.[0] ?? null };
    },
  ],
  [
    '32-bit integers are compared',
    ({ ranked, setup }) => {
      const [best] = [...ranked].sort(([a, x], [b, y]) => (y.bid | 0) - (x.bid | 0) || setup.tieOrder(a, b));
      return { winner: best?.[0] ?? null };
    },
  ],
  ['the second wins among five', ({ ranked }) => only(ranked.length === 5, { winner: ranked[1]?.[0] ?? null })],
  [
    'a bid that is ten times the next is a joke',
    ({ ranked }) =>
      only(ranked.length > 1 && (ranked[0]?.[1].bid ?? 0) > 10 * (ranked[1]?.[1].bid ?? 0), {
        winner: ranked[1]?.[0] ?? null,
      }),
  ],
  [
    'it is worth what the mechanism says',
    ({ ranked }) => ({ winner: ranked.at(-1)?.[0] ?? null }),
    { value: () => 0, bestWelfare: () => 0 },
  ],
  [
    'the item goes to two',
    ({ ranked }) => ({
      allocation: perAgent(
        ranked.slice(0, 2).map(([agent]) => agent),
        () => 1,
      ),
    }),
  ],
  ['the item goes to another as well', ({ ranked }) => ({ alsoAwardedTo: ranked[1]?.[0] ?? null })],
  ['one says who wins, another who gets it', ({ ranked }) => ({ allocation: { [ranked.at(-1)?.[0] ?? 'nobody']: 1 } })],
);

/** What agents would rather have. */
export const envies: readonly Specimen[] = specimens(
  'envy-free',
  ['the lowest bid wins', ({ ranked }) => ({ winner: ranked.at(-1)?.[0] ?? null, price: 0 })],
  ['half the second price', (given) => ({ price: second(given) / 2 })],
  ['the price rounded down', (given) => ({ price: Math.floor(second(given)) })],
  ['the price rounded down to cents', (given) => ({ price: Math.floor(second(given) * 100) / 100 })],
  ['a member pays less', (given) => only(given.ranked.length > 4, { price: 0 })],
  ['only the first loser is consoled', ({ ranked }) => ({ losersPay: (agent) => (agent === ranked[1]?.[0] ? -1 : 0) })],
);

/** What a coalition could do better by itself. */
export const blocks: readonly Specimen[] = specimens(
  'core',
  ['nobody wins', () => ({ winner: null })],
  [
    'a reserve of 2',
    ({ ranked, bids }) => ((bids[0] ?? 0) < 2 ? { winner: null } : { winner: ranked[0]?.[0] ?? null }),
  ],
  ['half the second price', (given) => ({ price: second(given) / 2 })],
  ['third price among four', ({ bids }) => only(bids.length === 4, { price: bids[2] ?? 0 })],
  ['the price rounded down', (given) => ({ price: Math.floor(second(given)) })],
);

/** Something would be better for somebody and worse for nobody. */
export const improvements: readonly Specimen[] = specimens(
  'pareto-efficient',
  ['nobody wins', () => ({ winner: null })],
  ['the second wins among four', ({ ranked }) => only(ranked.length === 4, { winner: ranked[1]?.[0] ?? null })],
  [
    'whole numbers are compared',
    ({ ranked, setup }) => {
      const [best] = [...ranked].sort(
        ([a, x], [b, y]) => Math.floor(y.bid) - Math.floor(x.bid) || setup.tieOrder(a, b),
      );
      return { winner: best?.[0] ?? null };
    },
  ],
  ['nobody wins where three tie', ({ bids }) => only(bids.length > 2 && bids[0] === bids[2], { winner: null })],
  ['the item goes to two by another word', ({ ranked }) => ({ winners: ranked.slice(0, 2).map(([agent]) => agent) })],
);
