import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Route } from '../route.ts';
import { ComeIn } from './come-in.tsx';
import { Operator } from './operator.tsx';
import { type ServiceHere, serviceHere } from './service.ts';
import { TakePart } from './take-part.tsx';
import './live.css';
import './controls.css';
import { scrolled } from '../scrolled.ts';

/** Sessions of the service that this page comes from: to take part in, or to hold. */
export function LiveRoom({ route }: { readonly route: Route }): JSX.Element {
  const service = serviceHere();
  if (service === undefined)
    return <NoService title="Live" place="live" then="hold a session, and hand out the links" />;
  const [, session, ...further] = route.path;
  if (session === undefined) return <Entrance />;
  if (session === 'hold') return <Operator service={service} session={further[0]} />;
  const token = route.query.get('token');
  const joinToken = route.query.get('join');
  if (token !== null) return <Seated key={token} service={service} token={token} />;
  if (joinToken !== null) return <ComeIn service={service} session={session} joinToken={joinToken} />;
  return <Entrance problem="This link says not who you are. Ask for it again, and copy it whole." />;
}

function Seated({ service, token }: { readonly service: ServiceHere; readonly token: string }): JSX.Element {
  const seat = useMemo(() => {
    try {
      return service.client().seat(token);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }, [service, token]);
  return typeof seat === 'string' ? <Entrance problem={seat} /> : <TakePart service={service} seat={seat} />;
}

/** What is shown of a room where the page comes from no service. */
export function NoService({
  title,
  place,
  then,
}: {
  readonly title: string;
  /** Where the room is on the page of a service. */
  readonly place: string;
  /** What one does there. */
  readonly then: string;
}): JSX.Element {
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">
        People, programs and language models take part in the same auction, each from where it is. That needs a service,
        and this page comes from none: start one, and open the page that it shows. A <a href="#/receipt">receipt</a> of
        one can be checked here, too.
      </p>
      <section class="card narrow" aria-labelledby="start">
        <h2 id="start">Start a service</h2>
        <pre {...scrolled}>{commands}</pre>
        <p>
          It says where it listens, and the admin token. Open <code>http://127.0.0.1:8080/#/{place}</code>, {then}.
        </p>
      </section>
    </>
  );
}

const commands = `npm install @mechane/cli @mechane/server
npm install @mechane/auction-sealed @mechane/auction-english
npx mechane serve`;

function Entrance({ problem = '' }: { readonly problem?: string }): JSX.Element {
  const [link, setLink] = useState('');
  const [unread, setUnread] = useState(problem);
  const follow = (event: Event): void => {
    event.preventDefault();
    const [, hash] = /#(\/live\/[^?]+\?(?:token|join)=\S+)/.exec(link.trim()) ?? [];
    if (hash === undefined) setUnread('This is no link to a session: it has #/live/ in it, and ends with a token.');
    else location.hash = hash;
  };
  return (
    <>
      <h1>Live</h1>
      <p class="lead">Take part in a session of this service, or hold one.</p>
      {unread !== '' && (
        <p class="error" role="alert">
          {unread}
        </p>
      )}
      <div class="columns">
        <form class="card" aria-labelledby="part" onSubmit={follow}>
          <h2 id="part">Take part</h2>
          <p>Open the link that you were given, or paste it here.</p>
          <div class="field">
            <label for="link">Your link</label>
            <input
              id="link"
              required
              autocomplete="off"
              spellcheck={false}
              value={link}
              onInput={({ currentTarget }) => setLink(currentTarget.value)}
            />
          </div>
          <button type="submit" class="primary">
            Go there
          </button>
        </form>
        <div class="stack">
          <section class="card" aria-labelledby="hold">
            <h2 id="hold">Hold a session</h2>
            <p>
              Open an auction, a market or a vote, invite people and programs, watch, and close it. You need the admin
              token.
            </p>
            <a class="button" href="#/live/hold">
              Hold a session
            </a>
          </section>
          <section class="card" aria-labelledby="check">
            <h2 id="check">Check a receipt</h2>
            <p>
              Whatever somebody says here, the service signs for. Anybody who has a receipt can hold it against the
              journal afterwards.
            </p>
            <a class="button" href="#/receipt">
              Check a receipt
            </a>
          </section>
        </div>
      </div>
    </>
  );
}
