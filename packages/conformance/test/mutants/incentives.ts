import { amount, positiveAmount } from '@mechane/core';
import * as z from 'zod';
import { type Award, type Given, type Specimen, specimens } from './mutant.ts';

const firstPrice = ({ bids }: Given): Award => ({ price: bids[0] ?? 0 });
const free: Award = { price: 0 };
const second = ({ bids }: Given): number => bids[1] ?? 0;
const only = (when: boolean, award: Award): Award => (when ? award : {});

/** What authors get wrong about truthfulness. */
export const temptations: readonly Specimen[] = specimens(
  'strategy-proof',
  ['first price', firstPrice],
  ['third price', ({ bids }) => ({ price: bids[2] ?? 0 })],
  ['price half way between second and third', ({ bids }) => ({ price: ((bids[1] ?? 0) + (bids[2] ?? 0)) / 2 })],
  ['reserve forgotten in the price', (given) => ({ price: second(given) }), {}, [{}, { reserve: 3 }]],
  ['reserve forgotten in the price, never set by the subject', (given) => ({ price: second(given) })],
  ['one more than the second', (given) => ({ price: second(given) + 1 })],
  ['first price among three', (given) => only(given.ranked.length === 3, firstPrice(given))],
  ['first price among six', (given) => only(given.ranked.length === 6, firstPrice(given))],
  ['first price in a crowd', (given) => only(given.ranked.length > 12, firstPrice(given))],
  [
    'bids as 32-bit integers',
    ({ reports, setup }) => {
      const wrapped = [...reports].sort(([a, x], [b, y]) => (y.bid | 0) - (x.bid | 0) || setup.tieOrder(a, b));
      return { winner: wrapped[0]?.[0] ?? null, price: Math.max(0, (wrapped[1]?.[1].bid ?? 0) | 0) };
    },
  ],
  [
    'bids beyond 2^53 count as nothing',
    ({ ranked }) => {
      const safe = ranked.filter(([, { bid }]) => bid <= Number.MAX_SAFE_INTEGER);
      return { winner: safe[0]?.[0] ?? null, price: safe[1]?.[1].bid ?? 0 };
    },
  ],
  ['price rounded down', (given) => ({ price: Math.floor(second(given)) })],
  ['price rounded down to cents', (given) => ({ price: Math.floor(second(given) * 100) / 100 })],
  ['price rounded down to tens', (given) => ({ price: Math.floor(second(given) / 10) * 10 })],
  ['free to whoever bids from 417 to 418', ({ bids }) => only((bids[0] ?? 0) > 417 && (bids[0] ?? 0) < 418, free)],
  [
    'free to bids just above the reserve',
    ({ bids, settings }) => {
      const above = (bids[0] ?? 0) - Number(settings.reserve);
      return only(Number(settings.reserve) > 0 && above > 0 && above < 0.5, free);
    },
    {},
    [{ reserve: 37.5 }],
  ],
  ['free to bids that leave 137 when divided by 1000', ({ bids }) => only((bids[0] ?? 0) % 1_000 === 137, free)],
  ['free to whoever beats 613', (given) => only(second(given) === 613, free)],
  ['free to odd bids', ({ bids }) => only((bids[0] ?? 0) % 2 === 1, free)],
  ['free to bids with cents', ({ bids }) => only(!Number.isInteger(bids[0] ?? 0), free)],
  ['free to bids that end in 99 cents', ({ bids }) => only(Math.round((bids[0] ?? 0) * 100) % 100 === 99, free)],
  [
    'half the price far above the second',
    (given) => ({
      price:
        (given.bids[0] ?? 0) > 1_000 * second(given)
          ? second(given) / 2
          : Math.max(second(given), (given.bids[0] ?? 0) / 1_000),
    }),
  ],
  ['price capped at a thousand', (given) => ({ price: Math.min(1_000, second(given)) })],
  ['free where three bid the same', ({ bids }) => only(bids.length > 2 && bids[0] === bids[2], free)],
  ['free where four bid the same', ({ bids }) => only(bids.length > 3 && bids[0] === bids[3], free)],
  [
    'loser is paid where it is close',
    ({ bids, ranked }) => ({
      losersPay: (agent) => (agent === ranked[1]?.[0] && (bids[0] ?? 0) - (bids[1] ?? 0) < 0.01 ? -0.005 : 0),
    }),
  ],
  [
    'ties within a cent go by the tie rule',
    ({ ranked, setup }) => {
      const near = ranked.filter(([, { bid }]) => (ranked[0]?.[1].bid ?? 0) - bid < 0.01).map(([agent]) => agent);
      const winner = near.length > 0 ? setup.breakTie(near) : null;
      return { winner, price: Math.max(0, ...ranked.filter(([agent]) => agent !== winner).map(([, { bid }]) => bid)) };
    },
  ],
  [
    'tiny bids win',
    ({ ranked }) => {
      const tiny = ranked.find(([, { bid }]) => bid > 0 && bid < 1e-290);
      return tiny ? { winner: tiny[0], price: 0 } : {};
    },
  ],
  ['second highest of different bids', ({ bids }) => ({ price: bids.find((bid) => bid < (bids[0] ?? 0)) ?? 0 })],
  [
    'average of all others',
    ({ bids }) => ({
      price: bids.length < 2 ? 0 : bids.slice(1).reduce((sum, bid) => sum + bid, 0) / (bids.length - 1),
    }),
  ],
);

const withField = (field: string, schema: z.ZodType) => ({
  report: z.strictObject({ bid: amount, [field]: schema.optional() }),
});

/** What hides behind options. */
export const hiddenOptions: readonly Specimen[] = specimens(
  'strategy-proof',
  ['free to members', ({ ranked }) => only(ranked[0]?.[1].member === true, free), withField('member', z.boolean())],
  [
    'a weight that nobody needs to give',
    ({ reports, setup }) => {
      const weighed = [...reports].sort(
        ([a, x], [b, y]) => y.bid * Number(y.weight ?? 1) - x.bid * Number(x.weight ?? 1) || setup.tieOrder(a, b),
      );
      return { winner: weighed[0]?.[0] ?? null, price: weighed[1]?.[1].bid ?? 0 };
    },
    withField('weight', positiveAmount),
  ],
  [
    'a tier that lowers the price',
    ({ ranked, bids }) => only(ranked[0]?.[1].tier === 'gold', { price: (bids[1] ?? 0) / 2 }),
    withField('tier', z.enum(['basic', 'silver', 'gold'])),
  ],
  [
    'a coupon',
    (given) => ({ price: Math.max(0, second(given) - Number(given.ranked[0]?.[1].coupon ?? 0)) }),
    withField('coupon', amount),
  ],
  [
    'a field that the schema lets pass',
    ({ ranked }) => only(ranked[0]?.[1].vip === true, free),
    { report: z.looseObject({ bid: amount }) },
  ],
  [
    'first price in one of its modes',
    (given) => only(given.settings.mode === 'fast', firstPrice(given)),
    {
      settings: z.strictObject({ mode: z.enum(['fair', 'careful', 'fast']).default('fair') }),
    },
  ],
  [
    'first price when it is switched on',
    (given) => only(given.settings.legacy === true, firstPrice(given)),
    {
      settings: z.strictObject({ legacy: z.boolean().optional() }),
    },
  ],
  [
    'a share of the bid where a share is set',
    (given) =>
      only(given.settings.share !== undefined, {
        price: Math.max(second(given), Number(given.settings.share) * (given.bids[0] ?? 0)),
      }),
    {
      settings: z.strictObject({ share: z.number().min(0).max(1).optional() }),
    },
  ],
  [
    'a cap where a cap is set',
    (given) => ({ price: Math.min(second(given), Number(given.settings.cap ?? Number.POSITIVE_INFINITY)) }),
    {
      settings: z.strictObject({ cap: positiveAmount.optional() }),
    },
  ],
  [
    'first price in one branch of its settings',
    (given) => only((given.settings.rule as { kind: string }).kind === 'sealed', firstPrice(given)),
    {
      settings: z.strictObject({
        rule: z
          .discriminatedUnion('kind', [
            z.strictObject({ kind: z.literal('vickrey') }),
            z.strictObject({ kind: z.literal('sealed'), round: z.int().default(1) }),
          ])
          .default({ kind: 'vickrey' }),
      }),
    },
  ],
  [
    'the tie rule decides who wins within one',
    ({ ranked, setup }) => {
      const near = ranked.filter(([, { bid }]) => (ranked[0]?.[1].bid ?? 0) - bid <= 1).map(([agent]) => agent);
      return near.length > 1 ? { winner: setup.breakTie(near) } : {};
    },
  ],
  ['a lot decides who pays first price', (given) => only(given.setup.random.below(40) === 7, firstPrice(given))],
);

/** The others are truthful, and still a lie pays. */
export const expostTemptations: readonly Specimen[] = specimens(
  'ex-post-incentive-compatible',
  ['first price', firstPrice],
  ['first price among five', (given) => only(given.ranked.length === 5, firstPrice(given))],
  ['price rounded down to thousandths', (given) => ({ price: Math.floor(second(given) * 1_000) / 1_000 })],
  ['free to round thousands', ({ bids }) => only((bids[0] ?? 0) > 0 && (bids[0] ?? 0) % 1_000 === 0, free)],
  ['half price beyond 2^32', (given) => only((given.bids[0] ?? 0) > 2 ** 32, { price: second(given) / 2 })],
  [
    'members bid on credit',
    ({ ranked }) => only(ranked[0]?.[1].member === true, free),
    withField('member', z.boolean()),
  ],
  ['a price that ends at the cap', (given) => ({ price: Math.min(500, second(given)) })],
);

/** On average, a lie pays. */
export const averageTemptations: readonly Specimen[] = specimens(
  'bayesian-incentive-compatible',
  ['first price', firstPrice],
  ['third price', ({ bids }) => ({ price: bids[2] ?? 0 })],
  ['all pay', ({ bids, reports }) => ({ price: bids[0] ?? 0, losersPay: (agent) => reports.get(agent)?.bid ?? 0 })],
  ['first price among four', (given) => only(given.ranked.length === 4, firstPrice(given))],
  [
    'nine tenths of the bid, or the second',
    (given) => ({ price: Math.max(second(given), 0.9 * (given.bids[0] ?? 0)) }),
  ],
  ['price rounded down to tens', (given) => ({ price: Math.floor(second(given) / 10) * 10 })],
  [
    'losers are paid a tenth of their bids',
    ({ reports }) => ({ losersPay: (agent) => -0.1 * (reports.get(agent)?.bid ?? 0) }),
  ],
);

/** A lie that is better at its best, or at its worst. */
export const obviousLies: readonly Specimen[] = specimens(
  'not-obviously-manipulable',
  ['first price', firstPrice],
  ['half way between first and second', (given) => ({ price: ((given.bids[0] ?? 0) + second(given)) / 2 })],
  ['all pay', (given) => ({ ...firstPrice(given), losersPay: (agent) => given.reports.get(agent)?.bid ?? 0 })],
  ['who bids nothing is paid', ({ reports }) => ({ losersPay: (agent) => (reports.get(agent)?.bid === 0 ? -1 : 0) })],
  ['losers get half of their bids', ({ reports }) => ({ losersPay: (agent) => -(reports.get(agent)?.bid ?? 0) / 2 })],
  [
    'a bid above 3 costs 1',
    ({ bids, reports }) => ({
      price: (bids[1] ?? 0) + ((bids[0] ?? 0) > 3 ? 1 : 0),
      losersPay: (agent) => ((reports.get(agent)?.bid ?? 0) > 3 ? 1 : 0),
    }),
  ],
);
