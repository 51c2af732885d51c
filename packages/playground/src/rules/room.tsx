import type { JSX } from 'preact';

/** Under work. */
export function RulesRoom(): JSX.Element {
  return <h1>RulesRoom</h1>;
}
