import type { AgentId } from '../contract/agent.ts';
import { duplicateAgent } from '../errors.ts';
import { isIterable, readPair, requireAgentIds } from '../input/read-play.ts';
import { requireRecord } from '../input/validate.ts';
import type { AgentRegistry, Participant } from './agent-registry.ts';

/**
 * The agents of a live run in their order. An object has those whose ids are whole numbers first, whatever the order in which they were written; pairs have
 * not.
 */
export function readAgents(given: unknown, registry: AgentRegistry): Map<AgentId, Participant> {
  if (!isIterable(given)) {
    requireRecord(given, 'invalid-scenario', ['agents'], expected);
    return new Map(Object.entries(given) as [AgentId, Participant][]);
  }
  const listed: readonly unknown[] = [...given];
  if (!listed.some(Array.isArray)) {
    requireAgentIds(listed);
    return new Map(listed.map((id) => [id, registry.get(id).agent]));
  }
  const agents = new Map<AgentId, Participant>();
  for (const [index, each] of listed.entries()) {
    const [id, agent] = readPair(each, ['agents', index], 'invalid-scenario');
    if (agents.has(id)) throw duplicateAgent(id, ['agents', id]);
    agents.set(id, agent as Participant);
  }
  return agents;
}

const expected = 'an object of live agents, a list of pairs of an id and an agent, or a list of registered ids';
