import type { MiddlewareHandler } from 'hono';
import { randomToken } from '../access/tokens.ts';
import type { Handed, Places } from '../places.ts';
import type { Hall } from './hall.ts';
import { textOf } from './json-body.ts';

/** What an answer about a session depends on, of all that stands at the head of a request. */
const carried = ['authorization', 'content-type', 'idempotency-key', 'last-event-id'] as const;

/** Hands what is asked about a session to the service that holds it, so that it may be asked again there: whatever changes something has a key. */
export function handedRequests(hall: Hall, places: Places): MiddlewareHandler {
  return async (context, next) => {
    const { raw } = context.req;
    const { isHanded } = context.env as Partial<Handed>;
    const [, , named] = context.req.path.split('/');
    const isMaking = named === undefined && raw.method === 'POST';
    if (isHanded || (named === undefined && !isMaking)) return next();
    const headers = new Headers();
    for (const name of carried) {
      const value = raw.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    const isOnce = isMaking || (raw.method === 'POST' && context.req.path.endsWith('/join'));
    if (isOnce && !headers.has('idempotency-key')) headers.set('idempotency-key', randomToken());
    const id = named ?? hall.tokens.sessionNamed(headers.get('idempotency-key') as string);
    const body = raw.method === 'GET' ? undefined : keyed(context.req.path, await textOf(raw, hall.limits.body));
    const init = { method: raw.method, headers, signal: raw.signal, ...(body === undefined ? {} : { body }) };
    return places.ask(decoded(id), new Request(raw.url, init));
  };
}

/** A name as it was written; what is no encoding is nobody's name, and is looked for as it stands. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * A message without a key is given one: should its service be lost before it answers, the next one knows the message again. All else stays as it is
 * written.
 */
function keyed(path: string, body: string): string {
  if (!path.endsWith('/messages')) return body;
  try {
    const said: unknown = JSON.parse(body);
    const isKeyless = typeof said === 'object' && said !== null && 'message' in said && !('key' in said);
    return isKeyless ? body.replace('{', () => `{"key":${JSON.stringify(randomToken())},`) : body;
  } catch {
    return body;
  }
}
