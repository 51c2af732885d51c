import type { JsonSchema } from '@mechane/core';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { millisecondsIn, timeInWords } from './time-in-words.ts';

/** Milliseconds, typed as people say them: ten minutes rather than 600000. What cannot be read is marked and changes nothing. */
export function TimeField({
  label,
  isLabelled,
  value,
  onValue,
}: {
  readonly label: string;
  readonly isLabelled: boolean;
  readonly value: number | undefined;
  readonly onValue: (value: number | undefined) => void;
}): JSX.Element {
  const [text, setText] = useState(inText(value));
  useEffect(() => {
    setText((before) => (readIn(before) === value ? before : inText(value)));
  }, [value]);
  const read = millisecondsIn(text);
  const isWrong = text.trim() !== '' && read === undefined;
  const type = (typed: string): void => {
    setText(typed);
    if (typed.trim() === '' || millisecondsIn(typed) !== undefined) onValue(readIn(typed));
  };
  return (
    <>
      <input
        id={label}
        aria-label={isLabelled ? undefined : label}
        aria-invalid={isWrong}
        autocomplete="off"
        spellcheck={false}
        placeholder="10 minutes"
        value={text}
        onInput={({ currentTarget }) => type(currentTarget.value)}
      />
      <small role="status">
        {isWrong ? 'A number and a unit: 90 seconds, 10 minutes, 1 h 30 min' : told(text, read)}
      </small>
    </>
  );
}

/** Whether a number counts milliseconds, by what its schema says of it. */
export function countsMilliseconds({ description }: JsonSchema): boolean {
  return typeof description === 'string' && /\bmilliseconds\b/i.test(description);
}

function inText(value: number | undefined): string {
  return value === undefined ? '' : timeInWords(value);
}

function readIn(text: string): number | undefined {
  return text.trim() === '' ? undefined : millisecondsIn(text);
}

/** How a number without a unit was read. */
function told(text: string, read: number | undefined): string {
  return read === undefined || !/^[\d.\s]+$/.test(text) ? '' : `which is ${timeInWords(read)}`;
}
