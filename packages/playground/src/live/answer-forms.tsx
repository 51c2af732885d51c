import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { withOr } from '../mechanisms/schema-fields.tsx';
import { AnswerField } from './answer-field.tsx';
import type { Names } from './names.ts';
import type { AnyRecord } from './records.ts';
import type { Field, Form } from './ways-to-answer.ts';

/** Messages with parts, of which one is chosen and filled in. */
export function Forms({
  forms,
  names,
  isClosed,
  verb,
  onSay,
}: {
  readonly forms: readonly Form[];
  readonly names: Names;
  readonly isClosed: boolean;
  /** What the button says that says it. */
  readonly verb: string;
  readonly onSay: (message: unknown) => void;
}): JSX.Element {
  const [place, setPlace] = useState(0);
  const [values, setValues] = useState<AnyRecord>({});
  const { fields, fixed } = forms[place] ?? (forms[0] as Form);
  const say = (event: Event): void => {
    event.preventDefault();
    const own = Object.fromEntries(
      fields.flatMap(({ name, isNeeded, schema }) => {
        // A list in which nothing stands is an answer, too.
        const value = values[name] ?? (isNeeded && schema.type === 'array' ? [] : undefined);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    onSay({ ...fixed, ...own });
  };
  const field = (each: Field): JSX.Element => (
    <AnswerField
      key={each.name}
      field={each}
      names={names}
      value={values[each.name]}
      onValue={(value) => setValues(withOr(values, each.name, value))}
    />
  );
  const extras = fields.filter(({ isNeeded }) => !isNeeded);
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
      {fields.filter(({ isNeeded }) => isNeeded).map(field)}
      {extras.length > 0 && (
        <details class="more">
          <summary class="faint">{extras.map(({ label }) => label).join(', ')}: may be left out</summary>
          {extras.map(field)}
        </details>
      )}
      <button type="submit" class="primary" aria-disabled={isClosed}>
        {verb}
      </button>
    </form>
  );
}
