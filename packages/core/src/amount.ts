import * as z from 'zod';

/** A sum of money or a quantity: a finite double, 0 or more. Whole numbers are minor units and stay exact. */
export const amount: z.ZodNumber = z.number().nonnegative();

/** An {@link amount} above 0. */
export const positiveAmount: z.ZodNumber = z.number().positive();

/** A number of identical things: a whole number, 1 or more. */
export const count: z.ZodInt = z.int().positive();

/**
 * What further units are worth, one by one: finite, 0 or more, never increasing.
 *
 * @example
 * ```ts
 * import { marginals } from '@mechane/core';
 *
 * marginals.safeParse([3, 2, 2]).success; // => true
 * marginals.safeParse([1, 2]).error?.issues[0]?.path; // => [1]
 * ```
 */
export const marginals: z.ZodArray<z.ZodNumber> = z.array(amount).check((context) => {
  const values = context.value;
  for (let unit = 1; unit < values.length; unit++) {
    const [before, value] = [values[unit - 1] ?? 0, values[unit] ?? 0];
    if (value <= before) continue;
    const message = `expected marginal values that never increase, but ${value} follows ${before}`;
    context.issues.push({ code: 'custom', message, path: [unit], input: values });
    return;
  }
});
