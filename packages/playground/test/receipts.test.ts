import { auditJournal, disclosedTo } from '@mechane/core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Evidence } from '../src/receipts/evidence.ts';
import { exampleEvidence } from '../src/receipts/example.ts';
import { findingsOn } from '../src/receipts/findings.ts';

let example: Evidence;
let other: Evidence;
beforeAll(async () => {
  [example, other] = await Promise.all([exampleEvidence(), exampleEvidence()]);
});

/** What was found, a line for each: its verdict, the code, and the sentence. */
async function found(changed: Partial<Evidence> = {}): Promise<readonly string[]> {
  const { findings } = await findingsOn({ ...example, ...changed });
  return findings.map(({ verdict, code, says }) => `${verdict}${code === undefined ? '' : ` ${code}`}: ${says}`);
}

const receiptWith = (changed: object): string => JSON.stringify({ ...JSON.parse(example.receipt), ...changed });
const headOf = (journal: string): string => JSON.parse(journal.trim().split('\n').at(-1) ?? '').hash;
const proof = async () => {
  const made = await auditJournal(example.journal, { receipt: JSON.parse(example.receipt) });
  if (made === undefined) throw new Error('the journal hides the entry');
  return made;
};

describe('a true receipt', () => {
  test('is shown to be signed, in the journal, and to count for the outcome', async () => {
    const said = await found({ head: headOf(example.journal) });
    expect(said).toHaveLength(6);
    expect(said.every((line) => line.startsWith('holds: '))).toBe(true);
    expect(said[2]).toMatch(/stands in the journal as entry 3, .*: in round 1, bob said 420\.$/);
    const { findings } = await findingsOn(example);
    // Vickrey 1961: bob bids most, and pays what ann bid.
    expect(findings.at(-1)?.more).toMatch(/^auction-sealed\/second-price: winner bob · payment 310/);
  });
  test('is checked as far as the evidence goes, and no further', async () => {
    expect(await found({ key: '', journal: '' })).toEqual([
      'open: Who gave the receipt stays open: without the key of the house, anybody can have written it.',
      'open: Whether the message stands in a journal stays open: there is none here.',
    ]);
    expect((await found({ journal: '' })).map((line) => line.split(':')[0])).toEqual(['holds', 'open']);
  });
  test('is found in a journal that hides what others said, or that hides it, too; what comes out stays open then', async () => {
    const own = await found({ journal: disclosedTo(example.journal, 'bob') });
    expect(own.slice(0, -1).every((line) => line.startsWith('holds: '))).toBe(true);
    expect(own[2]).toMatch(/bob said 420/);
    expect(own.at(-1)).toBe(
      'open: Whether the outcome follows from what was said stays open: the journal hides what others said.',
    );
    expect((await found({ journal: disclosedTo(example.journal, 'ann') }))[2]).toMatch(
      /^holds: .* though the journal hides what it says\.$/,
    );
  });
  test('is found by its proof alone', async () => {
    const given = await proof();
    expect((await found({ journal: JSON.stringify(given), head: given.head }))[1]).toMatch(
      /^holds: The message stands in a journal as entry 3, 3 entries before the head .*bob said 420\.$/,
    );
  });
  test('of a session that goes on is found in the journal so far', async () => {
    const soFar = example.journal.split('\n').slice(0, 4).join('\n');
    expect((await found({ journal: soFar })).at(-1)).toMatch(/^open: .*: the session has not ended\.$/);
  });
});

describe('what is false is named, each for itself', () => {
  test.each<[string, () => Partial<Evidence>, RegExp]>([
    [
      'a receipt whose time was changed',
      () => ({ receipt: receiptWith({ at: 1 }) }),
      /^fails invalid-receipt: .*not of this house/,
    ],
    ['the key of another house', () => ({ key: other.key }), /^fails invalid-receipt: .*not of this house/],
    [
      'a receipt of another journal',
      () => ({ journal: other.journal }),
      /^fails invalid-receipt: .*does not stand in the journal/,
    ],
    [
      'a receipt of another session',
      () => ({ receipt: receiptWith({ session: 'the organ' }) }),
      /^fails invalid-receipt: .*does not stand in the journal/,
    ],
    [
      'a receipt that nobody signed',
      () => ({ receipt: receiptWith({ signature: undefined }) }),
      /^fails invalid-receipt: Nobody has signed/,
    ],
    [
      'a bid that was changed',
      () => ({ journal: example.journal.replace('"bid":310', '"bid":110') }),
      /^fails invalid-journal: The journal was changed/,
    ],
    [
      'a journal without its beginning',
      () => ({ journal: example.journal.slice(example.journal.indexOf('\n') + 1) }),
      /^fails invalid-journal: The journal was changed/,
    ],
    [
      'another head than the published one',
      () => ({ head: headOf(other.journal) }),
      /^fails invalid-journal: The journal is not the one/,
    ],
    [
      'a journal of another house',
      () => ({ key: other.key }),
      /^fails invalid-journal: The house did not write this journal/,
    ],
    ['no receipt', () => ({ receipt: 'my bid was 420' }), /^fails invalid-receipt: This is no receipt/],
    [
      'half a receipt',
      () => ({ receipt: '{"session":"the piano","seq":3}' }),
      /^fails invalid-receipt: This is no receipt/,
    ],
    ['no key', () => ({ key: 'secret' }), /^fails invalid-key: Who gave the receipt cannot be told/],
    [
      'no journal',
      () => ({ journal: 'it was all in order' }),
      /^fails invalid-proof: This is neither a journal nor a proof/,
    ],
    [
      'half a proof',
      () => ({ journal: '{"leaves":[]}' }),
      /^fails invalid-proof: This is neither a journal nor a proof/,
    ],
  ])('%s', async (_, changed, sentence) => {
    const said = await found(changed());
    expect(said.filter((line) => sentence.test(line))).toHaveLength(1);
  });
  test('an outcome that does not follow, though each line is sealed anew', async () => {
    const lines = await rewritten((entry) =>
      entry.kind === 'closed' ? { ...entry, outcome: { ...(entry.outcome as object), winner: 'ann' } } : entry,
    );
    const said = await found({ journal: lines, key: '', receipt: receiptOf(lines) });
    expect(said.at(-1)).toMatch(/^fails invalid-journal: The outcome does not follow/);
    expect(said.filter((line) => line.startsWith('fails'))).toHaveLength(1);
  });
  test('a proof of which a hash was changed, of another entry, or to another head', async () => {
    const given = await proof();
    const said = async (changed: object, head = ''): Promise<string> =>
      (await found({ journal: JSON.stringify({ ...given, ...changed }), head }))[1] ?? '';
    expect(await said({ leaves: given.leaves.slice(1) })).toMatch(/^fails invalid-proof: The proof does not hold/);
    expect(await said({ entry: { ...given.entry, message: { bid: 42 } } })).toMatch(
      /^fails invalid-proof: The proof does not hold/,
    );
    expect(await said({}, 'ab'.repeat(32))).toMatch(/^fails invalid-proof: The proof leads elsewhere/);
    const receipt = receiptWith({ seq: 4 });
    expect((await found({ receipt, journal: JSON.stringify(given) }))[1]).toMatch(
      /^fails invalid-proof: The proof is of another entry/,
    );
  });
  test('of a mechanism that nobody here knows, the outcome stays open', async () => {
    const lines = await rewritten((entry) =>
      entry.kind === 'opened' ? { ...entry, mechanism: 'house/secret' } : entry,
    );
    const said = await found({ journal: lines, key: '', receipt: receiptOf(lines) });
    expect(said.at(-1)).toBe(
      'open: Whether the outcome follows from what was said stays open: this page does not know house/secret.',
    );
  });
});

/** The example's journal with other entries, as a house that lies would write it. */
async function rewritten(
  change: (entry: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Promise<string> {
  const { journalWriter, readJournalLines } = await import('@mechane/core');
  let lines = '';
  const writer = journalWriter((more) => {
    lines += more;
  });
  const { journal } = await readJournalLines(example.journal);
  for (const entry of journal.entries) await writer.append(change({ ...entry }) as never);
  return lines;
}

/** What a house that signs nothing gives for bob's message. */
function receiptOf(lines: string): string {
  const { seq, at, hash } = JSON.parse(lines.split('\n')[3] ?? '');
  return JSON.stringify({ seq, at, hash });
}
