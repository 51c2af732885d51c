import type { JSX } from 'preact';

/** Under work. */
export function MechanismRoom(): JSX.Element {
  return <h1>MechanismRoom</h1>;
}
