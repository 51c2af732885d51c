import type { Ask, Seat } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Value, withOr } from '../mechanisms/schema-fields.tsx';
import { valueInWords } from './in-words.ts';
import type { AnyRecord } from './records.ts';
import type { Said } from './said.tsx';
import { type Form, waysToAnswer } from './ways-to-answer.ts';

/** Where a question is answered, and answered again as long as its round is open. */
export function Answer({
  seat,
  ask,
  isOver,
  said,
  onSaid,
}: {
  readonly seat: Seat;
  readonly ask: Ask;
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
      onSaid({ message, round: ask.round, receipt: await seat.submit(message, { round: ask.round }) });
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
      {forms.length > 0 && <Forms forms={forms} isClosed={isClosed} isSaid={said !== undefined} onSay={say} />}
      {isOpen && <Anything isClosed={isClosed} onSay={say} />}
      <p role="status" class={problem === '' ? 'faint' : 'error'}>
        {problem === '' ? whatBecomes(sending, isOver, said) : problem}
      </p>
    </>
  );
}

function whatBecomes(sending: boolean, isOver: boolean, said: Said | undefined): string {
  if (sending) return 'It is on its way …';
  if (said === undefined) return isOver ? 'This round is over.' : '';
  return `You said ${valueInWords(said.message)}. It counts${isOver ? '.' : '; until the round is over, you may change it.'}`;
}

function Forms({
  forms,
  isClosed,
  isSaid,
  onSay,
}: {
  readonly forms: readonly Form[];
  readonly isClosed: boolean;
  readonly isSaid: boolean;
  readonly onSay: (message: unknown) => void;
}): JSX.Element {
  const [place, setPlace] = useState(0);
  const [values, setValues] = useState<AnyRecord>({});
  const { fields, fixed } = forms[place] ?? (forms[0] as Form);
  const say = (event: Event): void => {
    event.preventDefault();
    const own = Object.fromEntries(fields.flatMap(({ name }) => (name in values ? [[name, values[name]]] : [])));
    onSay({ ...fixed, ...own });
  };
  return (
    <form class="answers" onSubmit={say}>
      {forms.length > 1 && (
        <fieldset class="choices">
          <legend class="unseen">What to say</legend>
          {forms.map(({ label }, at) => (
            <label key={label}>
              <input type="radio" name="way" checked={at === place} onChange={() => setPlace(at)} /> {label}
            </label>
          ))}
        </fieldset>
      )}
      {fields.map(({ name, label, schema, isNeeded }) => (
        <div class="field" key={name}>
          <label for={`say-${name}`}>
            {label} {!isNeeded && <span class="faint">(may be left out)</span>}
          </label>
          <Value
            label={`say-${name}`}
            schema={schema}
            value={values[name]}
            onValue={(value) => setValues(withOr(values, name, value))}
          />
          {schema.description !== undefined && <small>{String(schema.description)}</small>}
        </div>
      ))}
      <button type="submit" class="primary" aria-disabled={isClosed}>
        {isSaid ? 'Say this instead' : 'Say it'}
      </button>
    </form>
  );
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
        <Value label="say" schema={{}} value={value} onValue={setValue} />
      </div>
      <button type="submit" class="primary" aria-disabled={isClosed}>
        Say it
      </button>
    </form>
  );
}
