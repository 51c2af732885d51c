import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Value, withOr } from '../mechanisms/schema-fields.tsx';
import type { AnyRecord } from './records.ts';
import type { Field, Form } from './ways-to-answer.ts';

/** Messages with parts, of which one is chosen and filled in. */
export function Forms({
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
  const field = ({ name, label, schema }: Field): JSX.Element => (
    <div class="field" key={name}>
      <label for={`say-${name}`}>{label}</label>
      <Value
        label={`say-${name}`}
        isLabelled
        schema={schema}
        value={values[name]}
        onValue={(value) => setValues(withOr(values, name, value))}
      />
      {schema.description !== undefined && <small>{String(schema.description)}</small>}
    </div>
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
        {isSaid ? 'Say this instead' : 'Say it'}
      </button>
    </form>
  );
}
