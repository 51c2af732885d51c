import { type Belonging, type Seat, ServiceError } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type ServiceHere, useHeard } from '../live/service.ts';
import { useClass } from './class-state.ts';
import { GameSeat } from './game-seat.tsx';
import { Results } from './results.tsx';

/** Seconds that a student's page waits for the next game at a time. */
const wait = 25;
/** Milliseconds after which it tries again where the service was away. */
const pause = 2_000;

/** A student's page: it goes from game to game by itself. */
export function Student({
  service,
  code,
  token,
}: {
  readonly service: ServiceHere;
  readonly code: string;
  readonly token: string;
}): JSX.Element {
  const seat = useMemo(() => service.client().seat(token), [service, token]);
  const { places, problem } = usePlaces(seat);
  const [isLooking, setLooking] = useState(false);
  const isHeard = useHeard(service);
  const now = places.at(-1);
  return (
    <>
      <div class="sitting">
        <h1>Class {code}</h1>
        <span class="badge">You are {seat.agent}</span>
      </div>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      {now === undefined ? (
        <section class="card" aria-labelledby="in">
          <h2 id="in">You are in</h2>
          <p role="status">
            {isHeard
              ? 'Keep this page open: it begins by itself.'
              : 'The service cannot be reached. This page goes on trying.'}
          </p>
        </section>
      ) : (
        <GameSeat key={now.session} service={service} belonging={now}>
          {isLooking ? (
            <EverybodysBids key={now.session} service={service} code={code} session={now.session} />
          ) : (
            <p class="row">
              <button type="button" onClick={() => setLooking(true)}>
                See what all have said
              </button>
            </p>
          )}
        </GameSeat>
      )}
    </>
  );
}

/** The student's places in the games of its class, as they come. */
function usePlaces(seat: Seat): { readonly places: readonly Belonging[]; readonly problem: string } {
  const [places, setPlaces] = useState<readonly Belonging[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const end = new AbortController();
    const follow = async (): Promise<void> => {
      let known: readonly Belonging[] = [];
      while (!end.signal.aborted) {
        try {
          const began = performance.now();
          const next = await seat.places(known.at(-1)?.session, wait, end.signal);
          known = [...known, ...next];
          if (next.length > 0) setPlaces(known);
          // Once the class is over, nobody waits: the service answers at once.
          else if (performance.now() - began < pause) await new Promise((resolve) => setTimeout(resolve, pause));
        } catch (error) {
          if (end.signal.aborted) return;
          if (error instanceof ServiceError && error.code !== 'unreachable') return setProblem(error.message);
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
    };
    void follow();
    return () => end.abort();
  }, [seat]);
  return { places, problem };
}

function EverybodysBids({
  service,
  code,
  session,
}: {
  readonly service: ServiceHere;
  readonly code: string;
  readonly session: string;
}): JSX.Element {
  const client = useMemo(() => service.client(), [service]);
  const state = useClass(client, code);
  if (state === undefined) return <p class="loading">Loading …</p>;
  if (typeof state === 'string') return <p class="error">{state}</p>;
  const play = state.plays.find(({ sessions }) => sessions.some(({ id }) => id === session));
  if (play?.isOver !== true) return <p class="card">Once all groups are done, it is here.</p>;
  return <Results client={client} state={state} play={play} />;
}
