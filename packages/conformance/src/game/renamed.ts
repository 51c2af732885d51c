import type { AgentId } from '@mechane/core';
import { Departing, type Departure } from './departing.ts';
import { isRecord } from './leaves.ts';

/** Plain data with agents under other names, wherever they are named: as keys, as values, in lists. */
export function renamed<Content>(content: Content, names: ReadonlyMap<AgentId, AgentId>): Content {
  return rename(content, names) as Content;
}

function rename(content: unknown, names: ReadonlyMap<AgentId, AgentId>): unknown {
  if (typeof content === 'string') return names.get(content) ?? content;
  if (Array.isArray(content)) return content.map((element) => rename(element, names));
  if (content instanceof Departing) {
    return new Departing(rename(content.report, names), rename(content.departures, names) as readonly Departure[]);
  }
  if (!isRecord(content)) return content;
  const record: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(content)) record[names.get(key) ?? key] = rename(content[key], names);
  return record;
}

/**
 * An outcome in which an agent and its aliases are one: what they hold and pay is added up under the agent's own name.
 */
export function mergedAliases(outcome: object, agent: AgentId, aliases: ReadonlySet<AgentId>): object {
  return merge(outcome, agent, aliases) as object;
}

function merge(content: unknown, agent: AgentId, aliases: ReadonlySet<AgentId>): unknown {
  if (typeof content === 'string') return aliases.has(content) ? agent : content;
  if (Array.isArray(content)) return content.map((element) => merge(element, agent, aliases));
  if (!isRecord(content)) return content;
  const record: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(content)) {
    const owner = aliases.has(key) ? agent : key;
    const merged = merge(content[key], agent, aliases);
    record[owner] = owner in record ? sum(record[owner], merged) : merged;
  }
  return record;
}

function sum(one: unknown, other: unknown): unknown {
  if (typeof one === 'number' && typeof other === 'number') return one + other;
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  return one ?? other;
}
