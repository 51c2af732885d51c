import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { valueInWords } from './in-words.ts';
import { type Counted, countedIn, type Measured, measuredBetween } from './measured.ts';
import type { ServiceHere } from './service.ts';

/** Milliseconds between looks, and how many looks what is shown goes back. */
const pause = 2_000;
const memory = 5;

/** What a service measures, at a glance. */
export function Measures({ service }: { readonly service: ServiceHere }): JSX.Element | null {
  const [measured, setMeasured] = useState<Measured | undefined>(undefined);
  useEffect(() => {
    const past: { readonly at: number; readonly counted: Counted }[] = [];
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const look = async (): Promise<void> => {
      // What cannot be had now is looked for again, and what was seen last stays.
      const text = document.hidden ? undefined : await service.metrics().catch(() => undefined);
      if (isGone) return;
      if (text !== undefined) {
        const now = { at: performance.now(), counted: countedIn(text) };
        past.push(now);
        if (past.length > memory) past.shift();
        const [first = now] = past;
        setMeasured(measuredBetween(first.counted, now.counted, (now.at - first.at) / 1000));
      }
      timer = setTimeout(look, pause);
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [service]);
  if (measured === undefined) return null;
  const { sessions, streams, messagesPerSecond, p99 } = measured;
  const tile = (label: string, value: string): JSX.Element => (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <section class="card" aria-label="What the service measures">
      <dl class="measures">
        {tile('open sessions', valueInWords(sessions))}
        {tile('pages that follow', valueInWords(streams))}
        {tile('messages a second', valueInWords(Number(messagesPerSecond.toPrecision(2))))}
        {tile('99 of 100 messages count within', p99 === undefined ? '–' : within(p99))}
      </dl>
    </section>
  );
}

function within(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'more than 5 s';
  return seconds < 1 ? `${valueInWords(seconds * 1000)} ms` : `${valueInWords(seconds)} s`;
}
