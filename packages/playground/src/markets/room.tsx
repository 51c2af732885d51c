import type { JSX } from 'preact';

/** Under work. */
export function MarketsRoom(): JSX.Element {
  return <h1>MarketsRoom</h1>;
}
