import type { AgentId, Certificate, Conversation, Returned, Strategy } from '@mechane/core';
import type { Budget } from '@mechane/packing';
import type { AuctionSettings } from '../goods.ts';
import { searchBudget, searchBudgets } from '../search-budget.ts';

/** How long the searches of an auction in rounds may take. */
export interface Searches {
  /** What the next search may use. */
  next(): Budget;
  /** Whether the auction has to end with what stands, as there is nothing left for a further search. */
  isOver(): boolean;
  /** What has ended an auction in which there would have been more bids. */
  readonly stop: Stop;
}

/** Somebody called it off, or a limit was reached. */
export type Stop = 'interrupted' | 'max-rounds';

/** With agents that answer in their own time, each search may use all that the settings allow. */
export function searchesApart(settings: AuctionSettings, signal: AbortSignal | undefined): Searches {
  return {
    next: searchBudgets(settings, signal),
    isOver: () => signal?.aborted === true,
    get stop() {
      return stopBy(signal);
    },
  };
}

/** Where proxies answer, all that is done counts together, and the auction ends when the limits are reached. */
export function searchesTogether(settings: AuctionSettings, signal: AbortSignal | undefined): Searches {
  const budget = searchBudget(settings, signal);
  return {
    next: () => budget,
    isOver: () => !budget.look(),
    get stop() {
      return stopBy(signal);
    },
  };
}

function stopBy(signal: AbortSignal | undefined): Stop {
  return signal?.aborted ? 'interrupted' : 'max-rounds';
}

/** Holds a conversation with proxies that answer at once. */
export function playedBy<Ask, Outcome, Proof extends Certificate | undefined>(
  conversation: Conversation<Ask, Outcome, Proof>,
  proxies: ReadonlyMap<AgentId, Strategy<Ask>>,
): Returned<Outcome, Proof> {
  let step = conversation.next(new Map());
  while (!step.done) {
    const replies = new Map<AgentId, unknown>();
    const { agents, contentFor } = step.value;
    for (const agent of agents) {
      const message = proxies.get(agent)?.(contentFor(agent));
      if (message !== undefined) replies.set(agent, message);
    }
    step = conversation.next(replies);
  }
  return step.value;
}

/** The proxies of all who have reported. */
export function proxiesOf<Report, Ask>(
  reports: ReadonlyMap<AgentId, Report>,
  proxy: (report: Report) => Strategy<Ask>,
): ReadonlyMap<AgentId, Strategy<Ask>> {
  return new Map([...reports].map(([agent, report]) => [agent, proxy(report)]));
}
