import type { JSX } from 'preact';
import { scrolled } from '../scrolled.ts';
import { valueInWords } from './in-words.ts';
import type { AnyRecord } from './records.ts';

/** Who led at which price, from a moment on. */
type Standing = readonly [at: number, agent: string, price: number];

/** Who led when, where an outcome tells it: milliseconds since the opening, whoever led, and the price that stood. */
export function standingsIn({ history }: AnyRecord): readonly Standing[] | undefined {
  const isStanding = (step: unknown): step is Standing =>
    Array.isArray(step) &&
    step.length === 3 &&
    typeof step[0] === 'number' &&
    typeof step[1] === 'string' &&
    typeof step[2] === 'number';
  return Array.isArray(history) && history.length > 0 && history.every(isStanding) ? history : undefined;
}

/** How an auction of a while went: who led from when on, and at what price. */
export function HowItWent({ standings }: { readonly standings: readonly Standing[] }): JSX.Element {
  return (
    <div class="went" {...scrolled}>
      <table>
        <caption class="unseen">How it went</caption>
        <thead>
          <tr>
            <th scope="col">after</th>
            <th scope="col">leads</th>
            <th scope="col">at</th>
          </tr>
        </thead>
        <tbody>
          {standings.toReversed().map(([at, agent, price]) => (
            <tr key={`${at} ${agent} ${price}`}>
              <td>{sinceOpening(at)}</td>
              <td>{agent}</td>
              <td>{valueInWords(price)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sinceOpening(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
