import type { Ask, Seat } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Value } from '../mechanisms/schema-fields.tsx';
import { Forms } from './answer-forms.tsx';
import { isRecord } from './records.ts';
import { type Said, saidInWords } from './said.tsx';
import { waysToAnswer } from './ways-to-answer.ts';

/** Where a question is answered, and answered again as long as its round is open. */
export function Answer({
  seat,
  ask,
  isAnyTime,
  isOver,
  said,
  onSaid,
}: {
  readonly seat: Seat;
  readonly ask: Ask;
  /** Whether one may speak whatever others have said meanwhile. */
  readonly isAnyTime: boolean;
  readonly isOver: boolean;
  readonly said: Said | undefined;
  readonly onSaid: (said: Said) => void;
}): JSX.Element {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState('');
  const { words, forms, isOpen } = useMemo(() => waysToAnswer(ask.message as JsonSchema, ask.content), [ask]);
  const isClosed = sending || isOver;
  const say = async (message: unknown): Promise<void> => {
    if (isClosed) return;
    setSending(true);
    setProblem('');
    try {
      const receipt = await seat.submit(message, isAnyTime ? {} : { round: ask.round });
      onSaid({ message, round: ask.round, ...priceIn(ask.content), receipt });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setSending(false);
  };
  return (
    <>
      {words.length > 0 && (
        <div class="presses">
          {words.map(({ message, label }, place) => (
            <button
              type="button"
              key={JSON.stringify(message)}
              class={place === 0 ? 'primary' : ''}
              aria-disabled={isClosed}
              aria-pressed={said !== undefined && JSON.stringify(said.message) === JSON.stringify(message)}
              onClick={() => say(message)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {forms.length > 0 && (
        <Forms forms={forms} isClosed={isClosed} isSaid={said !== undefined && !isAnyTime} onSay={say} />
      )}
      {isOpen && <Anything isClosed={isClosed} onSay={say} />}
      <p role="status" class={problem === '' ? 'faint' : 'error'}>
        {problem === '' ? whatBecomes(sending, isOver || isAnyTime, said) : problem}
      </p>
    </>
  );
}

function priceIn(content: unknown): { readonly price?: number } {
  return isRecord(content) && typeof content.price === 'number' ? { price: content.price } : {};
}

function whatBecomes(sending: boolean, isFinal: boolean, said: Said | undefined): string {
  if (sending) return 'It is on its way …';
  if (said === undefined) return '';
  return `You said ${saidInWords(said)}. It counts${isFinal ? '.' : '; until the round is over, you may change it.'}`;
}

function Anything({
  isClosed,
  onSay,
}: {
  readonly isClosed: boolean;
  readonly onSay: (message: unknown) => void;
}): JSX.Element {
  const [value, setValue] = useState<unknown>(undefined);
  return (
    <form
      class="answers"
      onSubmit={(event) => {
        event.preventDefault();
        onSay(value);
      }}
    >
      <div class="field">
        <label for="say">Your answer, as JSON</label>
        <Value label="say" isLabelled schema={{}} value={value} onValue={setValue} />
      </div>
      <button type="submit" class="primary" aria-disabled={isClosed}>
        Say it
      </button>
    </form>
  );
}
