import type { Client } from '@mechane/client';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { QrCode } from '../live/qr-code.tsx';
import { saveFile } from '../save-file.ts';
import { classCsv } from './class-csv.ts';
import { classLink } from './class-links.ts';
import { answeredIn, type ClassState, type Play, useClass } from './class-state.ts';
import type { Game } from './game.ts';
import { keptWishes, type Wishes } from './kept-wishes.ts';
import { openGame } from './playing.ts';
import { Results, readAll } from './results.tsx';
import { HowFar } from './wall.tsx';

/** A class as its teacher sees it: who is in, what is played next, how far it is, and what came of it. */
export function Teacher({ client, code }: { readonly client: Client; readonly code: string }): JSX.Element {
  const state = useClass(client, code);
  if (state === undefined) return <p class="loading">Loading …</p>;
  if (typeof state === 'string') return <p class="error">{state}</p>;
  return <Desk client={client} code={code} state={state} />;
}

function Desk({
  client,
  code,
  state,
}: {
  readonly client: Client;
  readonly code: string;
  readonly state: ClassState;
}): JSX.Element {
  const play = state.plays.at(-1);
  const now = play?.isOver === false ? play : undefined;
  useEarlyClose(client, now, state.people);
  return (
    <>
      <p>
        <a href="#/classroom/hold">Another class</a>
      </p>
      <div class="sitting">
        <h1>{state.experiment.title}</h1>
        <span class="badge">{state.people.length} in</span>
        <a class="button primary" href={`#/classroom/wall/${code}`} target="_blank" rel="noreferrer">
          Open the wall
        </a>
      </div>
      <div class="columns">
        <div class="stack">
          {now === undefined ? (
            <NextGame client={client} code={code} state={state} />
          ) : (
            <NowPlaying client={client} play={now} people={state.people} />
          )}
          {play?.isOver === true && <Results key={play.number} client={client} state={state} play={play} />}
        </div>
        <div class="stack">
          <section class="card" aria-labelledby="door">
            <h2 id="door">
              Code <span class="class-code">{code}</span>
            </h2>
            <QrCode text={classLink(code)} label="The link of the class, for a phone to read" />
            <p class="address">
              <a href={classLink(code)}>{classLink(code)}</a>
            </p>
          </section>
          <Earlier client={client} state={state} />
        </div>
      </div>
    </>
  );
}

/** Closes a group in which all have answered: nobody waits for the clock then. */
function useEarlyClose(client: Client, play: Play | undefined, people: readonly string[]): void {
  const closed = useRef(new Set<string>());
  useEffect(() => {
    const kind = play?.game.answering.kind;
    if (play === undefined || kind === 'rising' || kind === 'falling') return;
    for (const session of play.sessions) {
      const { asked, answered } = answeredIn({ ...play, sessions: [session] }, people);
      if (session.status !== 'open' || answered < asked || closed.current.has(session.id)) continue;
      closed.current.add(session.id);
      client.close(session.id).catch(() => closed.current.delete(session.id));
    }
  });
}

function NextGame({
  client,
  code,
  state,
}: {
  readonly client: Client;
  readonly code: string;
  readonly state: ClassState;
}): JSX.Element {
  const { experiment, people, plays, session } = state;
  const [wishes, setWishes] = useState<Wishes>(() => keptWishes(code, experiment));
  const [isOpening, setOpening] = useState(false);
  const [problem, setProblem] = useState('');
  const next = plays.length % experiment.games.length;
  const begin = async (place: number): Promise<void> => {
    if (isOpening) return;
    setOpening(true);
    setProblem('');
    try {
      const game = experiment.games[place] as Game;
      const isClock = game.answering.kind === 'rising' || game.answering.kind === 'falling';
      const play = (plays.at(-1)?.number ?? 0) + 1;
      const seconds = isClock ? wishes.secondsAtPrice : wishes.seconds;
      await openGame(client, {
        session,
        experiment,
        game: place,
        play,
        people,
        size: wishes.size,
        seed: wishes.seed,
        seconds,
      });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setOpening(false);
  };
  const isReady = people.length >= 2;
  return (
    <section class="card" aria-labelledby="next">
      <h2 id="next">{plays.length === 0 ? 'Begin' : 'Go on'}</h2>
      {!isReady && <p role="status">Two have to be in before a game can begin.</p>}
      <div class="games">
        {experiment.games.map(({ title, rule }, place) => (
          <div key={title}>
            <button
              type="button"
              class={place === next ? 'primary' : ''}
              aria-disabled={!isReady || isOpening}
              onClick={() => isReady && begin(place)}
            >
              Play: {title}
            </button>
            <p class="faint">{rule}</p>
          </div>
        ))}
      </div>
      <WishFields experiment={experiment.games} wishes={wishes} onWishes={setWishes} />
      <p role={problem === '' ? 'status' : 'alert'} class={problem === '' ? 'faint' : 'error'}>
        {problem || (isOpening ? 'Hands are dealt …' : '')}
      </p>
    </section>
  );
}

function WishFields({
  experiment,
  wishes,
  onWishes,
}: {
  readonly experiment: readonly Game[];
  readonly wishes: Wishes;
  readonly onWishes: (wishes: Wishes) => void;
}): JSX.Element {
  const kinds = new Set(experiment.map(({ answering }) => answering.kind));
  const hasClock = kinds.has('rising') || kinds.has('falling');
  const hasGroups = experiment.some(({ grouping }) => grouping === 'groups');
  const field = (key: 'size' | 'seconds' | 'secondsAtPrice' | 'seed', label: string, least: number): JSX.Element => (
    <label>
      {label}{' '}
      <input
        type="number"
        min={least}
        step={1}
        value={wishes[key]}
        onInput={({ currentTarget: { valueAsNumber } }) =>
          Number.isInteger(valueAsNumber) && valueAsNumber >= least && onWishes({ ...wishes, [key]: valueAsNumber })
        }
      />
    </label>
  );
  return (
    <div class="row wishes">
      {hasGroups && field('size', 'In a group', 2)}
      {field('seconds', 'Seconds to answer', 5)}
      {hasClock && field('secondsAtPrice', 'Seconds at a price', 1)}
      {field('seed', 'Seed of all hands', 0)}
    </div>
  );
}

function NowPlaying({
  client,
  play,
  people,
}: {
  readonly client: Client;
  readonly play: Play;
  readonly people: readonly string[];
}): JSX.Element {
  const [problem, setProblem] = useState('');
  const end = async (): Promise<void> => {
    try {
      for (const { id, status } of play.sessions) if (status === 'open') await client.close(id);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section class="card" aria-labelledby="playing">
      <h2 id="playing">Playing: {play.game.title}</h2>
      <HowFar play={play} people={people} />
      <p class="row">
        <button type="button" onClick={end}>
          End it now
        </button>
        <span class="faint">Who has not answered by then has said nothing.</span>
      </p>
      {problem !== '' && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

/** The games that were played, and all of them as one table. */
function Earlier({ client, state }: { readonly client: Client; readonly state: ClassState }): JSX.Element | null {
  const [shown, setShown] = useState<number | undefined>(undefined);
  const over = state.plays.filter(({ isOver }) => isOver);
  if (over.length === 0) return null;
  const save = async (): Promise<void> => {
    const all = [];
    for (const play of over) all.push(...(await readAll(client, play)));
    saveFile('class.csv', 'text/csv', classCsv(all));
  };
  const play = over.find(({ number }) => number === shown);
  return (
    <section class="card" aria-labelledby="earlier">
      <h2 id="earlier">Played so far</h2>
      <ol class="plays">
        {over.map(({ number, game }) => (
          <li key={number}>
            {game.title}{' '}
            {number !== over.at(-1)?.number && (
              <button
                type="button"
                class="quiet"
                aria-expanded={shown === number}
                onClick={() => setShown(shown === number ? undefined : number)}
              >
                Results
              </button>
            )}
          </li>
        ))}
      </ol>
      <button type="button" onClick={save}>
        Save all bids as CSV
      </button>
      {play !== undefined && play.number !== over.at(-1)?.number && (
        <Results key={play.number} client={client} state={state} play={play} />
      )}
    </section>
  );
}
