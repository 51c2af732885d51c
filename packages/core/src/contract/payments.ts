import * as z from 'zod';
import type { AgentId } from './agent.ts';
import { signedAmount } from './amount.ts';

/**
 * What each agent pays; what it receives is negative.
 *
 * @category Outcomes
 */
export type Payments = Readonly<Record<AgentId, number>>;

/**
 * The shape of {@link Payments}.
 *
 * @category Outcomes
 */
export const paymentsByAgent: z.ZodRecord<z.ZodString, z.ZodNumber> = z.record(z.string(), signedAmount);

/** The payments of an outcome, where it has them. */
export function paymentsOf(outcome: object): Payments | undefined {
  return 'payments' in outcome ? (outcome.payments as Payments) : undefined;
}
