import type { JSX } from 'preact';
import { valueInWords } from './in-words.ts';
import type { AnyRecord } from './records.ts';

/** Who is matched with whom. */
export function Matches({ matches }: { readonly matches: AnyRecord }): JSX.Element {
  return (
    <dl class="who">
      {Object.entries(matches).map(([agent, others]) => (
        <div key={agent}>
          <dt>{agent}</dt>
          <dd>{Array.isArray(others) && others.length === 0 ? 'nobody' : valueInWords(others)}</dd>
        </div>
      ))}
    </dl>
  );
}
