import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { compactJson } from '../compact-json.ts';
import { countsMilliseconds, TimeField } from './time-field.tsx';

/** Where a value is shown and changed; `undefined` is one that is left out. */
interface FieldProps {
  /** Its name, and the id by which a label on the page finds it. */
  readonly label: string;
  /** Whether a label on the page names it. */
  readonly isLabelled?: boolean;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}

/** The settings of a mechanism, each with its words. */
export function SettingsForm({
  schema,
  values,
  onValues,
}: {
  readonly schema: JsonSchema;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onValues: (values: Readonly<Record<string, unknown>>) => void;
}): JSX.Element {
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  const common = ['breakTie', 'unit', 'timeLimit', 'nodeLimit'];
  const names = Object.keys(schema.properties ?? {});
  const field = (name: string): JSX.Element => {
    const own = schema.properties?.[name] ?? {};
    return (
      <div class="field" key={name}>
        <label for={`setting-${name}`}>
          {name} {required.includes(name) && <span class="badge">needed</span>}
        </label>
        <Value
          label={`setting-${name}`}
          isLabelled
          schema={own}
          value={values[name]}
          onValue={(value) => onValues(withOr(values, name, value))}
        />
        <small>{String(own.description ?? '').replace(/^Milliseconds /, 'Time ')}</small>
      </div>
    );
  };
  const own = names.filter((name) => !common.includes(name));
  const others = names.filter((name) => common.includes(name));
  return (
    <>
      {own.map(field)}
      {others.length > 0 && (
        <details>
          <summary class="faint">What all have: {others.join(', ')}</summary>
          {others.map(field)}
        </details>
      )}
    </>
  );
}

/** A record with a value, or without it where there is none. */
export function withOr(
  values: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const { [name]: _, ...others } = values;
  return value === undefined ? others : { ...values, [name]: value };
}

/** A value as a field that fits its schema; JSON where none does. */
export function Value(props: FieldProps): JSX.Element {
  const { label, isLabelled = false, schema, value, onValue } = props;
  const { type, default: usual } = schema;
  const choices = Array.isArray(schema.enum) ? (schema.enum as string[]) : undefined;
  if (choices !== undefined && (value === undefined || typeof value === 'string')) {
    return (
      <select
        id={label}
        aria-label={isLabelled ? undefined : label}
        value={value ?? ''}
        onChange={({ currentTarget }) => onValue(currentTarget.value === '' ? undefined : currentTarget.value)}
      >
        {<option value="">{usual === undefined ? '–' : `${usual} (default)`}</option>}
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  const isNumber = (type === 'number' || type === 'integer') && (value === undefined || typeof value === 'number');
  if (isNumber && countsMilliseconds(schema))
    return <TimeField label={label} isLabelled={isLabelled} value={value} onValue={onValue} />;
  if (isNumber) return <NumberField {...props} />;
  return <JsonField {...props} />;
}

function NumberField({ label, isLabelled = false, schema, value, onValue }: FieldProps): JSX.Element {
  const { default: usual, minimum } = schema;
  return (
    <input
      id={label}
      aria-label={isLabelled ? undefined : label}
      type="number"
      step="any"
      {...(typeof minimum === 'number' ? { min: minimum } : {})}
      placeholder={usual === undefined ? '' : String(usual)}
      value={value === undefined ? '' : String(value)}
      onInput={({ currentTarget }) => onValue(currentTarget.value === '' ? undefined : Number(currentTarget.value))}
    />
  );
}

/** A value as JSON, or numbers and words with commas between; what cannot be read is marked and changes nothing. */
function JsonField({ label, isLabelled = false, schema, value, onValue }: FieldProps): JSX.Element {
  const [text, setText] = useState(inText(value));
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText((before) => (JSON.stringify(fromText(before)) === JSON.stringify(value) ? before : inText(value)));
  }, [value]);
  const type = (typed: string): void => {
    setText(typed);
    const read = fromText(typed);
    setWrong(read === unreadable);
    if (read !== unreadable) onValue(read);
  };
  // What has parts grows with them: on a phone, a line would hide most of it.
  const [long] = useState(text.length > longest || text.includes('{'));
  const field = {
    id: label,
    'aria-label': isLabelled ? undefined : label,
    'aria-invalid': wrong,
    spellcheck: false,
    value: text,
    placeholder: schema.default === undefined ? '' : JSON.stringify(schema.default),
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) => type(currentTarget.value),
  };
  return long ? <textarea class="grows" rows={Math.ceil(text.length / longest)} {...field} /> : <input {...field} />;
}

/** So many letters fit on a line. */
const longest = 34;

const unreadable: unique symbol = Symbol('unreadable');

function inText(value: unknown): string {
  if (value === undefined) return '';
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (each) =>
        typeof each === 'number' || (typeof each === 'string' && /^[\w -]+$/.test(each) && Number.isNaN(Number(each))),
    )
  )
    return value.join(', ');
  return typeof value === 'string' ? value : compactJson(value, Infinity);
}

function fromText(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  try {
    return JSON.parse(trimmed);
  } catch {
    if (/^[[{"]/.test(trimmed)) return unreadable;
  }
  if (!trimmed.includes(',')) return trimmed;
  const parts = trimmed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map((part) => (Number.isNaN(Number(part)) ? part : Number(part)));
}
