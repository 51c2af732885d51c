import { badLine, brokenChain } from '../errors.ts';
import { validate } from '../input/validate.ts';
import { canonicalJson } from './canonical-json.ts';
import { endOf, type Journal, type JournalEntry, type JournalSink, type Seal } from './journal.ts';
import { entriesOfLine, lineOfFormat1 } from './journal-format-1.ts';
import { misplaced, readEntry } from './read-journal.ts';
import { fromHex, sha256, toHex } from './sha256.ts';
import type { SignReceipt } from './signed-receipt.ts';

/** Where a chain of lines stands: the hash of the last, in hexadecimal; empty before the first. */
export type ChainHead = string;

const start: ChainHead = '';

/**
 * How a journal is written.
 *
 * @category Journals
 */
export interface WriterOptions {
  /** Signs what receipts say: see `signingWith`. The signatures stand in the lines, too. */
  readonly sign?: SignReceipt | undefined;
  /** What the run is called, where one is resumed whose receipts are signed; a run that begins says it itself. */
  readonly run?: string | undefined;
}

/**
 * A journal in lines.
 *
 * @category Journals
 */
export interface JournalWriter extends JournalSink {
  readonly head: ChainHead;
}

/**
 * Writes a run down line by line. Each line is an entry with a salt and a hash: the SHA-256 of the hash before it and of the entry's leaf,
 * which is the SHA-256 of salt and entry (as canonical JSON, RFC 8785). So an edited, reordered or missing line shows, and the last hash can
 * be published without giving any entry away.
 *
 * @param append stores whole lines, newlines included: one, or all that came while it was storing those before. Where it gives a promise,
 * whoever waits for an entry waits for it: what has to outlive a crash is for it to sync. After one that failed it is not called again.
 * @param head where the chain stands, when a run is resumed
 * @category Journals
 */
export function journalWriter(
  append: (lines: string) => void | Promise<void>,
  head: ChainHead = start,
  options: WriterOptions = {},
): JournalWriter {
  return new ChainWriter(append, head, options);
}

/** A line that waits to be stored. */
interface WaitingLine {
  readonly entry: JournalEntry;
  readonly salt: Uint8Array;
  readonly hash: string;
  readonly resolve: (seal: Seal) => void;
  readonly reject: (cause: unknown) => void;
}

class ChainWriter implements JournalWriter {
  head: ChainHead;
  readonly #store: (lines: string) => void | Promise<void>;
  readonly #sign: SignReceipt | undefined;
  #run: string | undefined;
  #isNew = true;
  #waiting: WaitingLine[] = [];
  #isStoring = false;
  #failure: { readonly cause: unknown } | undefined;

  constructor(store: (lines: string) => void | Promise<void>, head: ChainHead, { sign, run }: WriterOptions) {
    this.#store = store;
    this.head = head;
    this.#sign = sign;
    this.#run = run;
  }

  append(entry: JournalEntry): Promise<Seal> {
    if (this.#isNew) this.#begin(entry);
    // Written now: whatever the mechanism does to a message afterwards.
    const kept = JSON.parse(JSON.stringify(entry)) as JournalEntry;
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const hash = hashAfter(this.head, leafOf(salt, kept));
    this.head = hash;
    const stored = new Promise<Seal>((resolve, reject) => {
      this.#waiting.push({ entry: kept, salt, hash, resolve, reject });
    });
    // Whoever waits for the entry hears of the failure; in a run that waits for nothing, nobody does.
    stored.catch(() => {});
    if (!this.#isStoring) void this.#storeAll();
    return stored;
  }

  /** A chain begins where its run does, and nowhere else. */
  #begin(entry: JournalEntry): void {
    const opens = entry.kind === 'opened';
    if (opens && this.head !== start) throw brokenChain('a run is opened where the journal of another has begun');
    if (!opens && this.head === start) throw brokenChain('the chain of hashes would begin anew in the middle of a run');
    if (opens) this.#run = entry.run;
    if (this.#sign && this.#run === undefined) throw brokenChain('receipts are to be signed, and the run has no name');
    this.#isNew = false;
  }

  /** Stores what waits, all of it at once, until nothing does; after something that could not be stored, nothing. */
  async #storeAll(): Promise<void> {
    this.#isStoring = true;
    // What is said in the same turn is stored together.
    await undefined;
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure) throw this.#failure.cause;
        const seals = await this.#sealed(lines);
        const stored = this.#store(lines.map((line, index) => lineOf(line, seals[index] as Seal)).join(''));
        if (stored) await stored;
        lines.forEach(({ resolve }, index) => {
          resolve(seals[index] as Seal);
        });
      } catch (cause) {
        this.#failure ??= { cause };
        for (const { reject } of lines) reject(cause);
      }
    }
    this.#isStoring = false;
  }

  async #sealed(lines: readonly WaitingLine[]): Promise<readonly Seal[]> {
    const [sign, session] = [this.#sign, this.#run];
    if (sign === undefined || session === undefined) return lines.map(({ hash }) => ({ hash }));
    return Promise.all(
      lines.map(async ({ entry: { seq, at }, hash }) => ({ hash, signature: await sign({ session, seq, at, hash }) })),
    );
  }
}

function lineOf({ entry, salt }: WaitingLine, { hash, signature }: Seal): string {
  const seal = signature === undefined ? { hash } : { hash, signature };
  return `${JSON.stringify({ ...entry, salt: toHex(salt), ...seal })}\n`;
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
 * @throws MechaneError `invalid-journal` with the number of the first line that is edited, out of order or no journal line, or that follows the
 * end of the run, torn or whole.
 * @category Journals
 */
export async function readJournalLines(text: string): Promise<ReadLines> {
  const { lines, torn } = linesIn(text);
  let head = start;
  const entries: JournalEntry[] = [];
  const seals: Seal[] = [];
  for (const [index, text] of lines.entries()) {
    const line = readLine(text, index + 1);
    if (line.content === undefined) throw badLine(index + 1, 'this line hides its entry, so that nobody can play it');
    if (line.seal.hash !== nextHash(head, line))
      throw badLine(index + 1, 'this line, or the one before it, was changed');
    head = line.seal.hash;
    for (const entry of entriesIn(line.content, line.salt, entries.length, index)) {
      const flaw = misplaced(entry, entries.length, entries);
      if (flaw !== undefined) throw badLine(index + 1, flaw);
      entries.push(entry);
      seals.push(line.seal);
    }
  }
  if (entries.length === 0) throw badLine(1, 'the journal does not begin');
  const closed = endOf({ entries }) !== undefined;
  if (torn !== '' && closed) throw badLine(lines.length + 1, 'a torn line follows the end of the run');
  return { journal: { entries, seals }, closed, head, soundLength: text.length - torn.length };
}

/** Where the chain stands after a line, of either format. */
export function nextHash(head: ChainHead, { leaf, content }: Line): ChainHead {
  return leaf === undefined ? hashOfFormat1(head, content ?? {}) : hashAfter(head, leaf);
}

/** Lines of the first format have no salt, and one of them may stand for several entries. */
function entriesIn(content: object, salt: unknown, seq: number, index: number): readonly JournalEntry[] {
  const path = ['journal', 'lines', index];
  if (salt !== undefined) return [readEntry(content, path)];
  return entriesOfLine(validate(lineOfFormat1, content, 'invalid-journal', path), seq);
}

/** A line of a journal, its hash not yet compared with those before. */
export interface Line {
  /** The entry; `undefined` where it is hidden. */
  readonly content: object | undefined;
  readonly salt: string | undefined;
  /** The hash of salt and entry; `undefined` in lines of the first format, which have none. */
  readonly leaf: Uint8Array | undefined;
  readonly seal: Seal;
}

/** The lines of a journal, and what a crash has left of one more. */
export function linesIn(text: string): { readonly lines: readonly string[]; readonly torn: string } {
  const lines = text.split('\n');
  const torn = lines.pop() as string;
  return { lines, torn };
}

export function readLine(line: string, number: number): Line {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch (cause) {
    throw badLine(number, 'this line is no JSON', cause);
  }
  if (typeof read !== 'object' || read === null || !('hash' in read) || typeof read.hash !== 'string') {
    throw badLine(number, 'this line has no hash');
  }
  const { hash, signature, salt, leaf, ...content } = read as Readonly<Record<string, unknown>> & { hash: string };
  const seal = typeof signature === 'string' ? { hash, signature } : { hash };
  if (leaf !== undefined) {
    if (!isHex(leaf, 32)) throw badLine(number, 'the leaf is no 32 bytes');
    return { content: undefined, salt: undefined, leaf: fromHex(leaf), seal };
  }
  if (salt === undefined) return { content, salt, leaf: undefined, seal };
  if (!isHex(salt, 16)) throw badLine(number, 'the salt is no 16 bytes');
  return { content, salt, leaf: leafOf(fromHex(salt), content), seal };
}

function isHex(text: unknown, bytes: number): text is string {
  return typeof text === 'string' && text.length === bytes * 2 && /^[0-9a-f]*$/.test(text);
}

const utf8 = new TextEncoder();

/** The leaf of an entry: the SHA-256 of its salt and of it as canonical JSON. */
export function leafOf(salt: Uint8Array, entry: object): Uint8Array {
  return sha256(salt, utf8.encode(canonicalJson(entry)));
}

/** Where the chain stands after an entry with this leaf. */
export function hashAfter(previous: ChainHead, leaf: Uint8Array): ChainHead {
  return toHex(sha256(fromHex(previous), leaf));
}

function hashOfFormat1(previous: ChainHead, content: object): ChainHead {
  return toHex(sha256(utf8.encode(`${previous}\n${JSON.stringify(content)}`)));
}
