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
}

/** What the application is given besides a request that this service answers itself, whoever holds the session. */
export interface Handed {
  readonly isHanded: true;
}
