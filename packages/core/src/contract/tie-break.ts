import * as z from 'zod';
import type { Random } from '../services/random.ts';
import { type AgentId, byCodeUnit } from './agent.ts';

/**
 * Who comes first among equals: by id, by seeded lot, or by a list (agents not on it come last, by id).
 *
 * @category Settings
 */
export type TieBreak = 'agent-id' | 'lot' | { readonly priority: readonly AgentId[] };

/**
 * The settings every mechanism takes besides its own.
 *
 * @category Settings
 */
export interface CommonSettings {
  readonly breakTie?: TieBreak;
  /** The smallest amount of money that counts, where a mechanism has money: by default the finest decimal among the amounts. */
  readonly unit?: number;
  /** Where one round of reports decides: agents first commit to them, then reveal, or pay the deposit. */
  readonly sealing?: { readonly commit: true; readonly deposit: number };
}

export const tieBreak: z.ZodType<TieBreak, TieBreak> = z.union([
  z.enum(['agent-id', 'lot']),
  z.strictObject({
    priority: z.array(z.string()).refine((ids) => new Set(ids).size === ids.length, 'expected no agent twice'),
  }),
]);

/**
 * A total order of the agents, the preferred one first. It never depends on the order in which they reported.
 *
 * @category Settings
 */
export type TieOrder = (a: AgentId, b: AgentId) => number;

export function tieOrderOf(rule: TieBreak, participants: readonly AgentId[], random: () => Random): TieOrder {
  if (rule === 'agent-id') return byCodeUnit;
  const ranked = rule === 'lot' ? random().shuffled([...participants].sort(byCodeUnit)) : rule.priority;
  const rank = new Map(ranked.map((agent, index) => [agent, index]));
  return (a, b) => (rank.get(a) ?? ranked.length) - (rank.get(b) ?? ranked.length) || byCodeUnit(a, b);
}

/** The preferred one of the candidates. */
export function firstOf(candidates: readonly AgentId[], order: TieOrder): AgentId {
  return candidates.reduce((first, candidate) => (order(candidate, first) < 0 ? candidate : first));
}
