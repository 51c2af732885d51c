import type { Client, Made, Making } from '@mechane/client';
import { randomName } from './random-name.ts';

/** A request by which a session was made. Asked for again under its key, a service tells the links again: no link has to be kept. */
interface Kept {
  readonly making: Making;
  readonly key: string;
}

function placeOf(session: string): string {
  return `made ${session}`;
}

/** Makes a session, and keeps in this browser by which request. */
export async function makeSession(client: Client, making: Making): Promise<Made> {
  const key = randomName();
  const made = await client.create(making, key);
  localStorage.setItem(placeOf(made.id), JSON.stringify({ making, key } satisfies Kept));
  return made;
}

/** The links of a session, told anew by the service; `undefined` where it was not made in this browser. */
export async function madeAgain(client: Client, session: string): Promise<Made | undefined> {
  const kept = localStorage.getItem(placeOf(session));
  if (kept === null) return undefined;
  const { making, key } = JSON.parse(kept) as Kept;
  const made = await client.create(making, key);
  // Another service may have stood at this address.
  return made.id === session ? made : undefined;
}
