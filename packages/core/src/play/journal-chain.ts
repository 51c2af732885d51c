import { badLine } from '../errors.ts';
import { validate } from '../input/validate.ts';
import { canonicalJson } from './canonical-json.ts';
import { endOf, type Journal, type JournalEntry, type JournalSink } from './journal.ts';
import { entriesOfLine, lineOfFormat1 } from './journal-format-1.ts';
import { misplaced, readEntry } from './read-journal.ts';

/** Where a chain of lines stands: the hash of the last, in hexadecimal; empty before the first. */
export type ChainHead = string;

const start: ChainHead = '';

/**
 * Writes a run down line by line. Each line is an entry with a salt and a hash: the SHA-256 of the hash before it and of the entry's leaf,
 * which is the SHA-256 of salt and entry (as canonical JSON, RFC 8785). So an edited, reordered or missing line shows, and the last hash can
 * be published without giving any entry away.
 *
 * @param append stores one line, its newline included. Where it gives a promise, whoever waits for the entry waits for it: what has to outlive
 * a crash is for it to sync.
 * @param head where the chain stands, when a run is resumed
 * @category Journals
 */
export function journalWriter(append: (line: string) => void | Promise<void>, head: ChainHead = start): JournalSink {
  let previous = head;
  let last: Promise<unknown> = Promise.resolve();
  const write = async (text: string, entry: JournalEntry): Promise<{ hash: string }> => {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const hash = await hashAfter(previous, salt, text);
    await append(`${JSON.stringify({ ...entry, salt: toHex(salt), hash })}\n`);
    previous = hash;
    return { hash };
  };
  return {
    append(entry) {
      // Written now: whatever the mechanism does to a message afterwards.
      const kept = JSON.parse(JSON.stringify(entry)) as JournalEntry;
      const text = canonicalJson(kept);
      // One after the other; after one that could not be stored, none.
      const written = last.then(() => write(text, kept));
      last = written;
      // Whoever waits for the entry hears of the failure; in a run that waits for nothing, nobody does.
      written.catch(() => {});
      return written;
    },
  };
}

/**
 * What stands in a journal's lines.
 *
 * @category Journals
 */
export interface ReadLines {
  readonly journal: Journal;
  /** Whether the run has ended. */
  readonly closed: boolean;
  readonly head: ChainHead;
  /** How much of the text is sound, in UTF-16 code units: a torn last line is left out. */
  readonly soundLength: number;
}

/**
 * Reads what {@link journalWriter} wrote, up to a last line that a crash has torn; lines of the first format too.
 *
 * @throws MechaneError `invalid-journal` with the number of the first line that is edited, out of order or no journal line.
 * @category Journals
 */
export async function readJournalLines(text: string): Promise<ReadLines> {
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  let head = start;
  const entries: JournalEntry[] = [];
  for (const [index, line] of lines.entries()) {
    const { hash, content, salt } = readLine(line, index + 1);
    const wanted =
      salt === undefined ? await hashOfFormat1(head, content) : await hashAfter(head, salt, canonicalJson(content));
    if (hash !== wanted) throw badLine(index + 1, 'this line, or the one before it, was changed');
    head = hash;
    for (const entry of entriesIn(content, salt, entries.length, index)) {
      const flaw = misplaced(entry, entries.length, entries);
      if (flaw !== undefined) throw badLine(index + 1, flaw);
      entries.push(entry);
    }
  }
  if (entries.length === 0) throw badLine(1, 'the journal does not begin');
  const journal = { entries };
  return { journal, closed: endOf(journal) !== undefined, head, soundLength: text.length - torn.length };
}

/** Lines of the first format have no salt, and one of them may stand for several entries. */
function entriesIn(content: object, salt: unknown, seq: number, index: number): readonly JournalEntry[] {
  const path = ['journal', 'lines', index];
  if (salt !== undefined) return [readEntry(content, path)];
  return entriesOfLine(validate(lineOfFormat1, content, 'invalid-journal', path), seq);
}

interface Line {
  readonly content: object;
  readonly salt: Uint8Array<ArrayBuffer> | undefined;
  readonly hash: string;
}

function readLine(line: string, number: number): Line {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch (cause) {
    throw badLine(number, 'this line is no JSON', cause);
  }
  if (typeof read !== 'object' || read === null || !('hash' in read) || typeof read.hash !== 'string') {
    throw badLine(number, 'this line has no hash');
  }
  const { hash, salt, ...content } = read as { hash: string; salt?: unknown };
  if (salt === undefined) return { content, salt, hash };
  if (typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt)) throw badLine(number, 'the salt is no 16 bytes');
  return { content, salt: fromHex(salt), hash };
}

async function hashAfter(previous: ChainHead, salt: Uint8Array<ArrayBuffer>, text: string): Promise<ChainHead> {
  const leaf = await sha256(joined(salt, new TextEncoder().encode(text)));
  return toHex(await sha256(joined(fromHex(previous), leaf)));
}

async function hashOfFormat1(previous: ChainHead, content: object): Promise<ChainHead> {
  return toHex(await sha256(new TextEncoder().encode(`${previous}\n${JSON.stringify(content)}`)));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
