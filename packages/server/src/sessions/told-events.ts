import type { AgentId, Happening, JournalEntry, RunEvent } from '@mechane/core';
import { paymentsOf } from '@mechane/core/host';
import { isPassing } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { HostedSession } from './hosted-session.ts';
import type { EndedSession } from './sessions.ts';

/** Who follows a session: an agent, the admin, or anybody. */
export type Follower = ({ readonly kind: 'admin' | 'public' } | { readonly kind: 'agent'; readonly agent: AgentId }) & {
  /** Whether it is not told that others have answered: among many, that is most of what happens. */
  readonly isQuiet?: boolean;
};

/** What is told of a session. */
export type Told = Happening & { readonly run: string; readonly at?: number; readonly seq?: number };

/** An event, and the number after which whoever has it goes on. */
export interface Frame {
  readonly id: number | undefined;
  readonly event: Told;
}

/**
 * What happened in a session from its beginning, or after an entry of its journal, and what happens from now on. The journal tells what it
 * has, the same after every restart; of the rest, whoever follows now is told.
 */
export async function* toldEvents(
  store: Store,
  session: HostedSession | EndedSession,
  follower: Follower,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Frame, undefined> {
  const { id } = session;
  const live = session instanceof HostedSession ? followed(session, follower) : undefined;
  const stop = (): void => void live?.return?.();
  signal.addEventListener('abort', stop, { once: true });
  try {
    let last = after;
    // What happened before the first of the live events is in the journal then.
    if (session instanceof HostedSession) await session.settled();
    for (const frame of await framesAfter(store, id, last)) {
      if (signal.aborted) return undefined;
      if (!isWanted(follower, frame.event)) continue;
      yield withContent(frame, session, follower);
      last = frame.id ?? last;
    }
    for (let next = await live?.next(); next && !next.done; next = await live?.next()) {
      const event = next.value;
      if ((event.seq ?? Number.POSITIVE_INFINITY) <= last || !isSeenBy(follower, event) || !isWanted(follower, event))
        continue;
      const { note: _, ...told } = event;
      const frameId = event.kind === 'sold' ? undefined : event.seq;
      yield { id: frameId, event: told };
      last = frameId ?? last;
    }
    if (signal.aborted) return undefined;
    for (const frame of await framesAfter(store, id, last)) if (isWanted(follower, frame.event)) yield frame;
    if (!(session instanceof HostedSession)) yield* failureOf(session);
    return undefined;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function followed({ session }: HostedSession, follower: Follower): AsyncIterator<RunEvent> {
  const events = follower.kind === 'agent' ? session.eventsFor(follower.agent) : session;
  return events[Symbol.asyncIterator]();
}

function isSeenBy({ kind }: Follower, event: RunEvent): boolean {
  if (event.kind === 'refused') return kind !== 'public';
  return !(event.kind === 'failed' && isPassing(event.error.code));
}

/** Whether it is more than that somebody else has answered, where that is not wanted. */
function isWanted(follower: Follower, event: Happening): boolean {
  const isAnswer = event.kind === 'replied' || event.kind === 'withdrawn' || event.kind === 'silent';
  if (follower.isQuiet !== true || !isAnswer) return true;
  return follower.kind === 'agent' && event.agent === follower.agent;
}

/** What is asked of an agent now is told with what it is asked. */
function withContent(frame: Frame, session: HostedSession | EndedSession, follower: Follower): Frame {
  const { event } = frame;
  if (!(session instanceof HostedSession) || follower.kind !== 'agent' || event.kind !== 'asked') return frame;
  const asked = session.session.asked(follower.agent);
  return asked?.round === event.round ? { ...frame, event: { ...event, content: asked.content } } : frame;
}

function* failureOf({ id, making, how: { error } }: EndedSession): Generator<Frame> {
  if (!error) return;
  const report = { code: error.code, message: `${making.mechanism} failed`, path: [] };
  yield { id: undefined, event: { kind: 'failed', mechanism: making.mechanism, error: report, run: id } };
}

/** What the journal tells after an entry. */
async function framesAfter(store: Store, id: string, after: number): Promise<readonly Frame[]> {
  const entries = entriesIn(await store.read(id, after + 1));
  const begun = new Set(entries.map((entry) => (entry.kind === 'asked' ? entry.round : 0)));
  // Of a round whose beginning was told before, the replies are counted from there.
  const isCut = after >= 0 && entries.some((entry) => entry.kind === 'round-closed' && !begun.has(entry.round));
  return framesIn(id, isCut ? entriesIn(await store.read(id)) : entries).filter(
    ({ event }) => (event.seq ?? 0) > after,
  );
}

function entriesIn(lines: readonly string[]): readonly JournalEntry[] {
  return lines.map((line) => JSON.parse(line) as JournalEntry);
}

function framesIn(run: string, entries: readonly JournalEntry[]): readonly Frame[] {
  const replied = new Set<AgentId>();
  let mechanism = '';
  let rounds = 0;
  return entries.flatMap((entry) => {
    const { seq, at } = entry;
    if (entry.kind === 'opened') mechanism = entry.mechanism;
    if ('round' in entry) rounds = Math.max(rounds, entry.round);
    if (entry.kind === 'asked') replied.clear();
    if (entry.kind === 'message') replied.add(entry.agent);
    if (entry.kind === 'withdrawn') replied.delete(entry.agent);
    const happenings = happeningsIn(entry, replied.size, mechanism, rounds);
    const frames = happenings.map((happening) => ({ ...happening, run, seq, at }));
    // Of several with one number, the last has it: whoever goes on after it has had all of them.
    return frames.map((event, index): Frame => ({ id: index === frames.length - 1 ? seq : undefined, event }));
  });
}

function happeningsIn(entry: JournalEntry, replies: number, mechanism: string, rounds: number): readonly Happening[] {
  switch (entry.kind) {
    case 'opened':
      return [{ kind: 'opened', mechanism: entry.mechanism, participants: entry.participants }];
    case 'asked':
      return [{ kind: 'asked', round: entry.round, agents: entry.agents }];
    case 'joined':
      return [{ kind: 'joined', agent: entry.agent }];
    case 'message':
      return [{ kind: 'replied', round: entry.round, agent: entry.agent }];
    case 'withdrawn':
      return [{ kind: 'withdrawn', round: entry.round, agent: entry.agent }];
    case 'round-closed':
      return [{ kind: 'round-closed', round: entry.round, replies }];
    case 'closing':
      return [];
    case 'closed':
      return [...salesIn(entry.outcome as object), { kind: 'finished', mechanism, rounds }];
    case 'cancelled':
      return [
        { kind: 'failed', mechanism, error: { code: 'aborted', message: 'the session was called off', path: [] } },
      ];
  }
}

function salesIn(outcome: object): readonly Happening[] {
  const payments = paymentsOf(outcome);
  const { allocation } = outcome as { readonly allocation?: unknown };
  if (!payments || typeof allocation !== 'object' || allocation === null) return [];
  return Object.entries(allocation).map(([agent, share]) => ({
    kind: 'sold',
    agent,
    share,
    payment: payments[agent] ?? 0,
  }));
}
