/** A Postgres of one's own, in a folder of its own. */
export interface PrivatePostgres {
  readonly url: string;
  /** Lets it crash, and starts it again. */
  restart(): void;
  stop(): void;
}

/** Whether there can be one on this machine; where there cannot, that is said once. */
export declare const hasPostgres: boolean;

/** A port at which nothing listens now. */
export declare function freePort(): Promise<number>;

/** Starts one, as its own user where the process is root's. */
export declare function startPostgres(): Promise<PrivatePostgres>;
