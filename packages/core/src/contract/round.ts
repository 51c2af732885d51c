import { outOfPlace } from '../errors.ts';
import type { AgentId } from './agent.ts';
import type { Path } from './mechane-error.ts';
import type { Refusal } from './refusal.ts';

/**
 * What the agents of a round said, in the order in which it was accepted. Whoever is missing kept silent, was late or was refused.
 *
 * @category Rounds
 */
export interface Replies<Message> extends ReadonlyMap<AgentId, Message> {
  /** When an agent's reply was accepted, in milliseconds since the opening. Missing where nobody keeps the time. */
  readonly at?: (agent: AgentId) => number;
  /** When the round closed, in milliseconds since the opening. Missing where nobody keeps the time. */
  readonly closedAt?: number | undefined;
}

/**
 * A price that moves continuously until an agent stops it. Agents say beforehand where they would; a mechanism uses only the
 * first stop and forgets what the others named, as they would not have been asked yet.
 *
 * @category Rounds
 */
export interface PriceClock<Message = unknown> {
  readonly direction: 'ascending' | 'descending';
  /** The price at which this message stops the clock. */
  readonly stopAt: (message: Message) => number;
}

/**
 * One turn of the conversation that a mechanism is.
 *
 * @category Rounds
 */
export interface Round<Ask = unknown> {
  readonly closes: 'when-all-answered' | 'at-first-message';
  /** Set where the answers are stops of a moving price. */
  readonly clock: PriceClock | undefined;
  readonly agents: readonly AgentId[];
  readonly contentFor: (agent: AgentId) => Ask;
  /** Milliseconds until the round closes by itself. */
  readonly within: number | undefined;
  /** The moment at which the round closes by itself, in milliseconds since the opening: what comes then, or later, is too late. */
  readonly closesAt: number | undefined;
  readonly refuse: Refuse<unknown> | undefined;
}

/**
 * Says what is wrong with a message that is well formed but cannot stand at this point, with the path within it. It is then refused:
 * in a live run its sender can try again, and nobody else notices.
 *
 * @category Rounds
 */
export type Refuse<Message> = (agent: AgentId, message: Message) => Refusal | undefined;

/** @category Rounds */
export interface RoundOptions<Message = unknown> {
  readonly refuse?: Refuse<Message>;
  /** Milliseconds until the round closes by itself; without it, the run's own limit holds. */
  readonly within?: number;
  /** The moment at which the round closes by itself, in milliseconds since the opening. */
  readonly closesAt?: number | undefined;
}

/**
 * A round in the making: `yield*` it to hold it and get the replies.
 *
 * @category Rounds
 */
export type Turn<Ask, Message> = Generator<Round<Ask>, Replies<Message>, Replies<unknown>>;

/**
 * How a mechanism holds its rounds.
 *
 * @category Rounds
 */
export interface Rounds<Message> {
  /** Asks every agent the same thing and closes when all have answered. */
  readonly ask: <Ask>(agents: readonly AgentId[], content: Ask, options?: RoundOptions<Message>) => Turn<Ask, Message>;
  /** Asks every agent something of its own and closes when all have answered. */
  readonly askEach: <Ask>(
    agents: readonly AgentId[],
    contentFor: (agent: AgentId) => Ask,
    options?: RoundOptions<Message>,
  ) => Turn<Ask, Message>;
  /** Asks every agent where it would stop a moving price, and closes when all have answered. */
  readonly runClock: <Ask>(
    agents: readonly AgentId[],
    content: Ask,
    clock: PriceClock<Message>,
    options?: RoundOptions<Message>,
  ) => Turn<Ask, Message>;
  /** Tells every agent the same thing and closes at the first message, as continuous markets do. No reply: nobody has more to say. */
  readonly listen: <Ask>(
    agents: readonly AgentId[],
    content: Ask,
    options?: RoundOptions<Message>,
  ) => Turn<Ask, Message>;
  /** Tells every agent something of its own, put together when somebody looks, and closes at the first message. No reply: nobody has more to say. */
  readonly listenEach: <Ask>(
    agents: readonly AgentId[],
    contentFor: (agent: AgentId) => Ask,
    options?: RoundOptions<Message>,
  ) => Turn<Ask, Message>;
}

function* hold<Ask, Message>(round: Round<Ask>): Turn<Ask, Message> {
  // The run has parsed the replies with the mechanism's own message schema.
  return (yield round) as Replies<Message>;
}

export const rounds: Rounds<unknown> = {
  ask: (agents, content, options) => hold(whenAllAnswered(agents, () => content, options)),
  askEach: (agents, contentFor, options) => hold(whenAllAnswered(agents, contentFor, options)),
  runClock: (agents, content, clock, options) => hold({ ...whenAllAnswered(agents, () => content, options), clock }),
  listen: (agents, content, options) =>
    hold({ ...whenAllAnswered(agents, () => content, options), closes: 'at-first-message' }),
  listenEach: (agents, contentFor, options) =>
    hold({ ...whenAllAnswered(agents, contentFor, options), closes: 'at-first-message' }),
};

function whenAllAnswered<Ask>(
  agents: readonly AgentId[],
  contentFor: (agent: AgentId) => Ask,
  { within, closesAt, refuse }: RoundOptions = {},
): Round<Ask> {
  return { closes: 'when-all-answered', clock: undefined, agents, contentFor, within, closesAt, refuse };
}

/** @throws MechaneError `invalid-message` when the round refuses this message. */
export function refuseOutOfPlace({ refuse }: Round, agent: AgentId, message: unknown, path: Path): void {
  const flaw = refuse?.(agent, message);
  if (flaw) throw outOfPlace(flaw, path);
}
