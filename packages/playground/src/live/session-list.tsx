import type { Client, SessionView } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { titleOf } from './title-of.ts';

/** Milliseconds before the list is asked for again; a long one is asked for less often. */
const pause = 2_000;

/** All sessions of the service, the newest on top, as they go on. */
export function SessionList({ client }: { readonly client: Client }): JSX.Element {
  const [sessions, setSessions] = useState<readonly SessionView[] | undefined>(undefined);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const look = async (): Promise<void> => {
      const began = performance.now();
      try {
        const all = document.hidden ? undefined : await allSessions(client);
        if (isGone) return;
        if (all) setSessions(all.reverse());
        setProblem('');
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
      if (!isGone) timer = setTimeout(look, Math.max(pause, 10 * (performance.now() - began)));
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client]);
  if (problem !== '') return <p class="error">{problem}</p>;
  if (sessions === undefined) return <p class="loading">Loading …</p>;
  if (sessions.length === 0) return <p class="card">There is none yet.</p>;
  return (
    <section class="card" aria-label="All sessions">
      <ul class="sessions">
        {sessions.map(({ id, mechanism, status, round, agents }) => (
          <li key={id}>
            <a href={`#/live/hold/${id}`}>
              {titleOf(mechanism)} <small>{id.slice(0, 8)}</small>
            </a>
            <small class="faint">{whoIn(agents)}</small>
            <span class={`badge ${status}`}>{status === 'open' ? `open, round ${round}` : status}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function allSessions(client: Client): Promise<SessionView[]> {
  const all: SessionView[] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.sessions(after);
    all.push(...page);
    after = page.at(-1)?.id;
    if (page.length < 100 || after === undefined) return all;
  }
}

function whoIn(agents: readonly string[]): string {
  if (agents.length === 0) return 'nobody yet';
  return agents.length > 4 ? `${agents.slice(0, 3).join(', ')} and ${agents.length - 3} more` : agents.join(', ');
}
