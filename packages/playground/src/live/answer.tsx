import type { Ask, Seat } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Value } from '../mechanisms/schema-fields.tsx';
import { Forms } from './answer-forms.tsx';
import { namesAsked } from './names.ts';
import { bookIn, OrderLadder } from './order-ladder.tsx';
import { isRecord } from './records.ts';
import { type Said, saidInWords } from './said.tsx';
import { useSaying } from './use-saying.ts';
import { waysToAnswer } from './ways-to-answer.ts';

/** Where a question is answered, and answered again as long as its round is open. */
export function Answer({
  seat,
  ask,
  isAnyTime,
  isOver,
  others,
  said,
  onSaid,
}: {
  readonly seat: Seat;
  readonly ask: Ask;
  /** Whether one may speak whatever others have said meanwhile. */
  readonly isAnyTime: boolean;
  readonly isOver: boolean;
  /** Who else takes part. */
  readonly others: readonly string[];
  readonly said: readonly Said[];
  readonly onSaid: (said: Said) => void;
}): JSX.Element {
  const last = said.findLast((each) => isAnyTime || each.round === ask.round);
  const { isSending, problem, say: sayIt } = useSaying(seat, onSaid);
  const schema = ask.message as JsonSchema;
  const { words, forms, isOpen } = useMemo(() => waysToAnswer(schema, ask.content), [ask]);
  const book = bookIn(ask.content, forms);
  const isClosed = isSending || isOver;
  const say = async (message: unknown): Promise<void> => {
    if (!isClosed) await sayIt({ message, round: ask.round, ...priceIn(ask.content) }, !isAnyTime);
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
              aria-pressed={last !== undefined && JSON.stringify(last.message) === JSON.stringify(message)}
              onClick={() => say(message)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {book && <OrderLadder book={book} me={seat.agent} said={said} isClosed={isClosed} onSay={say} />}
      {forms.length > 0 && (
        <Folded title={book && 'Another kind of order'}>
          <Forms
            forms={forms}
            names={namesAsked(ask.content, schema, others)}
            isClosed={isClosed}
            verb={last !== undefined && !isAnyTime ? 'Say this instead' : 'Say it'}
            onSay={say}
          />
        </Folded>
      )}
      {isOpen && <Anything isClosed={isClosed} onSay={say} />}
      <p role="status" class={problem === '' ? 'faint' : 'error'}>
        {problem === '' ? whatBecomes(isSending, isOver || isAnyTime, last) : problem}
      </p>
    </>
  );
}

/** Something below a line that opens it, where it has a title. */
function Folded({
  title,
  children,
}: {
  readonly title: string | undefined;
  readonly children: JSX.Element;
}): JSX.Element {
  if (title === undefined) return children;
  return (
    <details>
      <summary class="faint">{title}</summary>
      {children}
    </details>
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
