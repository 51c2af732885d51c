import type { SessionView } from '@mechane/client';
import { type Figure, picturesOf } from '@mechane/plots';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { compactJson } from '../compact-json.ts';
import { FigureView } from '../figure-view.tsx';
import { scrolled } from '../scrolled.ts';
import { HowItWent, standingsIn } from './how-it-went.tsx';
import { outcomeInWords } from './in-words.ts';
import { type JournalTold, journalTold, reportsIn } from './journal-told.ts';
import { Matches } from './matches.tsx';
import { isRecord } from './records.ts';

/** The journal of a session that has ended, once it is there; `undefined` where it cannot be had. */
export function useJournal(isOver: boolean, fetchJournal: () => Promise<string>): JournalTold | undefined {
  const [told, setTold] = useState<JournalTold | undefined>(undefined);
  useEffect(() => {
    if (!isOver) return;
    fetchJournal().then(
      (text) => setTold(journalTold(text)),
      () => {},
    );
  }, [isOver]);
  return told;
}

/** What came out of a session, in words and as a picture. */
export function WhatCameOut({
  view,
  told,
  me,
  children,
}: {
  readonly view: SessionView;
  readonly told: JournalTold | undefined;
  readonly me?: string;
  readonly children?: JSX.Element | null;
}): JSX.Element {
  const { mechanism, outcome, metrics, status, error } = view;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever pressed a button that is gone now is led to what came of it.
    if (me !== undefined && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [me]);
  if (outcome === undefined) {
    return (
      <section class="card" aria-labelledby="outcome">
        <h2 id="outcome">{status === 'cancelled' ? 'The session was called off' : 'The session failed'}</h2>
        <p>{error?.message ?? 'Nothing counts.'}</p>
      </section>
    );
  }
  const reports = told && reportsIn(told, outcome);
  const run = { mechanism, settings: told?.settings ?? {}, ...(reports ? { reports } : {}), outcome, metrics };
  const standings = standingsIn(outcome);
  // Drawn, a matching shows who wished for whom, which is not told to all.
  const matches = reports === undefined && isRecord(outcome.matches) ? outcome.matches : undefined;
  const drawn = (width: number): readonly Figure[] => picturesOf(run, { width });
  return (
    <section class="card" aria-labelledby="outcome">
      <h2 id="outcome" tabIndex={-1} ref={heading}>
        {(me === undefined ? undefined : outcomeInWords(outcome, me)) ?? 'What came out'}
      </h2>
      {standings && <HowItWent standings={standings} />}
      {matches && <Matches matches={matches} />}
      {!standings &&
        !matches &&
        drawn(600).map((_, place) => (
          <FigureView key={place === 0 ? 'first' : 'second'} draw={(width) => drawn(width)[place] as Figure} />
        ))}
      {children}
      <details>
        <summary class="faint">Outcome as JSON</summary>
        <pre {...scrolled}>{compactJson(outcome)}</pre>
      </details>
    </section>
  );
}
