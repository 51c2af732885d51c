import * as z from 'zod';

/**
 * How prices change with excess demand, taken as a part of supply:
 *
 * - `multiplicative`: p ← p·(1 + size · min(1, excess)), Cheung, Cole and Devanur 2013: converges for Fisher markets of substitutes and
 *   complements if the size is small enough for their elasticities;
 * - `additive`: p ← max(0, p + size · excess), the differential equation of Samuelson 1941 in steps;
 * - `decreasing`: additive, with the size divided by the number of the round, as Robbins and Monro 1951 have it.
 *
 * Afterwards prices are scaled to sum to 1.
 *
 * @category Supply and demand
 */
export type PriceStep = { kind: 'multiplicative' | 'additive' | 'decreasing'; size: number };

export const priceStep: z.ZodType<PriceStep, PriceStep> = z.strictObject({
  kind: z.enum(['multiplicative', 'additive', 'decreasing']),
  size: z.number().positive().max(1).describe('By which part of the excess prices change'),
});

/** The price of a good after a round in which so much more of it was wanted than there is, as a part of that. */
export function stepped({ kind, size }: PriceStep, price: number, excess: number, round: number): number {
  const felt = Math.min(1, excess);
  if (kind === 'multiplicative') return price * (1 + size * felt);
  return Math.max(0, price + (kind === 'additive' ? size : size / round) * felt);
}
