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
  const rise = values.findIndex((value, unit) => unit > 0 && value > (values[unit - 1] as number));
  if (rise === -1) return;
  const message = `expected marginal values that never increase, but ${values[rise]} follows ${values[rise - 1]}`;
  context.issues.push({ code: 'custom', message, path: [rise], input: values });
});
