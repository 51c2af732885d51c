import type { Client } from '@mechane/client';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { AskedOnce } from './asked-once.tsx';
import { Machines } from './machines.tsx';
import { Measures } from './measures.tsx';
import { NewSession } from './new-session.tsx';
import type { ServiceHere } from './service.ts';
import { SessionList } from './session-list.tsx';
import { WatchSession } from './watch-session.tsx';

/** Under this, the admin's token is kept until the tab is closed. */
export const place = 'mechane-admin';

/** Where sessions are made, watched and ended, by whoever has the admin's token. */
export function Operator({
  service,
  session,
}: {
  readonly service: ServiceHere;
  readonly session: string | undefined;
}): JSX.Element {
  const [token, setToken] = useState(() => sessionStorage.getItem(place) ?? '');
  const client = useMemo(() => (token === '' ? undefined : service.client(token)), [service, token]);
  const take = (given: string): void => {
    if (given === '') sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, given);
    setToken(given);
  };
  if (client === undefined) return <AdminToken service={service} onToken={take} />;
  if (session === 'new') return <NewSession client={client} />;
  if (session !== undefined) return <WatchSession key={session} service={service} client={client} session={session} />;
  return <Sessions service={service} client={client} onLeave={() => take('')} />;
}

function Sessions({
  service,
  client,
  onLeave,
}: {
  readonly service: ServiceHere;
  readonly client: Client;
  readonly onLeave: () => void;
}): JSX.Element {
  return (
    <>
      <div class="sitting">
        <h1>Sessions</h1>
        <a class="button primary" href="#/live/hold/new">
          New session
        </a>
        <button type="button" class="quiet" onClick={onLeave}>
          Forget the token
        </button>
      </div>
      <div class="stack">
        <Measures service={service} />
        <SessionList client={client} />
        <Machines client={client} />
      </div>
    </>
  );
}

/** Where whoever holds sessions gives the admin's token. */
export function AdminToken({
  service,
  onToken,
}: {
  readonly service: ServiceHere;
  readonly onToken: (token: string) => void;
}): JSX.Element {
  return (
    <AskedOnce
      title="Hold a session"
      label="The admin token"
      field={{ id: 'admin', type: 'password', autocomplete: 'off' }}
      hint={
        <>
          <code>mechane serve</code> printed it when it began, and keeps it beside its store. Here it is kept until this
          tab is closed.
        </>
      }
      verb="Go on"
      onGiven={async (token) => {
        // Whatever it is asked, a service refuses tokens that are none of its own.
        await service.client(token).sessions();
        onToken(token);
      }}
    />
  );
}
