/** Two sides whose agents rank each other: what they say, and whom they are matched with. */
import { type AgentId, count, membersOf, perAgent } from '@mechane/core';
import * as z from 'zod';
import { nobodyCalled } from './errors.ts';
import { ranking, standing } from './ranking.ts';

/**
 * Which side an agent is on, whom of the other it would be matched with, the best first, and with how many.
 *
 * @category Types of mechanisms
 */
export interface Suitor {
  side: 'proposing' | 'receiving';
  ranking: string[];
  capacity?: number | undefined;
}

/**
 * Whom each agent is matched with; the lists of both sides say the same.
 *
 * @category Types of mechanisms
 */
export interface Matching {
  /** The matches of every agent, the best first. */
  readonly matches: Readonly<Record<AgentId, readonly AgentId[]>>;
}

/** A report in which every capacity is said. */
type Placed = Suitor & { capacity: number };

export const suitor: z.ZodType<Placed, Suitor> = z.strictObject({
  side: z.enum(['proposing', 'receiving']).describe('Whether the agent proposes or is proposed to'),
  ranking: ranking.describe('Whom of the other side it would be matched with, the best first'),
  capacity: count.default(1).describe('With how many it would be matched'),
});

export const matching: z.ZodType<Matching> = z.strictObject({ matches: z.record(z.string(), z.array(z.string())) });

/** What is wrong with a ranking that names somebody who does not take part. */
export function refuseStrangers(
  { ranking: ranked }: Suitor,
  _settings: unknown,
  { participants }: { readonly participants: readonly AgentId[] },
): ReturnType<typeof nobodyCalled> | undefined {
  const known = membersOf(participants);
  const unknown = ranked.findIndex((name) => !known.has(name));
  return unknown === -1 ? undefined : nobodyCalled(ranked[unknown] as string, unknown, participants);
}

/** Each match counts for how high it is ranked (responsive preferences, Roth 1985). */
export function worthOfMatches(agent: AgentId, { ranking: ranked }: Suitor, { matches }: Matching): number {
  return (matches[agent] ?? []).reduce((sum, match) => sum + standing(match, ranked), 0);
}

/** Whom each is matched with, from what each receiver holds in the end. */
export function matchesOf(
  reports: ReadonlyMap<AgentId, Suitor>,
  receivers: ReadonlyMap<AgentId, { readonly proposers: readonly AgentId[] }>,
): Readonly<Record<AgentId, readonly AgentId[]>> {
  const kept = new Map<AgentId, readonly AgentId[]>();
  const keepers = new Map<AgentId, AgentId[]>();
  for (const [receiver, { proposers }] of receivers) {
    kept.set(receiver, proposers);
    for (const proposer of proposers) {
      const others = keepers.get(proposer);
      if (others) others.push(receiver);
      else keepers.set(proposer, [receiver]);
    }
  }
  return perAgent(reports.keys(), (agent) => {
    const own = keepers.get(agent);
    if (own === undefined) return kept.get(agent) ?? [];
    return own.length === 1 ? own : bestFirst(own, (reports.get(agent) as Suitor).ranking);
  });
}

function bestFirst(names: readonly AgentId[], ranked: readonly AgentId[]): readonly AgentId[] {
  const chosen = new Set(names);
  return ranked.filter((name) => chosen.has(name));
}
