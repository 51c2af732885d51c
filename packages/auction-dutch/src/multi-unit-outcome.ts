import type { AgentId, Payments } from '@mechane/core';

/**
 * A unit taken, and the price at which it was.
 *
 * @category Types of mechanisms
 */
export interface Sale {
  readonly price: number;
  readonly agent: AgentId;
}

/**
 * Who gets how many units for how much, and how they were sold.
 *
 * @category Types of mechanisms
 */
export interface MultiUnitOutcome {
  /** Units by agent; whoever is missing gets none. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
  /** Every unit sold, in order. With uniform pricing all pay the price of the last. */
  readonly sales: readonly Sale[];
  readonly rounds: number;
}
