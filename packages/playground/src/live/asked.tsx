import type { Ask, Seat, SessionEvent } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Answer } from './answer.tsx';
import { isAnyTime } from './following.ts';
import { keyInWords, valueInWords } from './in-words.ts';
import { type AnyRecord, isRecord } from './records.ts';
import type { Said } from './said.tsx';
import { SealedAnswer, sealedStep } from './sealed-answer.tsx';

/** What is asked of somebody, and where it is answered. */
export function Asked({
  seat,
  ask: given,
  agents,
  events,
  said,
  reportSchema,
  onSaid,
}: {
  readonly seat: Seat;
  readonly ask: Ask | undefined;
  /** Who took part when the session was looked at last. */
  readonly agents: readonly string[];
  readonly events: readonly SessionEvent[];
  readonly said: readonly Said[];
  /** What may be said where answers are sealed before they are shown: the question says only that they are. */
  readonly reportSchema: () => Promise<JsonSchema>;
  readonly onSaid: (said: Said) => void;
}): JSX.Element {
  const kept = useKept(seat, given);
  const anyTime = isAnyTime(events);
  const round = kept?.round ?? Number.POSITIVE_INFINITY;
  // Where one may speak at any time, each word of others ends a round, and none of them ends the question.
  const isOver = !anyTime && events.some((event) => event.kind === 'round-closed' && event.round >= round);
  // What is kept of a round that is over is no question any more.
  const ask = given ?? (isOver ? undefined : kept);
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
  const others = othersThan(seat.agent, agents, events);
  return (
    <section class="card" aria-labelledby="asked">
      <h2 id="asked">{anyTime ? 'Say it when you like' : `Round ${ask.round}`}</h2>
      <div aria-live="polite">
        <Question content={ask.content} me={seat.agent} />
      </div>
      {sealedStep(ask) === undefined ? (
        <Answer seat={seat} ask={ask} isAnyTime={anyTime} isOver={isOver} others={others} said={said} onSaid={onSaid} />
      ) : (
        <SealedAnswer
          key={ask.round}
          seat={seat}
          ask={ask}
          reportSchema={reportSchema}
          isOver={isOver}
          others={others}
          said={said}
          onSaid={onSaid}
        />
      )}
    </section>
  );
}

function othersThan(me: string, agents: readonly string[], events: readonly SessionEvent[]): readonly string[] {
  const came = events.flatMap((event) => (event.kind === 'joined' ? [event.agent] : []));
  return [...new Set([...agents, ...came])].filter((agent) => agent !== me);
}

/** The last question, kept until the tab is closed: a service does not ask again what is answered, and one may still change it. */
function useKept({ session, agent }: Seat, given: Ask | undefined): Ask | undefined {
  const place = `asked ${session} ${agent}`;
  const before = useMemo(() => JSON.parse(sessionStorage.getItem(place) ?? 'null') as Ask | null, [place]);
  useEffect(() => {
    if (given !== undefined) sessionStorage.setItem(place, JSON.stringify(given));
  }, [place, given]);
  return given ?? before ?? undefined;
}

/** What is asked, in words: a price in large, the rest below it. */
function Question({ content, me }: { readonly content: unknown; readonly me: string }): JSX.Element | null {
  if (!isRecord(content)) return content == null ? null : <p>{valueInWords(content)}</p>;
  const { price, standing, report, commitment, ...others } = content;
  if (commitment === 'requested')
    return <p>Say what you have to say, under seal: nobody can read it before all are bound, not even the house.</p>;
  if (report === 'requested' && 'session' in content) return <p>All are bound, and show what they sealed.</p>;
  if (report === 'requested') return <p>Say what you have to say: others do not see it before the round is over.</p>;
  const leading = bidIn(standing);
  const told = { ...(typeof price === 'number' ? {} : { price }), ...(leading ? {} : { standing }), ...others };
  const parts = Object.entries(told).filter(
    ([key, value]) => value !== undefined && value !== null && !isSeenElsewhere(key, content),
  );
  return (
    <>
      {typeof price === 'number' && (
        <p class="price">
          <small>The price is</small> {valueInWords(price)}
        </p>
      )}
      {leading && (
        <p class="price">
          <small>{leading.agent === me ? 'You lead' : `${leading.agent} leads`}, at</small>{' '}
          {valueInWords(leading.price)}
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

/** Whether a part of a question is seen elsewhere: the kind of answer at the buttons, the end at the clock, prices of a book in its ladder. */
function isSeenElsewhere(key: string, { depth }: AnyRecord): boolean {
  return ['answer', 'closesAt', ...(isRecord(depth) ? ['bid', 'ask', 'depth'] : [])].includes(key);
}

/** The bid that stands, where a question tells of one. */
function bidIn(standing: unknown): { readonly agent: string; readonly price: number } | undefined {
  if (!isRecord(standing)) return undefined;
  const { agent, price } = standing;
  return typeof agent === 'string' && typeof price === 'number' ? { agent, price } : undefined;
}
