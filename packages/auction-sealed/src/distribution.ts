import { type AgentId, amount, positiveAmount } from '@mechane/core';
import * as z from 'zod';

/**
 * What the seller believes of a bidder's value: `uniform` between two values, `exponential` with a mean, or `empirical`, each
 * sample as likely as the others.
 *
 * @category Types of mechanisms
 */
export type Distribution =
  | { kind: 'uniform'; low: number; high: number }
  | { kind: 'exponential'; mean: number }
  | { kind: 'empirical'; samples: number[] };

const uniform = z
  .strictObject({ kind: z.literal('uniform'), low: amount, high: amount })
  .refine(({ low, high }) => low < high, { path: ['high'], message: 'expected high above low' });
const exponential = z.strictObject({ kind: z.literal('exponential'), mean: positiveAmount });
const empirical = z.strictObject({ kind: z.literal('empirical'), samples: z.array(amount).min(1) });

export const distribution: z.ZodType<Distribution, Distribution> = z.discriminatedUnion('kind', [
  uniform,
  exponential,
  empirical,
]);

/**
 * A distribution for each agent that is named.
 *
 * @category Types of mechanisms
 */
export type DistributionByAgent = Readonly<Record<AgentId, Distribution>>;

/** Reads a record of distributions into a map: `z.record` would drop an agent named `__proto__` without a word. */
export const distributionByAgent: z.ZodType<ReadonlyMap<AgentId, Distribution>, DistributionByAgent> = z.preprocess(
  (given) => (isRecord(given) ? new Map(Object.entries(given)) : given),
  z.map(z.string(), distribution),
);

function isRecord(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
