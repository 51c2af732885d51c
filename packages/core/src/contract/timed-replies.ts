import type { AgentId } from './agent.ts';
import type { Replies } from './round.ts';

/** Replies that know when each was accepted. */
export class TimedReplies<Message = unknown> extends Map<AgentId, Message> implements Replies<Message> {
  closedAt: number | undefined;
  readonly #times = new Map<AgentId, number>();

  at(agent: AgentId): number {
    return this.#times.get(agent) ?? 0;
  }

  /** Takes what an agent says; whoever says something else comes last. */
  hear(agent: AgentId, message: Message, at: number): void {
    this.delete(agent);
    this.set(agent, message);
    this.#times.set(agent, at);
  }
}
