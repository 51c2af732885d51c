import {
  type AgentId,
  auditJournal,
  type JournalEntry,
  type JournalProof,
  type Receipt,
  type Seal,
} from '@mechane/core';
import { canonicalJson } from '@mechane/core/host';
import { keyReused, notYourMessage, unknownReceipt } from '../errors.ts';
import { journalText } from './hosted-session.ts';

type Line = JournalEntry & Seal;

/**
 * The receipt of what an agent has said under a key in a session that has ended.
 *
 * @param message as the mechanism reads it, which is what the journal has
 * @throws MechaneError `key-reused` where it has said something else.
 */
export function pastReceipt(
  session: string,
  lines: readonly string[],
  agent: AgentId,
  key: string,
  message: unknown,
): Receipt | undefined {
  for (const text of lines) {
    const line = JSON.parse(text) as Line;
    if (line.kind !== 'message' || line.agent !== agent || line.key !== key) continue;
    if (canonicalJson(line.message) !== canonicalJson(message)) throw keyReused(key);
    const { seq, at, hash, signature } = line;
    return { session, seq, at, hash, ...(signature === undefined ? {} : { signature }) };
  }
  return undefined;
}

/**
 * The proof that a message of an agent stands in the journal: see {@link JournalProof}.
 *
 * @throws MechaneError `unknown-receipt`, or `not-yours`.
 */
export async function proofOf(lines: readonly string[], seq: number, agent: AgentId): Promise<JournalProof> {
  const text = lines[seq];
  if (text === undefined) throw unknownReceipt(seq);
  const line = JSON.parse(text) as Line;
  if (line.kind !== 'message' && line.kind !== 'withdrawn') throw unknownReceipt(seq);
  if (line.agent !== agent) throw notYourMessage(seq);
  const { at, hash } = line;
  return (await auditJournal(journalText(lines), { receipt: { seq, at, hash } })) as JournalProof;
}
