import { MechaneError } from '../errors.ts';
import type { Journal, JournalHeader, JournalRound, JournalSink } from './journal.ts';
import { readJournal } from './journal.ts';

/** A line of a journal on disk, before it is sealed. */
type Entry =
  | ({ readonly kind: 'opened' } & JournalHeader)
  | ({ readonly kind: 'round' } & JournalRound)
  | { readonly kind: 'closed'; readonly outcome: unknown };

/** Where a chain of lines stands: the hash of the last. */
export type ChainHead = string;

const start: ChainHead = '';

/**
 * Writes a run down line by line, each sealed with the SHA-256 of itself and the line before, so that an edited, reordered or
 * missing line shows. The next round waits until `append` has resolved: what it must outlive is for the caller to sync.
 *
 * @param append stores one line, its newline included
 * @param head where the chain stands, when a run is resumed
 */
export function journalWriter(append: (line: string) => void | Promise<void>, head: ChainHead = start): JournalSink {
  let previous = head;
  const write = async (entry: Entry): Promise<void> => {
    previous = await hashOf(previous, entry);
    await append(`${JSON.stringify({ ...entry, hash: previous })}\n`);
  };
  return {
    open: (header) => write({ kind: 'opened', ...header }),
    round: (round) => write({ kind: 'round', ...round }),
    close: (outcome) => write({ kind: 'closed', outcome }),
  };
}

/** What stands in a journal's lines. */
export interface ReadLines {
  readonly journal: Journal;
  /** Whether the run has ended. */
  readonly closed: boolean;
  readonly head: ChainHead;
  /** How much of the text is sound, in UTF-16 code units: a torn last line is left out. */
  readonly soundLength: number;
}

/**
 * Reads what {@link journalWriter} wrote, up to a last line that a crash has torn.
 *
 * @throws MechaneError `invalid-journal` with the number of the first line that is edited, out of order or no journal line.
 */
export async function readJournalLines(text: string): Promise<ReadLines> {
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  let head = start;
  let header: JournalHeader | undefined;
  let ending: { outcome?: unknown } | undefined;
  const rounds: JournalRound[] = [];
  for (const [index, line] of lines.entries()) {
    const { entry, hash } = readLine(line, index + 1);
    if (hash !== (await hashOf(head, entry))) throw badLine(index + 1, 'this line, or the one before it, was changed');
    head = hash;
    const { kind, ...content } = entry;
    if (ending) throw badLine(index + 1, 'the run had ended before this line');
    if ((kind === 'opened') !== (index === 0)) throw badLine(index + 1, `a line of kind "${kind}" cannot stand here`);
    if (kind === 'opened') header = content as JournalHeader;
    else if (kind === 'round') rounds.push(content as JournalRound);
    else ending = { outcome: entry.outcome };
  }
  if (!header) throw badLine(1, 'the journal does not begin');
  const journal = readJournal({ ...header, rounds, ...ending });
  return { journal, closed: ending !== undefined, head, soundLength: text.length - torn.length };
}

function readLine(line: string, number: number): { entry: Entry; hash: string } {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch (cause) {
    throw badLine(number, 'this line is no JSON', cause);
  }
  if (typeof read !== 'object' || read === null || !('hash' in read) || typeof read.hash !== 'string') {
    throw badLine(number, 'this line has no hash');
  }
  const { hash, ...entry } = read;
  return { entry: entry as Entry, hash: hash as string };
}

function badLine(number: number, problem: string, cause?: unknown): MechaneError<'invalid-journal'> {
  return new MechaneError('invalid-journal', {
    problem: `line ${number}: ${problem}`,
    path: ['journal', 'lines', number - 1],
    fix: 'restore the journal from a copy; nothing after the last sound line can be trusted',
    cause,
  });
}

async function hashOf(previous: ChainHead, entry: Entry): Promise<string> {
  const bytes = new TextEncoder().encode(`${previous}\n${JSON.stringify(entry)}`);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
