import type { JSX } from 'preact';

/** Under work. */
export function SimulationRoom(): JSX.Element {
  return <h1>SimulationRoom</h1>;
}
