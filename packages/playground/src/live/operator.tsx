import type { Client } from '@mechane/client';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
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
  return <Sessions client={client} onLeave={() => take('')} />;
}

function Sessions({ client, onLeave }: { readonly client: Client; readonly onLeave: () => void }): JSX.Element {
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
      <SessionList client={client} />
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
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState('');
  const check = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem('');
    try {
      // Whatever it is asked, a service refuses tokens that are none of its own.
      await service.client(token.trim()).sessions();
      onToken(token.trim());
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form class="card narrow" onSubmit={check}>
      <h1>Hold a session</h1>
      <div class="field">
        <label for="admin">The admin token</label>
        <input
          id="admin"
          type="password"
          required
          autocomplete="off"
          value={token}
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
        <small>
          <code>mechane serve</code> printed it when it began, and keeps it beside its store. Here it is kept until this
          tab is closed.
        </small>
      </div>
      <button type="submit" class="primary">
        Go on
      </button>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
