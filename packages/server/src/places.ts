/**
 * Where sessions are, when several services share a store: each is held by one of them, whichever is asked about it.
 *
 * @category Services
 */
export interface Places {
  /**
   * Has a request about a session answered by the service that holds it, or that is to hold it: by `Service.here` there.
   *
   * @throws MechaneError where none can be found that does, for now.
   */
  ask(session: string, request: Request): Promise<Response>;
  /** The services that there are, and the work that is shared out among them: for whoever runs them; nobody hears of it, unless it is given. */
  seen?(): Promise<SeenCluster>;
}

/**
 * Several services as whoever runs them sees them.
 *
 * @category Services
 */
export interface SeenCluster {
  readonly nodes: readonly SeenNode[];
  readonly jobs: readonly SeenJob[];
}

/**
 * One of several services, or of those that do work which is given out.
 *
 * @category Services
 */
export interface SeenNode {
  /** Where the others reach it. */
  readonly address: string;
  readonly isUp: boolean;
  readonly holdsSessions: boolean;
  /** Whether it does work that is given out. */
  readonly works: boolean;
}

/**
 * Work that is shared out, and how much of it is done.
 *
 * @category Services
 */
export interface SeenJob {
  readonly name: string;
  /** When it was begun, in ISO 8601. */
  readonly begun: string;
  /** How many pieces there are; `null` while that is not known. */
  readonly pieces: number | null;
  readonly done: number;
}

/** What the application is given besides a request that this service answers itself, whoever holds the session. */
export interface Handed {
  readonly isHanded: true;
}
