import type { Made } from '@mechane/client';

/** Keeps the links of a session until this tab is closed: a service tells them once. */
export function keepMade(made: Made): void {
  sessionStorage.setItem(`made ${made.id}`, JSON.stringify(made));
}

/** What was kept of a session; `undefined` where it was made elsewhere. */
export function keptMade(session: string): Made | undefined {
  const kept = sessionStorage.getItem(`made ${session}`);
  return kept === null ? undefined : (JSON.parse(kept) as Made);
}
