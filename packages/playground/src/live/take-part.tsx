import type { Ask, Seat, SessionEvent } from '@mechane/client';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Answer } from './answer.tsx';
import { EventList } from './event-list.tsx';
import { atSeat, isAnyTime, useFollowed } from './following.ts';
import { keyInWords, valueInWords } from './in-words.ts';
import { isRecord } from './records.ts';
import { keepSaid, keptSaid, type Said, SaidList } from './said.tsx';
import { type ServiceHere, useHeard } from './service.ts';
import { TimeLeft } from './time-left.tsx';
import { titleOf } from './title-of.ts';
import { useJournal, WhatCameOut } from './what-came-out.tsx';
import { WhatIf } from './what-if.tsx';

/** A place at the table: what is asked, what one says, what happens, and what came of it. */
export function TakePart({ service, seat }: { readonly service: ServiceHere; readonly seat: Seat }): JSX.Element {
  const followed = useMemo(() => atSeat(seat, () => service.clock.now()), [service, seat]);
  const { view, events, ask, problem } = useFollowed(followed);
  const isHeard = useHeard(service);
  const [said, setSaid] = useState(() => keptSaid(seat.session, seat.agent));
  const isOver = view !== undefined && view.status !== 'open';
  const told = useJournal(isOver, () => seat.journal());
  const add = (each: Said): void => {
    const all = [...said, each];
    setSaid(all);
    keepSaid(seat.session, seat.agent, all);
  };
  if (view === undefined) return <p class="loading">{problem ?? (isHeard ? 'Loading …' : cutOff)}</p>;
  return (
    <>
      <div class="sitting">
        <h1>{titleOf(view.mechanism)}</h1>
        <span class="badge">You are {seat.agent}</span>
        {!isOver && <TimeLeft service={service} closesAt={ask?.closesAt ?? view.closesAt} />}
      </div>
      {!isHeard && (
        <p class="card lost" role="alert">
          {cutOff}
        </p>
      )}
      {problem !== undefined && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <div class="columns">
        <div class="stack">
          {isOver ? (
            <WhatCameOut view={view} told={told} me={seat.agent}>
              {told && view.outcome ? (
                <WhatIf mechanism={view.mechanism} told={told} outcome={view.outcome} me={seat.agent} />
              ) : null}
            </WhatCameOut>
          ) : (
            <Asked seat={seat} ask={ask} events={events} said={said} onSaid={add} />
          )}
          <SaidList seat={seat} said={said} />
        </div>
        <div class="stack">
          <EventList events={events} me={seat.agent} />
        </div>
      </div>
    </>
  );
}

const cutOff = 'The service cannot be reached. This page goes on trying, and comes back where it was.';

function Asked({
  seat,
  ask,
  events,
  said,
  onSaid,
}: {
  readonly seat: Seat;
  readonly ask: Ask | undefined;
  readonly events: readonly SessionEvent[];
  readonly said: readonly Said[];
  readonly onSaid: (said: Said) => void;
}): JSX.Element {
  if (ask === undefined || events.length === 0) {
    const isSaid = events.some((event) => event.kind === 'replied' && event.agent === seat.agent);
    return (
      <section class="card" aria-labelledby="asked">
        <h2 id="asked">{isSaid ? 'You have answered' : 'Nothing is asked of you yet'}</h2>
        <p class="faint" role="status">
          {isSaid
            ? 'It counts. Here you see when there is more to say, or what came out.'
            : 'Stay here: it appears by itself.'}
        </p>
      </section>
    );
  }
  const anyTime = isAnyTime(events);
  const isOver = events.some((event) => event.kind === 'round-closed' && event.round >= ask.round);
  return (
    <section class="card" aria-labelledby="asked">
      <h2 id="asked">{anyTime ? 'Say it when you like' : `Round ${ask.round}`}</h2>
      <div aria-live="polite">
        <Question content={ask.content} />
      </div>
      <Answer
        seat={seat}
        ask={ask}
        isAnyTime={anyTime}
        isOver={isOver}
        said={said.findLast(({ round }) => anyTime || round === ask.round)}
        onSaid={onSaid}
      />
    </section>
  );
}

/** What is asked, in words: a price in large, the rest below it. */
function Question({ content }: { readonly content: unknown }): JSX.Element | null {
  if (!isRecord(content)) return content == null ? null : <p>{valueInWords(content)}</p>;
  // The kind of answer is seen at the buttons, and when it closes at the clock.
  const { price, answer: _, closesAt: __, report, ...others } = content;
  if (report === 'requested') return <p>Say what you have to say: others do not see it before the round is over.</p>;
  const parts = Object.entries(typeof price === 'number' ? others : { price, ...others }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return (
    <>
      {typeof price === 'number' && (
        <p class="price">
          <small>The price is</small> {valueInWords(price)}
        </p>
      )}
      {parts.length > 0 && (
        <dl>
          {parts.map(([key, value]) => (
            <div key={key}>
              <dt>{keyInWords(key)}</dt>
              <dd>{valueInWords(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
