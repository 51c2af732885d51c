import type { Client } from '@mechane/client';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { QrCode } from '../live/qr-code.tsx';
import { isRecord } from '../live/records.ts';
import { type ServiceHere, useHeard } from '../live/service.ts';
import { TimeLeft } from '../live/time-left.tsx';
import { classLink, shortAddress } from './class-links.ts';
import { answeredIn, type ClassState, type Play, useClass } from './class-state.ts';
import { rounded } from './compared.ts';
import { most } from './game.ts';
import { Results } from './results.tsx';
import { step } from './single-item.ts';

/** So many groups are told one by one on the wall. */
const mostGroups = 12;

/** The screen for the wall: how one comes in, how many are in and have answered, and then prices, winners and everybody's bids. */
export function Wall({ service, code }: { readonly service: ServiceHere; readonly code: string }): JSX.Element {
  const client = useMemo(() => service.client(), [service]);
  const state = useClass(client, code);
  const isHeard = useHeard(service);
  if (state === undefined) return <p class="loading">Loading …</p>;
  if (typeof state === 'string') return <p class="error">{state}</p>;
  const play = state.plays.at(-1);
  return (
    <div class="wall">
      <div class="sitting">
        <h1>{state.experiment.title}</h1>
        <span class="timer" role="status">
          {state.people.length} in
        </span>
      </div>
      {!isHeard && (
        <p class="card lost" role="alert">
          The service cannot be reached. This page goes on trying.
        </p>
      )}
      {play === undefined ? (
        <HowToComeIn code={code} state={state} />
      ) : (
        <Playing service={service} client={client} code={code} state={state} play={play} />
      )}
    </div>
  );
}

/** The link for all as a picture, and the code in large. */
function HowToComeIn({ code, state }: { readonly code: string; readonly state: ClassState }): JSX.Element {
  return (
    <div class="columns">
      <section class="card door" aria-labelledby="come">
        <h2 id="come">Come in</h2>
        <QrCode text={classLink(code)} label="The link of the class, for a phone to read" />
        <p>
          or open <b class="address">{shortAddress()}</b>, choose <i>Classroom</i>, and type
        </p>
        <p class="big-code">{code}</p>
      </section>
      <section class="card" aria-labelledby="who-is-in">
        <h2 id="who-is-in">Who is in</h2>
        {state.people.length === 0 ? <p class="faint">Nobody yet.</p> : <Names names={state.people} />}
      </section>
    </div>
  );
}

function Names({ names }: { readonly names: readonly string[] }): JSX.Element {
  return (
    <ul class="names">
      {names.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

function Playing({
  service,
  client,
  code,
  state,
  play,
}: {
  readonly service: ServiceHere;
  readonly client: Client;
  readonly code: string;
  readonly state: ClassState;
  readonly play: Play;
}): JSX.Element {
  const { game } = play;
  return (
    <>
      {!play.isOver && (
        <section class="card" aria-labelledby="now">
          <div class="sitting">
            <h2 id="now">{game.title}</h2>
            <ClosesAt service={service} play={play} />
          </div>
          <p class="rule">{game.rule}</p>
          <HowFar play={play} people={state.people} />
        </section>
      )}
      <div class="stack">
        {play.isOver && <Results client={client} state={state} play={play} isForWall />}
        <Groups play={play} people={state.people} />
      </div>
      <p class="faint later">
        Late? Open {shortAddress()}, choose <i>Classroom</i>, and type <b>{code}</b>: you are in from the next game on.
      </p>
    </>
  );
}

function ClosesAt({ service, play }: { readonly service: ServiceHere; readonly play: Play }): JSX.Element | null {
  const { kind } = play.game.answering;
  if (kind === 'rising' || kind === 'falling') return null;
  const closing = play.sessions.flatMap(({ status, closesAt }) =>
    status === 'open' && closesAt !== null ? [closesAt] : [],
  );
  return <TimeLeft service={service} closesAt={closing.sort().at(-1)} />;
}

/** How many have answered; of a clock, its price. */
export function HowFar({ play, people }: { readonly play: Play; readonly people: readonly string[] }): JSX.Element {
  const { kind } = play.game.answering;
  const { asked, answered } = answeredIn(play, people);
  if (kind === 'rising' || kind === 'falling') {
    const open = play.sessions.filter(({ status }) => status === 'open');
    const round = Math.max(1, ...open.map((session) => session.round));
    const price = kind === 'rising' ? (round - 1) * step : most - (round - 1) * step;
    return (
      <p class="price" role="status">
        <small>The price is</small> {price}
        <small>
          {open.length} of {play.sessions.length} {play.sessions.length === 1 ? 'auction goes' : 'auctions go'} on
        </small>
      </p>
    );
  }
  return (
    <div class="how-far">
      <p role="status">
        <b>{answered}</b> of {asked} have answered
      </p>
      <progress max={asked} value={answered} aria-label="How many have answered" />
    </div>
  );
}

/** What came out in each group that is done: a price and who won. */
function Groups({ play, people }: { readonly play: Play; readonly people: readonly string[] }): JSX.Element | null {
  const told = play.sessions.flatMap(({ id, outcome, agents }, place) => {
    const words =
      outcome === undefined
        ? undefined
        : inWords(
            outcome,
            agents.filter((agent) => people.includes(agent)),
          );
    return words === undefined ? [] : [{ id, words, group: place + 1 }];
  });
  if (told.length === 0) return null;
  return (
    <section class="card" aria-labelledby="groups">
      <h2 id="groups">Prices and winners</h2>
      <ul class="groups">
        {told.slice(0, mostGroups).map(({ id, words, group }) => (
          <li key={id}>
            {play.sessions.length > 1 && <small class="faint">Group {group}</small>} {words}
          </li>
        ))}
      </ul>
      {told.length > mostGroups && <p class="faint">and {told.length - mostGroups} more groups</p>}
    </section>
  );
}

/** What came out for a group, in a line. */
function inWords(outcome: Readonly<Record<string, unknown>>, people: readonly string[]): string | undefined {
  const { winner, payment, clearingPrice, traded, chosen, location, allocation, payments, matches } = outcome;
  if (typeof winner === 'string') return `${winner} for ${rounded(Number(payment ?? 0))}`;
  if (winner === null) return 'nothing sold';
  if (typeof traded === 'number')
    return traded === 0
      ? 'no trade'
      : `${traded} ${traded === 1 ? 'trade' : 'trades'}, price ${rounded(Number(clearingPrice ?? 0))}`;
  if (typeof chosen === 'string') return chosen === 'build' ? 'the park is built' : 'no park';
  if (typeof location === 'number') return location === 1 ? 'the park is built' : 'no park';
  const got = isRecord(matches) ? matches : allocation;
  if (!isRecord(got)) return undefined;
  const told = people.flatMap((agent) => {
    const share = Array.isArray(got[agent]) ? got[agent][0] : got[agent];
    const paid = isRecord(payments) ? Number(payments[agent] ?? 0) : 0;
    if (share === undefined || share === 0) return [];
    return [typeof share === 'string' ? `${agent}: ${share}` : `${agent} for ${rounded(paid)}`];
  });
  return told.join(', ') || 'nobody gets anything';
}
