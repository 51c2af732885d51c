import { valueInWords } from '../live/in-words.ts';
import type { AnyRecord } from '../live/records.ts';
import type { EntryProof } from './evidence.ts';

/** A receipt, as far as a sentence needs it. */
interface Stamped {
  readonly session?: string;
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
}

/** What a receipt claims. */
export function claimOf({ session, seq, at, hash }: Stamped): string {
  const where = session === undefined ? '' : ` of the session “${session}”`;
  return `It claims: entry ${seq}${where}, taken down on ${momentInWords(at)}, is sealed by ${beginningOf(hash)}`;
}

/** Where the message of a receipt stands in a journal, and what it says where that is shown. */
export function placed({ seq }: Stamped, entry: AnyRecord | undefined, head: string): string {
  const told = entry === undefined ? 'though the journal hides what it says' : contentOf(entry);
  return `The message stands in the journal as entry ${seq}, under the head ${beginningOf(head)}: ${told}.`;
}

export function placedByProof({ entry, leaves, head }: EntryProof): string {
  const after = leaves.length === 1 ? '1 entry' : `${leaves.length} entries`;
  return `The message stands in a journal as entry ${entry.seq}, ${after} before the head ${beginningOf(head)}: ${contentOf(entry)}.`;
}

function contentOf({ kind, agent, round, message }: AnyRecord): string {
  const when = typeof round === 'number' ? `in round ${round}, ` : '';
  if (kind === 'withdrawn') return `${when}${String(agent)} took back what it had said`;
  if (kind === 'message') return `${when}${String(agent)} said ${valueInWords(message)}`;
  return `it tells that the session was ${String(kind).replaceAll('-', ' ')}`;
}

/** How many lines a journal has. */
export function linesOf(journal: string): string {
  const count = journal.trim().split('\n').length;
  return count === 1 ? '1 line' : `${count} lines`;
}

/** The hash of the last line of a journal that is whole. */
export function headOf(journal: string): string {
  return (JSON.parse(journal.trim().split('\n').at(-1) ?? '{}') as { readonly hash: string }).hash;
}

function beginningOf(hash: string): string {
  return `${hash.slice(0, 12)}…`;
}

function momentInWords(at: number): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return 'a day that no calendar has';
  return moment.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'medium' });
}
