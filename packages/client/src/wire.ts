/*
 * What a service says and is told, as its OpenAPI has it.
 */

/**
 * What a session is made with.
 *
 * @category Services
 */
export interface Making {
  /** The id of a mechanism: `auction-sealed/second-price`. */
  readonly mechanism: string;
  readonly settings?: object;
  readonly agents: readonly (
    | string
    | {
        readonly id: string;
        readonly account?: string;
        /** What this agent alone is shown. */
        readonly told?: unknown;
      }
  )[];
  readonly entry?: 'closed' | 'open';
  /** Milliseconds that a round is open. */
  readonly within?: number;
  /** When the session closes, ISO 8601. */
  readonly closesAt?: string;
  readonly seed?: number;
  readonly note?: unknown;
  /** What the journal shows to others once the session is closed. */
  readonly disclosure?: 'full' | 'own';
  /** What it is called, for all to see. */
  readonly label?: string;
  /** The session that it belongs to: whoever takes part there under the same name has its place here. */
  readonly of?: string;
}

/**
 * A session that was made, with the tokens to hand out.
 *
 * @category Services
 */
export interface Made {
  readonly id: string;
  readonly url: string;
  readonly agents: Readonly<Record<string, { readonly token: string }>>;
  /** Where entry is open. */
  readonly joinToken?: string;
}

/**
 * What an account has.
 *
 * @category Services
 */
export interface Balance {
  readonly id: string;
  /** What may be spent in all; `null` where nobody has said. */
  readonly budget: number | null;
  /** What was paid in sessions that are over, less what was received. */
  readonly spent: number;
  /** The most that may come to be paid in open sessions. */
  readonly held: number;
  /** What is left; `null` without a budget. */
  readonly left: number | null;
}

/**
 * A mechanism, as a service lists it.
 *
 * @category Services
 */
export interface ListedMechanism {
  /** `auction-sealed/second-price` */
  readonly id: string;
  /** What it does, in a sentence. */
  readonly summary: string;
}

/**
 * What a mechanism says of itself, with JSON Schemas of its settings, of what it is told, and of what comes out.
 *
 * @category Services
 */
export interface DescribedMechanism extends ListedMechanism {
  readonly settings: object;
  /** What may be said in the course of it. */
  readonly message: object;
  readonly outcome: object;
}

/**
 * What is seen of a session.
 *
 * @category Services
 */
export interface SessionView {
  readonly id: string;
  readonly mechanism: string;
  readonly status: 'open' | 'closed' | 'cancelled' | 'failed';
  readonly round: number;
  /** How many have answered in the round, while it is open. */
  readonly answered?: number;
  /** ISO 8601; `null` for never. */
  readonly closesAt: string | null;
  readonly agents: readonly string[];
  /** What came out, as the mechanism says it. */
  readonly outcome?: Readonly<Record<string, unknown>>;
  readonly metrics?: object;
  readonly certificate?: object;
  readonly error?: { readonly code: string; readonly message: string };
  /** The last hash of the journal. */
  readonly head: string;
  /** What it is called. */
  readonly label?: string;
  /** The session that it belongs to. */
  readonly of?: string;
}

/**
 * A session that was made under a code, and what it takes to come in.
 *
 * @category Services
 */
export interface Coded {
  readonly session: string;
  readonly joinToken: string;
  readonly label?: string;
}

/**
 * An agent's place in a session that belongs to another in which it takes part.
 *
 * @category Agents
 */
export interface Belonging {
  readonly session: string;
  readonly mechanism: string;
  readonly label?: string;
  /** For {@link Client.seat}. */
  readonly token: string;
  /** What the agent alone is told. */
  readonly told?: unknown;
}

/**
 * What is asked of an agent.
 *
 * @category Services
 */
export interface Ask<Content = unknown> {
  readonly round: number;
  readonly content: Content;
  /** A JSON Schema of what may be said. */
  readonly message: object;
  /** ISO 8601; `null` for never. */
  readonly closesAt: string | null;
}

/**
 * That a message counts: where it stands in the journal, signed by the service. It is plain JSON, and can be kept in a file.
 *
 * @category Receipts
 */
export interface Receipt {
  readonly session: string;
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The hash of the journal's chain after the message, in hexadecimal. */
  readonly hash: string;
  /** Ed25519 (RFC 8032), in hexadecimal. */
  readonly signature: string;
}

/**
 * That an entry stands in a journal: its salt, the hash of the chain before it, and the leaves of the entries after it, which lead to the
 * head.
 *
 * @category Receipts
 */
export interface Proof {
  readonly entry: {
    readonly kind: string;
    readonly seq: number;
    readonly at: number;
    readonly round: number;
    readonly agent: string;
    readonly message?: unknown;
    readonly key?: string;
  };
  readonly salt: string;
  readonly previous: string;
  readonly leaves: readonly string[];
  readonly head: string;
}

/** What may happen in a session. */
type Happening =
  | { readonly kind: 'opened'; readonly mechanism: string; readonly participants: readonly string[] }
  | {
      readonly kind: 'asked';
      readonly round: number;
      readonly agents: readonly string[];
      /** What the agent is asked whose events these are. */
      readonly content?: unknown;
    }
  | { readonly kind: 'joined'; readonly agent: string }
  | { readonly kind: 'replied' | 'withdrawn'; readonly round: number; readonly agent: string }
  | {
      readonly kind: 'refused';
      readonly round: number;
      readonly agent: string;
      readonly error: { readonly code: string };
    }
  | { readonly kind: 'silent'; readonly round: number; readonly agent: string; readonly why: string }
  | { readonly kind: 'round-closed'; readonly round: number; readonly replies: number }
  | { readonly kind: 'sold'; readonly agent: string; readonly share: unknown; readonly payment: number }
  | { readonly kind: 'finished'; readonly mechanism: string; readonly rounds: number }
  | { readonly kind: 'failed'; readonly mechanism: string; readonly error: { readonly code: string } }
  | { readonly kind: 'omitted'; readonly count: number };

/**
 * Something that has happened in a session.
 *
 * @category Services
 */
export type SessionEvent = Happening & {
  /** After this, one may go on. What is not in the journal has none. */
  readonly id?: number;
  /** The session. */
  readonly run: string;
  readonly seq?: number;
  readonly at?: number;
};

/**
 * The services that share a store, and the work that is shared out among them; none where a service is alone.
 *
 * @category Services
 */
export interface SeenCluster {
  readonly nodes: readonly {
    /** Where the others reach it. */
    readonly address: string;
    readonly isUp: boolean;
    readonly holdsSessions: boolean;
    /** Whether it does work that is given out. */
    readonly works: boolean;
  }[];
  readonly jobs: readonly {
    readonly name: string;
    /** When it was begun, in ISO 8601. */
    readonly begun: string;
    /** How many pieces there are; `null` while that is not known. */
    readonly pieces: number | null;
    readonly done: number;
  }[];
}
