import { type AgentId, amount, type SingleItemOutcome } from '@mechane/core';
import * as z from 'zod';

/** What the item is worth to an agent. */
export const itemValue: z.ZodObject<{ value: z.ZodNumber }, z.core.$strict> = z.strictObject({
  value: amount.describe('What the item is worth to the agent'),
});

/** @category Types of mechanisms */
export type ItemValue = z.output<typeof itemValue>;
export type ItemValues = ReadonlyMap<AgentId, ItemValue>;

/** The item is worth its value to the agent that gets it. */
export function valueOfItem(agent: AgentId, { value }: ItemValue, { winner }: SingleItemOutcome): number {
  return winner === agent ? value : 0;
}

/** The best anyone could do with the item. Values below the starting price count: an unsold item is lost welfare. */
export function bestItemWelfare(types: ItemValues): number {
  let best = 0;
  for (const { value } of types.values()) if (value > best) best = value;
  return best;
}
