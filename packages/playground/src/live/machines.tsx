import type { Client, SeenCluster } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { valueInWords } from './in-words.ts';

/** Milliseconds between looks. */
const pause = 3_000;

/** The services that share the store, and the work that is shared out among them; nothing where the service is alone. */
export function Machines({ client }: { readonly client: Client }): JSX.Element | null {
  const [seen, setSeen] = useState<SeenCluster | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const look = async (): Promise<void> => {
      // What cannot be had now is looked for again, and what was seen last stays.
      const now = document.hidden ? undefined : await client.cluster().catch(() => undefined);
      if (isGone) return;
      if (now !== undefined) setSeen(now);
      const isAlone = now !== undefined && now.nodes.length === 0;
      if (!isAlone) timer = setTimeout(look, pause);
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client]);
  if (seen === undefined || seen.nodes.length === 0) return null;
  const up = seen.nodes.filter(({ isUp }) => isUp).length;
  return (
    <section class="card" aria-labelledby="machines">
      <h2 id="machines">
        {up === seen.nodes.length
          ? allUp(up)
          : `${valueInWords(up)} of ${valueInWords(seen.nodes.length)} nodes are up`}
      </h2>
      <ul class="sessions">
        {seen.nodes.map(({ address, isUp, holdsSessions, works }) => (
          <li key={address}>
            <code>{address}</code>
            <small class="faint">{doing(holdsSessions, works)}</small>
            <span class={isUp ? 'badge open' : 'badge'}>{isUp ? 'up' : 'down'}</span>
          </li>
        ))}
      </ul>
      {seen.jobs.length > 0 && (
        <ul class="sessions jobs">
          {seen.jobs.map(({ name, pieces, done }) => (
            <li key={name}>
              {pieces === null ? (
                <span>{name}</span>
              ) : (
                <label>
                  {name} <progress value={done} max={pieces} />
                </label>
              )}
              <small class="faint">
                {pieces === null
                  ? `${valueInWords(done)} pieces done, more to come`
                  : `${valueInWords(done)} of ${valueInWords(pieces)} pieces done`}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function allUp(nodes: number): string {
  return nodes === 1 ? '1 node, which is up' : `${valueInWords(nodes)} nodes, all up`;
}

function doing(holdsSessions: boolean, works: boolean): string {
  if (holdsSessions && works) return 'holds sessions, and works';
  if (holdsSessions) return 'holds sessions';
  return works ? 'works' : 'does nothing yet';
}
