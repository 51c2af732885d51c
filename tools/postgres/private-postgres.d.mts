/** A connection to a Postgres. */
export interface Connection {
  query(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** A Postgres of one's own, in a folder of its own. */
export interface PrivatePostgres {
  readonly url: string;
  /** @param name what the database is told who this is */
  connect(name?: string): Promise<Connection>;
  /** Its processes, where Linux tells them. */
  processes(): readonly number[];
  /** Lets it crash, and starts it again. */
  restart(): void;
  stop(): void;
}

/** Whether there can be one on this machine; where there cannot, that is said once. */
export declare const hasPostgres: boolean;

/** A port at which nothing listens now. */
export declare function freePort(): Promise<number>;

/**
 * Starts one, as its own user where the process is root's.
 *
 * @param network where it is reached besides this machine, and from which addresses
 */
export declare function startPostgres(network?: {
  readonly host: string;
  readonly range: string;
}): Promise<PrivatePostgres>;
