import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Played, type Ready, readyFor } from '../mechanisms/play.ts';
import { keyInWords, outcomeInWords, valueInWords } from './in-words.ts';
import type { JournalTold } from './journal-told.ts';
import { type AnyRecord, isRecord } from './records.ts';

/** What is asked of what might have been. */
interface Asked {
  readonly mechanism: string;
  readonly told: JournalTold;
  readonly outcome: AnyRecord;
  readonly me: string;
}

/** What would have come of it, had one said something else and all others the same; nothing where the journal does not tell. */
export function WhatIf(asked: Asked): JSX.Element | null {
  const own = ownNumbers(asked);
  const [isOpen, setOpen] = useState(false);
  if (own === undefined) return null;
  if (isOpen) return <Sliders asked={asked} own={own} />;
  return (
    <button type="button" onClick={() => setOpen(true)}>
      Had I said something else …
    </button>
  );
}

/** The numbers that one said, where each said one thing, all of which can be seen. */
function ownNumbers({ told: { messages, isWhole }, me }: Asked): Readonly<Record<string, number>> | undefined {
  const isOneRound = new Set(messages.map(({ agent }) => agent)).size === messages.length;
  const mine = messages.find(({ agent }) => agent === me)?.message;
  if (!isWhole || !isOneRound || !isRecord(mine)) return undefined;
  const numbers = Object.entries(mine).filter((part): part is [string, number] => typeof part[1] === 'number');
  return numbers.length === 0 ? undefined : Object.fromEntries(numbers);
}

function Sliders({
  asked,
  own,
}: {
  readonly asked: Asked;
  readonly own: Readonly<Record<string, number>>;
}): JSX.Element {
  const { mechanism, told, outcome, me } = asked;
  const [ready, setReady] = useState<Ready | undefined | null>(null);
  const [instead, setInstead] = useState(own);
  useEffect(() => {
    void readyFor(mechanism).then((found) => setReady(found?.ids.includes(mechanism) ? found : undefined));
  }, [mechanism]);
  const again = useMemo(() => ready && replayed(ready, asked, own), [ready]);
  const played = useMemo(() => ready && replayed(ready, asked, instead), [ready, instead]);
  if (ready === null || !again || !played) {
    return <p class="faint">{ready === undefined ? 'This page does not know the mechanism.' : 'Loading …'}</p>;
  }
  // Where this page plays otherwise than the service did, it has nothing to say of what might have been.
  if ('problem' in again || JSON.stringify(again.result.outcome) !== JSON.stringify(outcome)) {
    return <p class="faint">This page cannot play this session again.</p>;
  }
  return (
    <div class="what-if">
      {Object.entries(instead).map(([name, value]) => (
        <label key={name}>
          <span>Had your {keyInWords(name)} been</span>
          <input
            type="range"
            min={0}
            max={most(told, name)}
            step={most(told, name) / 100}
            value={value}
            onInput={({ currentTarget }) => setInstead({ ...instead, [name]: Number(currentTarget.value) })}
          />
          <output>{valueInWords(value)}</output>
        </label>
      ))}
      <p role="status">{wouldInWords(played, me)}</p>
    </div>
  );
}

function replayed(ready: Ready, { mechanism, told, me }: Asked, numbers: AnyRecord): Played {
  const { settings, seed, messages } = told;
  const said = messages.map(({ agent, message }) => [
    agent,
    agent === me ? { ...(message as AnyRecord), ...numbers } : message,
  ]);
  return ready.play(mechanism, { settings, messages: said, ...(seed === undefined ? {} : { seed }) });
}

/** A number above all that were said, of which a hundredth is round. */
function most({ messages }: JournalTold, name: string): number {
  const said = messages.map(({ message }) => (isRecord(message) ? Number(message[name]) : 0)).filter(Number.isFinite);
  const highest = Math.max(1, ...said) * 1.25;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}

function wouldInWords(played: Played, me: string): string {
  if ('problem' in played) return played.problem;
  const { outcome } = played.result;
  return outcomeInWords(outcome as AnyRecord, me, 'would') ?? valueInWords(outcome);
}
