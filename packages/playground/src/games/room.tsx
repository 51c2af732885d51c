import type { JSX } from 'preact';

/** Under work. */
export function GamesRoom(): JSX.Element {
  return <h1>GamesRoom</h1>;
}
