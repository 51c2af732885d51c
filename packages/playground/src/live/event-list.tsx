import type { SessionEvent } from '@mechane/client';
import type { JSX } from 'preact';
import { scrolled } from '../scrolled.ts';
import { isAnyTime } from './following.ts';
import { eventInWords } from './in-words.ts';

/** So many of the last events are shown. */
const most = 100;

/** Where one may speak at any time, each word ends a round, of which nobody needs to hear. */
const endsEachTime: ReadonlySet<string> = new Set(['asked', 'round-closed', 'silent']);

/** What has happened in a session, the last on top. */
export function EventList({
  events,
  me,
}: {
  readonly events: readonly SessionEvent[];
  readonly me?: string;
}): JSX.Element {
  const isNoise = isAnyTime(events) ? endsEachTime : new Set<string>();
  const told = events.filter(({ kind }) => !isNoise.has(kind));
  const shown = told.slice(-most).reverse();
  return (
    <section class="card" aria-labelledby="events">
      <h2 id="events">What happens</h2>
      {shown.length === 0 && <p class="faint">Nothing yet.</p>}
      <ol class="events" reversed {...scrolled} aria-labelledby="events">
        {shown.map((event, place) => (
          <li key={told.length - place}>
            <span>{eventInWords(event, me)}</span>
            {event.at !== undefined && <time class="faint">{new Date(event.at).toLocaleTimeString()}</time>}
          </li>
        ))}
      </ol>
      {told.length > most && <p class="faint">{told.length - most} earlier events are not shown.</p>}
    </section>
  );
}
