import { auditJournal, isSignedBy, publicKeyIn } from '@mechane/core';
import { isRecord } from '../live/records.ts';
import { canVerify } from '../live/service.ts';
import { falseProof, otherHead, unsigned } from './errors.ts';
import { type EntryProof, type Evidence, proofIn, provesHash, type ReadReceipt, receiptIn } from './evidence.ts';
import { type Finding, failure } from './finding.ts';
import { headOf, linesOf, placed, placedByProof } from './in-sentences.ts';
import { outcomeFinding } from './outcome.ts';

/** A receipt as it was read, and all that was found of it. */
export interface Findings {
  readonly receipt?: ReadReceipt | undefined;
  readonly findings: readonly Finding[];
}

/** Holds a receipt against all that there is besides, each by itself, so that what fails says nothing of the rest. */
export async function findingsOn(evidence: Evidence): Promise<Findings> {
  const { journal, key: keyText } = evidence;
  let receipt: ReadReceipt;
  try {
    receipt = receiptIn(evidence.receipt);
  } catch (error) {
    return { findings: [failure('This is no receipt', error)] };
  }
  const key = await keyIn(keyText);
  const found = [await signature(receipt, key)];
  if (journal.trim() === '') found.push(noJournal);
  else found.push(...(await held(evidence, receipt, key instanceof CryptoKey ? key : undefined)));
  return { receipt, findings: found };
}

const noJournal: Finding = {
  verdict: 'open',
  says: 'Whether the message stands in a journal stays open: there is none here.',
  more: 'Paste the journal that the house shows once the session is closed, or the proof that it gives whoever has the receipt.',
};

async function keyIn(text: string): Promise<CryptoKey | Finding | undefined> {
  if (text.trim() === '' || !canVerify()) return undefined;
  try {
    return await publicKeyIn(text);
  } catch (error) {
    return failure('Who gave the receipt cannot be told by this key', error);
  }
}

async function signature(receipt: ReadReceipt, key: CryptoKey | Finding | undefined): Promise<Finding> {
  if (!canVerify()) {
    return {
      verdict: 'open',
      says: 'Who gave the receipt stays open: over plain HTTP, browsers let no page check signatures.',
      more: 'Open this page over HTTPS, or run: mechane replay JOURNAL --receipt FILE --key FILE',
    };
  }
  if (key === undefined) {
    return {
      verdict: 'open',
      says: 'Who gave the receipt stays open: without the key of the house, anybody can have written it.',
      more: 'Paste the key that the house publishes, which is at GET /key of its service.',
    };
  }
  if (!(key instanceof CryptoKey)) return key;
  const { session, signature: signed, seq, at, hash } = receipt;
  if (session === undefined || signed === undefined) return failure('Nobody has signed the receipt', unsigned());
  if (await isSignedBy(key, { session, seq, at, hash, signature: signed })) {
    return { verdict: 'holds', says: 'The house gave this receipt, word for word: it is signed with its key.' };
  }
  return {
    verdict: 'fails',
    says: 'The receipt is not of this house: it is signed with another key, or was changed afterwards.',
    code: 'invalid-receipt',
    more: 'Hold it against the key of whoever gave it, as it was given: each letter counts.',
  };
}

/** What a journal, or a proof, says of the receipt. */
async function held(
  { journal: text, head }: Evidence,
  receipt: ReadReceipt,
  key: CryptoKey | undefined,
): Promise<readonly Finding[]> {
  const published = head.trim().toLowerCase();
  try {
    const proof = proofIn(text);
    if (proof !== undefined) return [byProof(proof, receipt, published)];
  } catch (error) {
    return [failure('This is neither a journal nor a proof', error)];
  }
  // The last line ends, however it was pasted.
  const journal = `${text.trim()}\n`;
  try {
    await auditJournal(journal, {});
  } catch (error) {
    return [
      failure('The journal was changed, or it is none', error),
      { verdict: 'open', says: 'Whether the message stands in it, and what followed, a changed journal cannot tell.' },
    ];
  }
  return [
    { verdict: 'holds', says: `The journal is whole: each of its ${linesOf(journal)} seals all before it.` },
    await standing(journal, receipt),
    ...(await headFinding(journal, published)),
    ...(await signedLines(journal, key)),
    await outcomeFinding(journal),
  ];
}

function byProof(proof: EntryProof, receipt: ReadReceipt, published: string): Finding {
  const { seq, at } = proof.entry;
  if (!provesHash(proof, receipt.hash))
    return failure(
      'The proof does not hold',
      falseProof('its hashes do not lead from its entry through the hash of the receipt to its head'),
    );
  if (seq !== receipt.seq || at !== receipt.at)
    return failure('The proof is of another entry', falseProof('its entry has another number or another time'));
  if (published !== '' && published !== proof.head) return failure('The proof leads elsewhere', otherHead());
  return { verdict: 'holds', says: placedByProof(proof), more: afterThat };
}

const afterThat = 'Whoever wants to change, drop or reorder an entry now has to show another head than this.';

async function standing(journal: string, receipt: ReadReceipt): Promise<Finding> {
  try {
    const proof = await auditJournal(journal, { receipt });
    const entry = proof && isRecord(proof.entry) ? proof.entry : undefined;
    return { verdict: 'holds', says: placed(receipt, entry, headOf(journal)), more: afterThat };
  } catch (error) {
    return failure('The message of this receipt does not stand in the journal', error);
  }
}

async function headFinding(journal: string, head: string): Promise<readonly Finding[]> {
  if (head === '') return [];
  try {
    await auditJournal(journal, { head });
    return [
      { verdict: 'holds', says: 'The journal is the one whose head was published: it passes through that hash.' },
    ];
  } catch (error) {
    return [failure('The journal is not the one whose head was published', error)];
  }
}

async function signedLines(journal: string, key: CryptoKey | undefined): Promise<readonly Finding[]> {
  if (key === undefined) return [];
  try {
    await auditJournal(journal, { key });
    return [
      { verdict: 'holds', says: 'The house wrote this journal: every line that it shows is signed with its key.' },
    ];
  } catch (error) {
    return [failure('The house did not write this journal as it is', error)];
  }
}
