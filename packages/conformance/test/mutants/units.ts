import { amount, paymentsByAgent } from '@mechane/core';
import * as z from 'zod';
import { type Specimen, specimens } from './mutant.ts';

const outcome = z.looseObject({ winner: z.string().nullable(), payments: paymentsByAgent });
const speechless = z.looseObject({ winner: z.string().nullable(), payments: z.record(z.string(), z.number()) });
const plainReserve = z.strictObject({ reserve: z.number().nonnegative().default(3) });
const secret = z.strictObject({ reserve: amount.default(0), floor: z.number().nonnegative().default(2) });

/** What depends on the unit in which money is counted. */
export const units: readonly Specimen[] = specimens(
  'structural/unit-free',
  ['a fee of one', ({ bids }) => ({ price: (bids[1] ?? 0) + 1 }), { outcome }],
  [
    'no sale below five',
    ({ ranked, bids }) => ((bids[0] ?? 0) < 5 ? { winner: null } : { winner: ranked[0]?.[0] ?? null }),
    { outcome },
  ],
  ['free above a hundred', ({ bids }) => ((bids[0] ?? 0) > 100 ? { price: 0 } : {}), { outcome }],
  ['the root of the bid', ({ bids }) => ({ price: Math.sqrt(bids[0] ?? 0) }), { outcome }],
  ['a reserve that no schema calls money', () => ({}), { outcome, settings: plainReserve }],
  [
    'a floor that no schema calls money',
    ({ bids, settings }) => ({ price: Math.max(bids[1] ?? 0, Number(settings.floor)) }),
    { outcome, settings: secret },
  ],
  ['payments that no schema calls money', () => ({}), { outcome: speechless }],
  [
    'nearly equal is equal',
    ({ ranked, bids }) => {
      const near = ranked
        .filter(([, { bid }]) => (bids[0] ?? 0) - bid <= 1)
        .map(([agent]) => agent)
        .sort();
      return { winner: near[0] ?? null };
    },
    { outcome },
  ],
);
