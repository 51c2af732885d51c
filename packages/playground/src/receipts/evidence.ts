import { isSound, type JournalProof, type Receipt, readReceipt } from '@mechane/core';
import * as z from 'zod';
import { notAProof, notJson } from './errors.ts';

/** What somebody has to hold a receipt against, as it was pasted: nothing where it is empty. */
export interface Evidence {
  /** The receipt itself, as JSON. */
  readonly receipt: string;
  /** The lines of a journal, or the proof of one entry as JSON. */
  readonly journal: string;
  /** The public key of the house: a JSON Web Key, or a PEM block. */
  readonly key: string;
  /** A hash that was published, in hexadecimal. */
  readonly head: string;
}

export const nothing: Evidence = { receipt: '', journal: '', key: '', head: '' };

/** A receipt of a journal that has a chain of hashes. */
export type ReadReceipt = Receipt & { readonly hash: string };

/**
 * The receipt in what was pasted.
 *
 * @throws MechaneError `invalid-receipt`.
 */
export function receiptIn(text: string): ReadReceipt {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw notJson(cause);
  }
  return readReceipt(read);
}

/** The proof of an entry that says what its number is, and when it was taken down. */
export type EntryProof = JournalProof & { readonly entry: { readonly seq: number; readonly at: number } };

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const proofSchema: z.ZodType<EntryProof> = z.object({
  entry: z.looseObject({ seq: z.int(), at: z.number() }),
  salt: hex(16),
  previous: z.union([z.literal(''), hex(32)]),
  leaves: z.array(hex(32)),
  head: hex(32),
});

/**
 * The proof in what was pasted; `undefined` where it is the lines of a journal.
 *
 * @throws MechaneError `invalid-proof` where it is neither.
 */
export function proofIn(text: string): EntryProof | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    // Lines of JSON are no JSON; what is wrong with one of them is said where they are read.
    if (text.trimStart().startsWith('{')) return undefined;
    throw notAProof();
  }
  if (isOneLine(read)) return undefined;
  const { success, data } = proofSchema.safeParse(read);
  if (!success) throw notAProof();
  return data;
}

/** Whether it is a journal of a single line, which has a hash of its own. */
function isOneLine(read: unknown): boolean {
  return typeof read === 'object' && read !== null && 'hash' in read;
}

/** Whether a proof begins with the entry of a hash, and leads to its head. */
export function provesHash(proof: EntryProof, hash: string): boolean {
  return isSound({ ...proof, leaves: [], head: hash }) && isSound(proof);
}
