import type { SessionEvent } from '@mechane/client';
import type { JSX } from 'preact';
import { eventInWords } from './in-words.ts';

/** So many of the last events are shown. */
const most = 100;

/** What has happened in a session, the last on top. */
export function EventList({
  events,
  me,
}: {
  readonly events: readonly SessionEvent[];
  readonly me?: string;
}): JSX.Element {
  const shown = events.slice(-most).reverse();
  return (
    <section class="card" aria-labelledby="events">
      <h2 id="events">What happens</h2>
      {shown.length === 0 && <p class="faint">Nothing yet.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <ol class="events" reversed tabIndex={0} aria-labelledby="events">
        {shown.map((event, place) => (
          <li key={events.length - place}>
            <span>{eventInWords(event, me)}</span>
            {event.at !== undefined && <time class="faint">{new Date(event.at).toLocaleTimeString()}</time>}
          </li>
        ))}
      </ol>
      {events.length > most && <p class="faint">{events.length - most} earlier events are not shown.</p>}
    </section>
  );
}
