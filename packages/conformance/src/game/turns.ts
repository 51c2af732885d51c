import type { AgentId, Mechanism } from '@mechane/core';

const turn = / \((\d+)\)$/;

/**
 * Where agents only send messages, one agent may send several: its further ones stand under its name and their number. Gives the key of the
 * so-manieth.
 */
export function turnOf(agent: AgentId, number: number): AgentId {
  return number === 1 ? agent : `${agent} (${number})`;
}

/** Who speaks under a key. */
export function agentOf({ report }: Mechanism, key: AgentId): AgentId {
  return report === undefined ? key.replace(turn, '') : key;
}
