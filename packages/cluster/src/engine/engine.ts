/**
 * What a node does with what it is sent: the side of a node that whatever distributes sessions and work calls. Whoever only asks does neither.
 *
 * @category Engines
 */
export interface Desk {
  /** Holds sessions; this node holds none where it is not given. */
  readonly sessions?: SessionDesk;
  /** Does one piece of work, and gives its result; this node does none where it is not given. */
  readonly work?: (task: string) => Promise<string>;
}

/**
 * What a node does with messages about sessions that it holds.
 *
 * @category Engines
 */
export interface SessionDesk {
  /**
   * Answers one message about a session that this node holds.
   *
   * @param signal aborted once nobody waits for the answer any more; the message may count all the same
   */
  answer(session: string, message: string, signal: AbortSignal): Promise<string>;
  /** Answers piece by piece, until the signal aborts. */
  follow(session: string, message: string, signal: AbortSignal): AsyncIterable<string>;
  /** Told that this node has held the session, and does not any more. */
  released(session: string): void;
}

/**
 * How a message about a session is dealt with.
 *
 * @category Engines
 */
export interface Asking {
  /** `turn` waits for those before it to be answered, and those after it wait; `aside` waits for none and keeps none waiting. */
  readonly manner: 'turn' | 'aside';
  /** So long the answer may take, over the death of the node that holds the session, in milliseconds. */
  readonly patience: number;
  /** Aborted once nobody waits for the answer any more; the message may count all the same. */
  readonly signal: AbortSignal;
}

/**
 * A node of a cluster as its engine has it: it knows which node holds a session, and carries messages there.
 *
 * @category Engines
 */
export interface Node {
  /** Whether this node holds a session now: so far as it knows. */
  holds(session: string): boolean;
  /** What it holds now, in one word: another as soon as that changes. */
  holdings(): string;
  /**
   * Has a message answered by the node that holds the session; again by the next one, where the first is lost before it answers.
   *
   * @throws MechaneError `node-unavailable` where none answers in time.
   */
  ask(session: string, message: string, asking: Asking): Promise<string>;
  /** Has a message answered piece by piece by the node that holds the session now; throws where that is lost. */
  follow(session: string, message: string, signal: AbortSignal): AsyncIterable<string>;
  /**
   * Has one piece of work done by some node, once: the same name again gives the same result, whatever died meanwhile.
   *
   * @param name the piece's own name among all there have been
   */
  work(name: string, task: string, signal: AbortSignal): Promise<string>;
  /** Lets a piece of work that is done be forgotten: the same name again has it done again. */
  forget(name: string): Promise<void>;
  /** The nodes that are there, and whether each answers, as far as the database knows. */
  nodes(): Promise<readonly NodeStatus[]>;
  /** Leaves: what it holds, others hold. */
  close(): Promise<void>;
}

/**
 * A node as others see it.
 *
 * @category Engines
 */
export interface NodeStatus {
  /** Where other nodes reach it: host and port. */
  readonly address: string;
  readonly isUp: boolean;
  /** Whether it holds sessions. */
  readonly holdsSessions: boolean;
  /** Whether it does work that is given out. */
  readonly works: boolean;
}

/**
 * Where a node is, and what it has in common with the others.
 *
 * @category Engines
 */
export interface NodePlace {
  /** The Postgres of all: `postgres://user@host/database`. */
  readonly database: string;
  /** Where other nodes reach this one; whoever only asks, and holds nothing, has none. */
  readonly address?: { readonly host: string; readonly port: number };
  /** The folder from which the engine is loaded: the project's. */
  readonly from: string;
}

/**
 * Joins a cluster: what an engine is.
 *
 * @param desk what this node does with what it is sent
 * @category Engines
 */
export type JoinEngine = (place: NodePlace, desk: Desk) => Promise<Node>;
