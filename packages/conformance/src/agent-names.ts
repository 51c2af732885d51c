import type { AgentId } from '@mechane/core';

const names: readonly AgentId[] = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'];

/** The name of the agent at a position; in the order of positions, names are in the order of ids. */
export function agentName(position: number): AgentId {
  return names[position] ?? `zoe${position}`;
}

/** The name under which an agent takes part a second time. */
export function aliasOf(agent: AgentId): AgentId {
  return `${agent}-alias`;
}
