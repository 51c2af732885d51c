import type { JSX } from 'preact';
import { keyInWords, valueInWords } from './in-words.ts';
import type { JournalTold } from './journal-told.ts';
import { type AnyRecord, isRecord } from './records.ts';

/** The numbers in a message; `undefined` where there are none. */
export function ownNumbers(message: unknown): Readonly<Record<string, number>> | undefined {
  if (!isRecord(message)) return undefined;
  const numbers = Object.entries(message).filter((part): part is [string, number] => typeof part[1] === 'number');
  return numbers.length === 0 || 'ranking' in message ? undefined : Object.fromEntries(numbers);
}

/** The numbers of a message, to be moved: all else of it stays. */
export function Sliders({
  told,
  message,
  instead,
  onInstead,
}: {
  readonly told: JournalTold;
  readonly message: AnyRecord;
  readonly instead: AnyRecord;
  readonly onInstead: (message: AnyRecord) => void;
}): JSX.Element {
  return (
    <>
      {Object.keys(ownNumbers(message) ?? {}).map((name) => {
        const value = Number(instead[name]);
        const most = roundAbove(told, name);
        return (
          <label key={name}>
            <span>Had your {keyInWords(name)} been</span>
            <input
              type="range"
              min={0}
              max={most}
              step={most / 100}
              value={value}
              onInput={({ currentTarget }) => onInstead({ ...instead, [name]: Number(currentTarget.value) })}
            />
            <output>{valueInWords(value)}</output>
          </label>
        );
      })}
    </>
  );
}

/** A number above all that were said, of which a hundredth is round. */
function roundAbove({ messages }: JournalTold, name: string): number {
  const said = messages.map(({ message }) => (isRecord(message) ? Number(message[name]) : 0)).filter(Number.isFinite);
  const highest = Math.max(1, ...said) * 1.25;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}
