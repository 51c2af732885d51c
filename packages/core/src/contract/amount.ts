import * as z from 'zod';

/**
 * What a number in a schema counts. Money is the decimal that it is written as; quantities are of things, such as units or shares. Numbers
 * without a kind are plain: rates, weights, times, numbers of rounds.
 *
 * @category Amounts
 */
export type AmountKind = 'money' | 'quantity';

/** The keyword that says an amount's kind, in a schema's metadata and so in its JSON Schema. */
const keyword = 'x-amount';

/**
 * Says that what a schema takes is an amount of money.
 *
 * @category Amounts
 * @example
 * ```ts
 * import { amountKind, inMoney } from '@mechane/core';
 * import * as z from 'zod';
 *
 * const fee = inMoney(z.number().max(100));
 * amountKind(fee); // => 'money'
 * z.toJSONSchema(fee)['x-amount']; // => 'money'
 * ```
 */
export function inMoney<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ [keyword]: 'money' });
}

/**
 * Says that what a schema takes is a quantity of things.
 *
 * @category Amounts
 */
export function inQuantity<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ [keyword]: 'quantity' });
}

/**
 * What a schema's numbers count, or `undefined` where they are plain. A schema refined from one that has a kind has it too.
 *
 * @category Amounts
 */
export function amountKind(schema: z.core.$ZodType): AmountKind | undefined {
  return z.globalRegistry.get(schema)?.[keyword] as AmountKind | undefined;
}

/**
 * An amount of money: finite, 0 or more.
 *
 * @category Amounts
 */
export const amount: z.ZodNumber = inMoney(z.number().nonnegative());

/**
 * An {@link amount} of money above 0.
 *
 * @category Amounts
 */
export const positiveAmount: z.ZodNumber = inMoney(z.number().positive());

/**
 * An amount of money that may be negative: a payment, where what an agent receives is below 0.
 *
 * @category Amounts
 */
export const signedAmount: z.ZodNumber = inMoney(z.number());

/**
 * A quantity of something: finite, 0 or more.
 *
 * @category Amounts
 */
export const quantity: z.ZodNumber = inQuantity(z.number().nonnegative());

/**
 * A {@link quantity} above 0.
 *
 * @category Amounts
 */
export const positiveQuantity: z.ZodNumber = inQuantity(z.number().positive());

/**
 * A quantity that may be negative: what an agent sells, where what it buys is above 0.
 *
 * @category Amounts
 */
export const signedQuantity: z.ZodNumber = inQuantity(z.number());

/**
 * A number of identical things: a whole number, 1 or more.
 *
 * @category Amounts
 */
export const count: z.ZodInt = inQuantity(z.int().positive());

/**
 * What further units are worth, one by one: money, 0 or more, never increasing.
 *
 * @category Amounts
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
