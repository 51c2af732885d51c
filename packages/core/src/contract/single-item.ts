import * as z from 'zod';
import { type AgentId, perAgent } from './agent.ts';
import { amount, quantity } from './amount.ts';
import { type Payments, paymentsByAgent } from './payments.ts';

/**
 * Who gets how much of what is allocated; whoever is missing gets nothing.
 *
 * @category Outcomes
 */
export type Allocation<Share = number> = Readonly<Record<AgentId, Share>>;

/**
 * The outcome of an auction of one item.
 *
 * @category Outcomes
 */
export interface SingleItemOutcome {
  readonly winner: AgentId | null;
  /** What the winner pays; 0 without a winner. */
  readonly payment: number;
  readonly allocation: Allocation;
  /** What every participant pays. */
  readonly payments: Payments;
}

/**
 * The shape of a {@link SingleItemOutcome}. A mechanism that tells more extends it.
 *
 * @category Outcomes
 */
export const singleItemOutcome: z.ZodObject<
  {
    winner: z.ZodNullable<z.ZodString>;
    payment: z.ZodNumber;
    allocation: z.ZodRecord<z.ZodString, z.ZodNumber>;
    payments: typeof paymentsByAgent;
  },
  z.core.$strict
> = z.strictObject({
  winner: z.string().nullable(),
  payment: amount,
  allocation: z.record(z.string(), quantity),
  payments: paymentsByAgent,
});

/**
 * The item goes to the winner, who alone pays.
 *
 * @category Outcomes
 */
export function sold(participants: readonly AgentId[], winner: AgentId, payment: number): SingleItemOutcome {
  return {
    winner,
    payment,
    allocation: perAgent([winner], () => 1),
    payments: perAgent(participants, (agent) => (agent === winner ? payment : 0)),
  };
}

/**
 * Nobody gets the item and nobody pays.
 *
 * @category Outcomes
 */
export function unsold(participants: readonly AgentId[]): SingleItemOutcome {
  return { winner: null, payment: 0, allocation: perAgent([], () => 0), payments: perAgent(participants, () => 0) };
}
