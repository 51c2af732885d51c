import { noService, ServiceError } from './errors.ts';
import { type Frame, framesIn } from './event-frames.ts';
import { pause } from './pause.ts';
import type { Requests } from './requests.ts';
import type { SessionEvent, SessionView } from './wire.ts';

/**
 * From where events are followed, and how long.
 *
 * @category Services
 */
export interface Following {
  /** The id of the last event that is known: those after it are told. All are, unless it is given. */
  readonly after?: number;
  /** Whether the answers of others are left out: among many, they are most of what happens. */
  readonly quiet?: boolean;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Milliseconds after which whoever was cut off comes back, unless the service says otherwise. */
const usualRetry = 1_000;
/** A service says something every 15 seconds. */
const silence = 45_000;

/** What happens in a session, to its end, over as many connections as it takes. */
export async function* eventsIn(
  requests: Requests,
  session: string,
  token: string | undefined,
  { after, quiet, signal }: Following,
): AsyncGenerator<SessionEvent, undefined> {
  const path = `sessions/${encodeURIComponent(session)}`;
  let last = after;
  let retry = usualRetry;
  for (let isOver = false; ; ) {
    const headers = last === undefined ? {} : { 'last-event-id': String(last) };
    const body = await requests.stream({ path: `${path}/events${quiet ? '?quiet=true' : ''}`, token, headers, signal });
    let isWhole = true;
    try {
      for await (const frame of framesIn(body, silence)) {
        retry = frame.retry ?? retry;
        // What is told under a name of its own is no event of the session.
        if (frame.data === undefined || frame.event !== undefined) continue;
        const event = eventIn(frame, requests.url);
        last = event.id ?? last;
        yield event;
        if (event.kind === 'finished' || event.kind === 'failed') return undefined;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ServiceError) throw error;
      // A connection that is lost is no error: whoever follows comes back.
      isWhole = false;
    }
    // The end may have come between two connections: only one that was made after it tells all.
    if (isOver && isWhole) return undefined;
    const { status } = (await requests.json({ path, token, signal })) as SessionView;
    isOver = status !== 'open';
    if (!isOver) await pause(retry, signal);
  }
}

function eventIn({ id, data = '' }: Frame, url: string): SessionEvent {
  try {
    const event = JSON.parse(data) as SessionEvent;
    return id === undefined ? event : { ...event, id: Number(id) };
  } catch {
    throw noService(url, 'an event is no JSON');
  }
}
