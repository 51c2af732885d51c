import { amount, positiveAmount } from '@mechane/core';
import * as z from 'zod';

/**
 * When an auction on a site begins and ends, and what may be bid.
 *
 * @category Types of mechanisms
 */
export interface TimedSettings {
  /** Milliseconds from the opening to the end. */
  duration: number;
  startingPrice?: number | undefined;
  /** By how much a bid has to top the standing price: one step, or `[from, step]` for prices from there on, both rising. */
  increment?: number | [from: number, step: number][] | undefined;
  /** The secret price below which nothing is sold. */
  reserve?: number | undefined;
  /** The price at which the item is sold at once while no bid stands. */
  buyNow?: number | undefined;
  /** A soft close: a bid in the last `within` milliseconds moves the end to `by` after it, `max` times at most. */
  extension?: { within: number; by: number; max?: number | undefined } | undefined;
}

/** As the schema has filled it in. */
export interface ReadTimedSettings extends TimedSettings {
  startingPrice: number;
  increment: number | [from: number, step: number][];
}

const milliseconds = z.number().positive();

const table = z
  .array(z.tuple([amount, positiveAmount]))
  .min(1)
  .refine(
    (steps) => steps.every(([from, step], index) => index === 0 || rises(steps[index - 1], from, step)),
    'expected prices and steps that rise from row to row',
  );

function rises(before: readonly [number, number] | undefined, from: number, step: number): boolean {
  return before === undefined || (from > before[0] && step > before[1]);
}

export const timedSettings: z.ZodType<ReadTimedSettings, TimedSettings> = z
  .strictObject({
    duration: milliseconds.describe('Milliseconds from the opening to the end'),
    startingPrice: amount.default(0).describe('The least first maximum'),
    increment: z
      .union([positiveAmount, table])
      .default(1)
      .describe('By how much a maximum has to top the standing price: a step, or [from, step] by price'),
    reserve: amount.optional().describe('The secret price below which nothing is sold'),
    buyNow: amount.optional().describe('The price at which it is sold at once, while no bid stands'),
    extension: z
      .strictObject({
        within: milliseconds.describe('How near to the end a bid moves it, in milliseconds'),
        by: milliseconds.describe('How long after such a bid the end is, in milliseconds'),
        max: z.int().nonnegative().optional().describe('How often the end moves at most'),
      })
      .optional()
      .describe('A soft close, so that nobody bids when the others cannot answer any more'),
  })
  .refine(
    ({ buyNow, reserve = 0, startingPrice }) => buyNow === undefined || buyNow >= Math.max(reserve, startingPrice),
    {
      path: ['buyNow'],
      error: 'expected at least the reserve and the starting price',
    },
  );

/** By how much a maximum has to top a price. The first row of a table covers all below it. */
export function stepAt(price: number, increment: ReadTimedSettings['increment']): number {
  if (typeof increment === 'number') return increment;
  let [, step = 0] = increment[0] ?? [];
  for (const [from, larger] of increment) if (price >= from) step = larger;
  return step;
}

/** The largest step that there is. */
export function largestStep(increment: ReadTimedSettings['increment']): number {
  return typeof increment === 'number' ? increment : (increment.at(-1)?.[1] ?? 0);
}
