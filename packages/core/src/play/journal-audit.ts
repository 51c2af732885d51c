import * as z from 'zod';
import type { AgentId } from '../contract/agent.ts';
import { quote } from '../contract/mechane-error.ts';
import { badLine, badReceipt, headNotReached, notSignedBy } from '../errors.ts';
import { validate } from '../input/validate.ts';
import type { Receipt } from './journal.ts';
import { type ChainHead, hashAfter, type Line, leafOf, linesIn, nextHash, readLine } from './journal-chain.ts';
import { fromHex, toHex } from './sha256.ts';
import { isSignedBy } from './signed-receipt.ts';

/**
 * That an entry stands in a journal: its salt, the hash of the chain before it, and the leaves of the entries after it, which lead to the
 * head. It shows nothing of the others.
 *
 * @category Journals
 */
export interface JournalProof {
  readonly entry: object;
  /** In hexadecimal, as all that follows. */
  readonly salt: string;
  readonly previous: string;
  readonly leaves: readonly string[];
  readonly head: string;
}

/**
 * What a journal has to agree with.
 *
 * @category Journals
 */
export interface JournalEvidence {
  /** A hash that was published: the chain has to pass through it. */
  readonly head?: string | undefined;
  /** The key with which each entry, and the receipt, has to be signed. */
  readonly key?: CryptoKey | undefined;
  /** A receipt: its message has to be in the journal. */
  readonly receipt?: unknown;
}

/**
 * Holds a journal's lines to what somebody has kept outside: refuses those that were edited, cut, reordered or written anew. Entries may be hidden,
 * as {@link disclosedTo} hides them.
 *
 * @returns the proof that the message of the receipt is in, where there is a receipt whose entry is shown.
 * @throws MechaneError `invalid-journal` with the line, or `invalid-receipt`.
 * @category Journals
 */
export async function auditJournal(
  text: string,
  { head, key, receipt }: JournalEvidence,
): Promise<JournalProof | undefined> {
  const lines = chainOf(text);
  if (head !== undefined && !lines.some(({ seal }) => seal.hash === head)) throw headNotReached(head);
  const kept = receipt === undefined ? undefined : readReceipt(receipt);
  if (key) await refuseUnsigned(lines, key);
  if (kept === undefined) return undefined;
  const line = lines.find(({ seal }) => seal.hash === kept.hash);
  const content = line?.content as
    | { readonly seq?: unknown; readonly at?: unknown; readonly run?: unknown }
    | undefined;
  if (line === undefined) throw badReceipt('the journal has no entry with the hash of this receipt');
  const { run } = (lines[0]?.content ?? {}) as { readonly run?: string };
  if (kept.session !== undefined && run !== undefined && kept.session !== run)
    throw badReceipt(`it is of the session ${quote(kept.session)}, and the journal is of ${quote(run)}`);
  if (content && (content.seq !== kept.seq || content.at !== kept.at)) {
    throw badReceipt('the entry with the hash of this receipt has another number or another time');
  }
  if (key) await refuseForged(kept, key);
  return content && proofIn(lines, lines.indexOf(line));
}

/**
 * Whether a proof leads from its entry to its head.
 *
 * @category Journals
 */
export function isSound({ entry, salt, previous, leaves, head }: JournalProof): boolean {
  let hash: ChainHead = hashAfter(previous, leafOf(fromHex(salt), entry));
  for (const leaf of leaves) hash = hashAfter(hash, fromHex(leaf));
  return hash === head;
}

/**
 * A journal as one of those who took part may see it once the run has ended: what is public and what it said itself, and leaves in the place of
 * the rest. The hashes still lead to the same head.
 *
 * @throws MechaneError `invalid-journal` for a journal of the first format in which somebody has said something: its rounds cannot be hidden.
 * @category Journals
 */
export function disclosedTo(text: string, agent: AgentId | undefined): string {
  const { lines } = linesIn(text);
  return lines
    .map((line, index) => `${isSeenBy(agent, readLine(line, index + 1)) ? line : hidden(line, index)}\n`)
    .join('');
}

/** What agents say; in the first format, a round is what all have said in it. */
const sealedKinds: ReadonlySet<string | undefined> = new Set(['message', 'withdrawn', 'round']);

function isSeenBy(agent: AgentId | undefined, { content }: Line): boolean {
  const { kind, agent: of } = (content ?? {}) as { readonly kind?: string; readonly agent?: AgentId };
  return !sealedKinds.has(kind) || (agent !== undefined && of === agent);
}

function hidden(line: string, index: number): string {
  const { leaf, seal } = readLine(line, index + 1);
  if (leaf === undefined) throw badLine(index + 1, 'lines of the first format cannot be hidden');
  return JSON.stringify({ seq: index, leaf: toHex(leaf), hash: seal.hash });
}

function chainOf(text: string): readonly Line[] {
  const { lines: texts } = linesIn(text);
  let head: ChainHead = '';
  const lines = texts.map((each, index) => {
    const line = readLine(each, index + 1);
    if (line.seal.hash !== nextHash(head, line))
      throw badLine(index + 1, 'this line, or the one before it, was changed');
    head = line.seal.hash;
    return line;
  });
  if (lines.length === 0) throw badLine(1, 'the journal does not begin');
  return lines;
}

function proofIn(lines: readonly Line[], at: number): JournalProof {
  const { content = {}, salt } = lines[at] as Line;
  const after = lines.slice(at + 1);
  if (salt === undefined || after.some(({ leaf }) => leaf === undefined)) {
    throw badLine(at + 1, 'lines of the first format prove nothing without the others');
  }
  return {
    entry: content,
    salt,
    previous: lines[at - 1]?.seal.hash ?? '',
    leaves: after.map(({ leaf }) => toHex(leaf as Uint8Array)),
    head: lines.at(-1)?.seal.hash ?? '',
  };
}

async function refuseUnsigned(lines: readonly Line[], key: CryptoKey): Promise<void> {
  const { run } = (lines[0]?.content ?? {}) as { readonly run?: string };
  for (const [index, { content, seal }] of lines.entries()) {
    if (content === undefined) continue;
    const { seq, at } = content as { readonly seq: number; readonly at: number };
    const { hash, signature } = seal;
    const isSigned =
      run !== undefined &&
      signature !== undefined &&
      (await isSignedBy(key, { session: run, seq, at, hash, signature }));
    if (!isSigned) throw badLine(index + 1, 'this line is not signed with this key');
  }
}

async function refuseForged({ session, seq, at, hash, signature }: Kept, key: CryptoKey): Promise<void> {
  const isSigned =
    session !== undefined && signature !== undefined && (await isSignedBy(key, { session, seq, at, hash, signature }));
  if (!isSigned) throw notSignedBy();
}

/** A receipt of a journal that has a chain of hashes. */
type Kept = Receipt & { readonly hash: string };

const receiptSchema: z.ZodType<Kept> = z.object({
  session: z.string().exactOptional(),
  seq: z.int().nonnegative(),
  at: z.number(),
  hash: z.string(),
  signature: z.string().exactOptional(),
});

/**
 * Reads what claims to be a receipt, or what a service wraps around one. It says nothing of whether the receipt is true: that is what
 * {@link auditJournal} and `isSignedBy` are for.
 *
 * @throws MechaneError `invalid-receipt` with the path of what is missing.
 * @category Journals
 */
export function readReceipt(given: unknown): Receipt & { readonly hash: string } {
  const isWrapped = typeof given === 'object' && given !== null && 'receipt' in given;
  return validate(receiptSchema, isWrapped ? given.receipt : given, 'invalid-receipt', ['receipt']);
}
