import type { AgentId } from '../contract/agent.ts';
import type { Silence } from '../services/events.ts';

/** A round, as those see it who ask agents in it. */
export interface AskingRound {
  readonly number: number;
  /** Whether it closes at the first message. */
  readonly listens: boolean;
  /** Nothing more is accepted. */
  readonly isOver: boolean;
  /** Aborted when it is over. */
  readonly signal: AbortSignal;
  /** Whether an agent is among those who are asked. */
  asks(agent: AgentId): boolean;
  /** What an agent is asked. */
  contentFor(agent: AgentId): unknown;
  /** Stops waiting for an agent. */
  giveUp(agent: AgentId, why: Silence): void;
}

/** Whoever asks agents that are functions. */
export interface Calls {
  ask(round: AskingRound, agent: AgentId): void;
}
