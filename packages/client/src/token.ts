import { unreadableToken } from './errors.ts';

/**
 * Whose token it is.
 *
 * @category Agents
 */
export interface Place {
  readonly session: string;
  readonly agent: string;
}

/**
 * Whose token it is, as it says before its proof.
 *
 * @throws ServiceError `unreadable-token`.
 */
export function placeOf(token: string): Place {
  const [kind, session, agent] = saidIn(token);
  if (kind !== 'agent' || typeof session !== 'string' || typeof agent !== 'string') throw unreadableToken();
  return { session, agent };
}

/** The session that a token to join is for. */
export function sessionToJoin(token: string): string {
  const [kind, session] = saidIn(token);
  if (kind !== 'join' || typeof session !== 'string') throw unreadableToken();
  return session;
}

function saidIn(token: string): readonly unknown[] {
  try {
    const [said = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(said.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}
