import { type AgentId, conduct, type HoldRound } from '@mechane/core';
import { type Arena, longestConversation, unplayable } from './arena.ts';
import type { Reports } from './case.ts';

/** What an agent was asked, and what it said, as text that can be compared. */
export interface Exchange {
  readonly asked: string;
  readonly said: string;
}

/** A conversation, as each agent saw it. */
export interface Transcript {
  readonly outcome: object;
  readonly seenBy: ReadonlyMap<AgentId, readonly Exchange[]>;
}

/** Plays the conversation itself, by the proxies, and takes down what each agent could observe. @throws Unplayable */
export function transcriptOf(arena: Arena, reports: Reports, seed: number): Transcript {
  const { mechanism } = arena;
  const parsed = arena.parsedAll(reports);
  const strategies = new Map([...parsed].map(([agent, report]) => [agent, mechanism.proxy(report, agent)]));
  const seenBy = new Map<AgentId, Exchange[]>([...reports.keys()].map((agent) => [agent, []]));
  const hold: HoldRound = ({ agents, contentFor, closes }) => {
    const replies = new Map<AgentId, unknown>();
    for (const agent of agents) {
      const content = contentFor(agent);
      const message = strategies.get(agent)?.(content);
      seenBy.get(agent)?.push({ asked: textOf(content), said: textOf(message) });
      if (message === undefined) continue;
      replies.set(agent, message);
      if (closes === 'at-first-message') break;
    }
    return replies;
  };
  try {
    const { outcome } = conduct(mechanism, arena.setup([...reports.keys()], seed), hold, longestConversation);
    return { outcome, seenBy };
  } catch (thrown) {
    throw unplayable(thrown);
  }
}

function textOf(content: unknown): string {
  return JSON.stringify(content) ?? 'nothing';
}
