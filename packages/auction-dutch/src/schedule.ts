import * as z from 'zod';

/**
 * How many units should be sold by when: `perTimeUnit` in every unit of time, or along a logistic curve that begins steeply and
 * approaches `limit`, faster with a larger `timeScale`.
 *
 * @category Types of mechanisms
 */
export type SalesSchedule =
  | { kind: 'linear'; perTimeUnit: number }
  | { kind: 'logistic'; limit: number; timeScale: number };

/** Plain numbers: they make up the shape of a curve, and none of them is a stock. */
const positive = z.number().positive();

export const salesSchedule: z.ZodType<SalesSchedule, SalesSchedule> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('linear'),
    perTimeUnit: positive.describe('How many units should be sold in a unit of time'),
  }),
  z.strictObject({
    kind: z.literal('logistic'),
    limit: positive.describe('What sales approach and never reach: one more than the units there are'),
    timeScale: positive.describe('How fast they approach it: the steepness of the curve, per unit of time'),
  }),
]);

/**
 * The time f⁻¹(n) by which the n-th unit should be sold; infinite where the schedule never gets there.
 *
 * Linear: f(t) = perTimeUnit · t. Logistic: f(t) = 2 · limit / (1 + e^(−timeScale · t)) − limit, so
 * f⁻¹(n) = −ln(2 · limit / (n + limit) − 1) / timeScale.
 */
export function targetSaleTime(schedule: SalesSchedule, n: number): number {
  if (schedule.kind === 'linear') return n / schedule.perTimeUnit;
  const { limit, timeScale } = schedule;
  return n < limit ? -Math.log((2 * limit) / (n + limit) - 1) / timeScale : Number.POSITIVE_INFINITY;
}
