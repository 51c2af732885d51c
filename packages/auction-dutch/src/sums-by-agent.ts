import { type AgentId, perAgent } from '@mechane/core';

/** Adds up by agent. The agents named have an entry in any case, others where something is added for them. */
export function sumsByAgent<Item extends { readonly agent: AgentId }>(
  agents: readonly AgentId[],
  items: readonly Item[],
  amountOf: (item: Item) => number,
): Record<AgentId, number> {
  const sums = perAgent(agents, () => 0);
  for (const item of items) sums[item.agent] = (sums[item.agent] ?? 0) + amountOf(item);
  return sums;
}
