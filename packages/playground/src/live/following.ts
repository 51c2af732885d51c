import { type Ask, type Seat, ServiceError, type SessionEvent, type SessionView } from '@mechane/client';
import { useEffect, useReducer } from 'preact/hooks';

/** What is followed: a place at the table, or a session as its operator sees it. */
export interface Followable {
  view(): Promise<SessionView>;
  events(after: number | undefined, signal: AbortSignal): AsyncIterable<SessionEvent>;
  /** What time it is where the service is, in milliseconds since 1970. */
  now(): number;
  /** Who follows, where it takes part. */
  readonly agent?: string;
  /** What is asked now, where whoever follows is asked anything. */
  ask?(): Promise<Ask | undefined>;
}

/** What is known of a session. */
export interface Known {
  readonly view: SessionView | undefined;
  readonly events: readonly SessionEvent[];
  /** The last question; it stays here when its round is over. */
  readonly ask: Ask | undefined;
  /** Why it is followed no more. */
  readonly problem: string | undefined;
}

type News =
  | { readonly view: SessionView }
  | { readonly events: readonly SessionEvent[] }
  | { readonly ask: Ask }
  | { readonly problem: string };

const nothing: Known = { view: undefined, events: [], ask: undefined, problem: undefined };

/** So long one waits who was cut off for longer than the client is patient, in milliseconds. */
const patience = 5_000;

/** A place at the table, as it is followed. */
export function atSeat(seat: Seat, now: () => number): Followable {
  return {
    now,
    agent: seat.agent,
    view: () => seat.view(),
    events: (after, signal) => seat.events({ signal, ...(after === undefined ? {} : { after }) }),
    ask: () => seat.ask(),
  };
}

/** Follows a session from its first event to its end, over as many connections as it takes. */
export function useFollowed(followed: Followable): Known {
  const [known, hear] = useReducer(
    (before: Known, news: News): Known => ('events' in news ? withEvents(before, news.events) : { ...before, ...news }),
    nothing,
  );
  useEffect(() => {
    const end = new AbortController();
    follow(followed, hear, end.signal).catch((error) => {
      if (!end.signal.aborted) hear({ problem: error instanceof Error ? error.message : String(error) });
    });
    return () => end.abort();
  }, [followed]);
  return known;
}

function withEvents(before: Known, events: readonly SessionEvent[]): Known {
  return { ...before, events: [...before.events, ...events] };
}

async function follow(followed: Followable, hear: (news: News) => void, signal: AbortSignal): Promise<void> {
  const { ask, agent } = followed;
  const see = async (): Promise<void> => {
    const view = await followed.view();
    if (!signal.aborted) hear({ view });
  };
  const listen = async (): Promise<void> => {
    const asked = await ask?.();
    if (asked !== undefined && !signal.aborted) hear({ ask: asked });
  };
  // Whoever is asked looks at the question, and whoever is not, at the session.
  const look = coalesced(ask === undefined ? see : listen);
  const told = gathered((events: readonly SessionEvent[]) => !signal.aborted && hear({ events }));
  await Promise.all([see(), listen()]);
  let isInTurn = false;
  for (let after: number | undefined; ; ) {
    try {
      for await (const event of followed.events(after, signal)) {
        after = event.id ?? after;
        // What happens now is told without the time that the journal has of it.
        told({ at: followed.now(), ...event });
        isInTurn ||= !isAnyTime([event]);
        if (isWorthALook(event, agent, isInTurn)) void look().catch(() => {});
      }
      break;
    } catch (error) {
      if (signal.aborted || !(error instanceof ServiceError) || error.code !== 'unreachable') throw error;
      await new Promise((resolve) => setTimeout(resolve, patience));
    }
  }
  await see();
}

/** Whether there may be something else to see, or to say. Where agents are not asked in turn, each word of others changes the question. */
function isWorthALook(event: SessionEvent, agent: string | undefined, isInTurn: boolean): boolean {
  if (event.kind === 'asked') return agent === undefined || event.agents.includes(agent);
  if (event.kind === 'joined') return agent === undefined || event.agent === agent;
  return event.kind === 'replied' && !isInTurn;
}

/** Whether one may speak at any time: only what agents are asked in turn stands in the journal. */
export function isAnyTime(events: readonly SessionEvent[]): boolean {
  return !events.some(({ kind, id }) => kind === 'asked' && id !== undefined);
}

/** Does something again only once it is done, and once more where it was asked for in the meantime. */
function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return start();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}

/** Hands on what comes at once as one. */
function gathered<Item>(hand: (items: readonly Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];
  return (item) => {
    if (waiting.length === 0)
      setTimeout(() => {
        const items = waiting;
        waiting = [];
        hand(items);
      });
    waiting.push(item);
  };
}
