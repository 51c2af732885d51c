import { type Client, connect, type Receipt } from '@mechane/client';
import { compactJson } from '../compact-json.ts';
import { place as adminPlace } from '../live/operator.tsx';
import { seatKept } from '../live/seat-kept.ts';
import { canVerify, serviceHere } from '../live/service.ts';
import type { Evidence } from './evidence.ts';

/** What a service gave. */
export interface Given extends Partial<Pick<Evidence, 'key' | 'journal'>> {
  /** What it did not give, and why. */
  readonly problem?: string;
}

/** So often is a service tried: somebody has pressed a button, and waits. */
const tries = 3;

/**
 * What a service publishes that a receipt can be held against: its key, and the journal once the session is closed. Who took part in this tab, or
 * holds the session, gets what it alone may see. Nothing but the name of the session is told to the service.
 */
export async function givenBy(url: string, receipt: Receipt): Promise<Given> {
  const isHere = url === serviceHere()?.url;
  const adminToken = isHere ? sessionStorage.getItem(adminPlace) : null;
  const client = connect(url, { tries, verify: canVerify(), ...(adminToken === null ? {} : { adminToken }) });
  const seat = isHere && adminToken === null ? seatKept(receipt.session) : undefined;
  const given: { key?: string; journal?: string } = {};
  try {
    given.key = compactJson(await client.receiptKey());
    given.journal = await journalBy(client, receipt, seat);
    return given;
  } catch (error) {
    return { ...given, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The journal; or the proof of this message alone, which whoever said it has while the session is open. */
async function journalBy(client: Client, receipt: Receipt, token: string | undefined): Promise<string> {
  if (token === undefined) return client.journal(receipt.session);
  const seat = client.seat(token);
  const { status } = await seat.view();
  return status === 'open' ? compactJson(await seat.prove(receipt)) : seat.journal();
}
