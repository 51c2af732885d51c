import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Forms } from './answer-forms.tsx';
import { outcomeInWords, valueInWords } from './in-words.ts';
import type { JournalTold, Told } from './journal-told.ts';
import { namesAsked } from './names.ts';
import { ownNumbers, Sliders } from './number-sliders.tsx';
import type { AnyRecord } from './records.ts';
import { isSameOutcome, type Replayable, type Replayed, replayable } from './replayed.ts';
import { waysToAnswer } from './ways-to-answer.ts';

/** What is asked of what might have been. */
interface Asked {
  readonly mechanism: string;
  readonly told: JournalTold;
  readonly outcome: AnyRecord;
  readonly me: string;
}

/** A message of one's own, with its place among all that count. */
type Own = Told & { readonly place: number };

/** What would have come of it, had one said something else and all others the same; nothing where the journal does not tell. */
export function WhatIf(asked: Asked): JSX.Element | null {
  const { told, me } = asked;
  const own = useMemo(
    () => told.messages.map((each, place) => ({ ...each, place })).filter(({ agent }) => agent === me),
    [told, me],
  );
  const [isOpen, setOpen] = useState(false);
  if (!told.isWhole || own.length === 0) return null;
  if (isOpen) return <Again asked={asked} own={own} />;
  return (
    <button type="button" onClick={() => setOpen(true)}>
      Had I said something else …
    </button>
  );
}

/** The session, played again with one of one's messages changed. */
function Again({ asked, own }: { readonly asked: Asked; readonly own: readonly Own[] }): JSX.Element {
  const { mechanism, told, outcome, me } = asked;
  const [known, setKnown] = useState<Replayable | undefined | null>(null);
  const [chosen, setChosen] = useState(own.at(-1) as Own);
  const [became, setBecame] = useState<Replayed | undefined>(undefined);
  const [instead, setInstead] = useState<unknown>(undefined);
  useEffect(() => {
    const learn = async (): Promise<void> => {
      const found = await replayable(mechanism);
      const again = await found?.replay(told);
      // Where this page plays otherwise than the service did, it has nothing to say of what might have been.
      setKnown(again?.kind === 'outcome' && isSameOutcome(again.outcome, outcome) ? found : undefined);
    };
    learn().catch(() => setKnown(undefined));
  }, [mechanism, told]);
  useEffect(() => {
    let isLate = false;
    const { place } = chosen;
    if (instead === undefined || !known) return undefined;
    void known.replay(told, { place, message: instead }).then((replayed) => isLate || setBecame(replayed));
    return () => {
      isLate = true;
    };
  }, [known, chosen, instead]);
  if (!known) return <p class="faint">{known === null ? 'Loading …' : 'This page cannot play this session again.'}</p>;
  const choose = (place: string): void => {
    setChosen(own.find((each) => String(each.place) === place) ?? chosen);
    setInstead(undefined);
    setBecame(undefined);
  };
  return (
    <div class="what-if">
      {own.length > 1 && (
        <div class="field">
          <label for="which">Which of your messages</label>
          <select id="which" value={String(chosen.place)} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {own.map(({ place, message }, number) => (
              <option key={place} value={String(place)}>
                {number + 1}: {valueInWords(message)}
              </option>
            ))}
          </select>
        </div>
      )}
      <Otherwise
        key={chosen.place}
        known={known}
        told={told}
        own={chosen}
        instead={instead ?? chosen.message}
        onInstead={setInstead}
      />
      <p role="status">{became === undefined ? '' : becameInWords(became, me)}</p>
    </div>
  );
}

/** Where one says what one would have said: numbers are moved, words chosen, all else is said as it was then. */
function Otherwise({
  known,
  told,
  own: { message, agent },
  instead,
  onInstead,
}: {
  readonly known: Replayable;
  readonly told: JournalTold;
  readonly own: Own;
  readonly instead: unknown;
  readonly onInstead: (message: unknown) => void;
}): JSX.Element {
  const { words, forms } = useMemo(() => waysToAnswer(known.message, undefined), [known]);
  if (ownNumbers(message) !== undefined)
    return <Sliders told={told} message={message as AnyRecord} instead={instead as AnyRecord} onInstead={onInstead} />;
  if (typeof message === 'string' && words.length > 0) {
    const place = words.findIndex(({ message: word }) => word === instead);
    return (
      <div class="field">
        <label for="instead">Had you said</label>
        <select
          id="instead"
          value={String(place)}
          onChange={({ currentTarget }) => onInstead(words[Number(currentTarget.value)]?.message)}
        >
          {words.map(({ label }, at) => (
            <option key={label} value={String(at)}>
              {label}
            </option>
          ))}
        </select>
      </div>
    );
  }
  const others = told.participants.filter((name) => name !== agent);
  const among = told.settings.items ?? told.settings.goods ?? told.settings.alternatives;
  const names = namesAsked(Array.isArray(among) ? { among } : undefined, known.message, others);
  return <Forms forms={forms} names={names} isClosed={false} verb="Had I said this" onSay={onInstead} />;
}

function becameInWords(became: Replayed, me: string): string {
  if (became.kind === 'refused') return `That would have been refused. ${became.problem}`;
  if (became.kind === 'outcome') return outcomeInWords(became.outcome, me, 'would') ?? valueInWords(became.outcome);
  const { round, agents } = became;
  const who = agents.map((agent) => (agent === me ? 'you' : agent)).join(' and ');
  return `Then round ${round} would have asked ${who} as well: what would have been said there, nobody knows.`;
}
