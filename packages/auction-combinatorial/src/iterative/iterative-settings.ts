import { positiveAmount } from '@mechane/core';
import * as z from 'zod';
import { auctionSettings, type GoodsForSale } from '../goods.ts';

/** Rounds beyond which no auction goes on, and increments beyond which nothing can be worth: so many take about a second. */
export const mostRounds = 50_000;
/** Keeps the sum of all bids a number. */
const largestIncrement = 1e200;

export const increment: z.ZodNumber = positiveAmount.max(largestIncrement);
const maxRounds: z.ZodDefault<z.ZodInt> = z.int().positive().max(mostRounds).default(mostRounds);

/** What every auction in rounds sets. */
export const iterativeSettings: z.ZodObject<
  typeof auctionSettings.shape & { increment: typeof increment; maxRounds: typeof maxRounds },
  z.core.$strict
> = auctionSettings.extend({
  increment: increment.describe('By how much prices rise from round to round'),
  maxRounds: maxRounds.describe('The round after which the auction ends with what stands then'),
});

export type IterativeSettings = z.output<typeof iterativeSettings>;

/** What says how high bids may rise on which goods. */
export interface RisingSettings {
  readonly goods: GoodsForSale;
  readonly increment?: number | undefined;
}

/** The highest bid there may be: what rounds could come to, and where there are none, what sums of bids can bear. */
export function highestBid({ increment }: Pick<RisingSettings, 'increment'>): number {
  return increment === undefined ? largestIncrement : mostRounds * increment;
}
