import type { AgentId } from '@mechane/core';
import { notYours, unauthorized } from '../errors.ts';
import type { Caller, Tokens } from './tokens.ts';

/** Who may what. */
export class Gate {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /**
   * Whoever sends a request; `undefined` where no token is sent.
   *
   * @throws MechaneError `unauthorized` where the token is none of ours.
   */
  caller(request: Request): Caller | undefined {
    const header = request.headers.get('authorization');
    if (header === null) return undefined;
    const token = tokenIn(header);
    const caller = token === undefined ? undefined : this.callerWith(token);
    if (caller === undefined) throw unauthorized('this token is not known');
    return caller;
  }

  /** Who has this token; `undefined` where it is none of ours. */
  callerWith(token: string): Caller | undefined {
    return this.#tokens.callerWith(token);
  }

  /** Whoever looks at a session: an agent of another one has no business there. */
  visitor(request: Request, session: string): Caller | undefined {
    const caller = this.caller(request);
    if (caller && caller.kind !== 'admin' && caller.session !== session)
      throw notYours('this token is for another session');
    return caller;
  }

  admin(request: Request): void {
    const caller = this.caller(request);
    if (caller === undefined) throw unauthorized('the admin’s token is missing');
    if (caller.kind !== 'admin') throw notYours('only the admin may do this');
  }

  agent(request: Request, session: string): AgentId {
    const caller = this.visitor(request, session);
    if (caller === undefined) throw unauthorized('an agent’s token is missing');
    if (caller.kind !== 'agent') throw notYours('only an agent of this session may do this');
    return caller.agent;
  }

  joiner(request: Request, session: string): void {
    const caller = this.visitor(request, session);
    if (caller === undefined) throw unauthorized('the token to join is missing');
    if (caller.kind !== 'join') throw notYours('only whoever has the token to join may do this');
  }
}

/** The token in a header. */
export function tokenIn(header: string): string | undefined {
  return /^Bearer +(\S.*)$/i.exec(header.trim())?.[1];
}
