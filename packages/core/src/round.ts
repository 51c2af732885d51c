import type { AgentId } from './agent.ts';

/** What the agents of a round said. Whoever is missing kept silent, was late or was refused. */
export type Replies<Message> = ReadonlyMap<AgentId, Message>;

/** One turn of the conversation that a mechanism is. */
export interface Round<Ask = unknown> {
  readonly closes: 'when-all-answered' | 'at-first-message';
  readonly agents: readonly AgentId[];
  readonly contentFor: (agent: AgentId) => Ask;
  /** Milliseconds until the round closes by itself. */
  readonly within: number | undefined;
}

export interface RoundOptions {
  /** Milliseconds until the round closes by itself; without it, the run's own limit holds. */
  readonly within?: number;
}

/** A round in the making: `yield*` it to hold it and get the replies. */
export type Turn<Ask, Message> = Generator<Round<Ask>, Replies<Message>, Replies<unknown>>;

/** How a mechanism holds its rounds. */
export interface Rounds<Message> {
  /** Asks every agent the same thing and closes when all have answered. */
  readonly ask: <Ask>(agents: readonly AgentId[], content: Ask, options?: RoundOptions) => Turn<Ask, Message>;
  /** Asks every agent something of its own and closes when all have answered. */
  readonly askEach: <Ask>(
    agents: readonly AgentId[],
    contentFor: (agent: AgentId) => Ask,
    options?: RoundOptions,
  ) => Turn<Ask, Message>;
  /** Tells every agent the same thing and closes at the first message, as continuous markets do. No reply: nobody has more to say. */
  readonly listen: <Ask>(agents: readonly AgentId[], content: Ask, options?: RoundOptions) => Turn<Ask, Message>;
}

function* hold<Ask, Message>(round: Round<Ask>): Turn<Ask, Message> {
  // The run has parsed the replies with the mechanism's own message schema.
  return (yield round) as Replies<Message>;
}

export const ask: Rounds<unknown>['ask'] = (agents, content, { within } = {}) =>
  hold({ closes: 'when-all-answered', agents, contentFor: () => content, within });

export const askEach: Rounds<unknown>['askEach'] = (agents, contentFor, { within } = {}) =>
  hold({ closes: 'when-all-answered', agents, contentFor, within });

export const listen: Rounds<unknown>['listen'] = (agents, content, { within } = {}) =>
  hold({ closes: 'at-first-message', agents, contentFor: () => content, within });
