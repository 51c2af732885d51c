import type { Client, Made, SessionEvent, SessionView } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { saveFile } from '../save-file.ts';
import { EventList } from './event-list.tsx';
import { type Followable, isAnyTime, useFollowed } from './following.ts';
import { Invitations } from './invitations.tsx';
import { madeAgain } from './made.ts';
import { type ServiceHere, useHeard } from './service.ts';
import { TimeLeft } from './time-left.tsx';
import { titleOf } from './title-of.ts';
import { useJournal, WhatCameOut } from './what-came-out.tsx';

/** A session as its operator sees it: who has answered, what happens, what came out; and the means to end it. */
export function WatchSession({
  service,
  client,
  session,
}: {
  readonly service: ServiceHere;
  readonly client: Client;
  readonly session: string;
}): JSX.Element {
  const followed = useMemo((): Followable => {
    const following = (after: number | undefined) => (after === undefined ? {} : { after });
    return {
      now: () => service.clock.now(),
      view: () => client.session(session),
      events: (after, signal) => client.events(session, { signal, ...following(after) }),
    };
  }, [service, client, session]);
  const { view, events, problem } = useFollowed(followed);
  const isHeard = useHeard(service);
  const made = useLinks(client, session);
  const isOver = view !== undefined && view.status !== 'open';
  const told = useJournal(isOver, () => client.journal(session));
  if (view === undefined) return <p class={problem === undefined ? 'loading' : 'error'}>{problem ?? 'Loading …'}</p>;
  return (
    <>
      <p>
        <a href="#/live/hold">All sessions</a>
      </p>
      <div class="sitting">
        <h1>{titleOf(view.mechanism)}</h1>
        <span class={`badge ${view.status}`}>{isOver ? view.status : `open, round ${view.round}`}</span>
        {!isOver && <TimeLeft service={service} closesAt={view.closesAt} />}
      </div>
      {!isHeard && (
        <p class="card lost" role="alert">
          The service cannot be reached. This page goes on trying.
        </p>
      )}
      <Means client={client} view={view} />
      <div class="columns">
        <div class="stack">
          {isOver && <WhatCameOut view={view} told={told} />}
          {!isOver && made !== null && <Invitations made={made} />}
          {!isOver && <WhoIsIn view={view} events={events} />}
        </div>
        <div class="stack">
          <EventList events={events} />
        </div>
      </div>
    </>
  );
}

/** The links of a session; `undefined` where they are not to be had here, `null` as long as nobody knows. */
function useLinks(client: Client, session: string): Made | undefined | null {
  const [made, setMade] = useState<Made | undefined | null>(null);
  useEffect(() => {
    madeAgain(client, session).then(setMade, () => setMade(undefined));
  }, [client, session]);
  return made;
}

/** What an operator can do with a session. */
function Means({ client, view }: { readonly client: Client; readonly view: SessionView }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  const { id, status } = view;
  const tried = (work: () => Promise<unknown>) => async (): Promise<void> => {
    setProblem('');
    setAsked(false);
    await work().catch((error) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  const journal = tried(async () => saveFile(`journal-${id}.jsonl`, 'application/x-ndjson', await client.journal(id)));
  return (
    <>
      <div class="row">
        {status === 'open' && (
          <>
            <button type="button" class="primary" onClick={tried(() => client.close(id))}>
              Close it now
            </button>
            <button type="button" onClick={asked ? tried(() => client.cancel(id)) : () => setAsked(true)}>
              {asked ? 'Nothing will count: call it off?' : 'Call it off'}
            </button>
          </>
        )}
        <button type="button" onClick={journal}>
          Save the journal
        </button>
        <a class="button" href="#/receipt">
          Check a receipt
        </a>
        <small class="faint">
          head <code>{view.head.slice(0, 12)}…</code>
        </small>
      </div>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** Who takes part, and who has answered in the round that is open. */
function WhoIsIn({
  view,
  events,
}: {
  readonly view: SessionView;
  readonly events: readonly SessionEvent[];
}): JSX.Element {
  const states = useMemo(() => statesAfter(events), [events]);
  return (
    <section class="card" aria-labelledby="in">
      <h2 id="in">Who takes part</h2>
      {view.agents.length === 0 && <p class="faint">Nobody yet.</p>}
      <dl class="who">
        {view.agents.map((agent) => (
          <div key={agent}>
            <dt>{agent}</dt>
            <dd>{states.get(agent) ?? (isAnyTime(events) ? '' : 'not asked')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function statesAfter(events: readonly SessionEvent[]): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'asked') {
      states.clear();
      for (const agent of event.agents) states.set(agent, 'has not answered');
    }
    if (event.kind === 'replied') states.set(event.agent, 'has answered');
    if (event.kind === 'withdrawn') states.set(event.agent, 'has not answered');
    if (event.kind === 'silent') states.set(event.agent, 'said nothing');
  }
  return states;
}
