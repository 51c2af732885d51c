import {
  auditJournal,
  ClockService,
  createMechane,
  disclosedTo,
  isSignedBy,
  isSound,
  type JournalSink,
  journalRecorder,
  journalWriter,
  provide,
  publicKeyIn,
  type Receipt,
  readJournalLines,
  type SignedStatement,
  signingWith,
  testClock,
} from '@mechane/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { examples } from './example-mechanisms.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string) => expect.objectContaining({ code });
const mechane = createMechane().use(examples);
const agents = { a: 'external', b: 'external', c: 'external' } as const;
const id = 'example/second-price';

let keys: CryptoKeyPair;
let text = '';
const receipts: Receipt[] = [];
const heads: (string | undefined)[] = [];

const signed = () => crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

beforeAll(async () => {
  keys = await signed();
  const file: string[] = [];
  const journal = journalWriter((lines) => void file.push(lines), undefined, { sign: signingWith(keys.privateKey) });
  const session = mechane.open(id, { agents, journal, id: 'lot 12' });
  for (const [agent, bid] of Object.entries({ a: 301, b: 407, c: 512 })) {
    receipts.push(await session.submit(agent as 'a', { bid }));
    heads.push(session.head);
  }
  await session.outcome;
  text = file.join('');
});

const lines = () => text.trimEnd().split('\n');
const joined = (each: readonly string[]) => each.map((line) => `${line}\n`).join('');

describe('an audit', () => {
  test('passes a journal through the heads that were published and the key that signs', async () => {
    for (const head of heads) expect(await auditJournal(text, { head, key: keys.publicKey })).toBeUndefined();
    await expect(auditJournal(text, { head: '00'.repeat(32) })).rejects.toThrow(coded('invalid-journal'));
    await expect(auditJournal(text, { key: (await signed()).publicKey })).rejects.toThrow(/not signed with this key/);
  });
  test('proves that the message of a receipt is in, and shows no other', async () => {
    for (const receipt of receipts) {
      expect(receipt).toMatchObject({ session: 'lot 12', hash: expect.any(String), signature: expect.any(String) });
      const proof = await auditJournal(text, { receipt, key: keys.publicKey });
      expect(proof?.entry).toMatchObject({ seq: receipt.seq, at: receipt.at, kind: 'message' });
      expect(proof && isSound(proof)).toBe(true);
      expect(proof?.head).toBe(JSON.parse(lines().at(-1) ?? '').hash);
      expect([301, 407, 512].filter((bid) => JSON.stringify(proof).includes(`"bid":${bid}`))).toHaveLength(1);
      expect(proof && isSound({ ...proof, leaves: proof.leaves.slice(1) })).toBe(false);
    }
  });
  test('refuses a receipt that was changed, of another journal, or signed by somebody else', async () => {
    const [receipt] = receipts as [Receipt];
    const audit = (given: unknown) => auditJournal(text, { receipt: given, key: keys.publicKey });
    for (const changed of [
      { seq: 99 },
      { at: 1 },
      { hash: 'ab'.repeat(32) },
      { session: 'lot 13' },
      { signature: 'ab'.repeat(64) },
    ]) {
      await expect(audit({ ...receipt, ...changed })).rejects.toThrow(coded('invalid-receipt'));
    }
    await expect(audit({ seq: 1 })).rejects.toThrow(coded('invalid-receipt'));
    const proof = await audit({ receipt });
    expect(proof?.entry).toMatchObject({ seq: receipt.seq });
  });
  test('refuses a receipt of another session, though nobody has the key', async () => {
    await expect(auditJournal(text, { receipt: { ...receipts[0], session: 'lot 13' } })).rejects.toThrow(
      /of the session "lot 13", and the journal is of "lot 12"/,
    );
  });
  test.each<[string, () => string]>([
    ['edited', () => text.replace('"bid":407', '"bid":408')],
    ['reordered', () => joined([...lines().slice(0, 2), ...lines().slice(2, 4).reverse(), ...lines().slice(4)])],
    ['robbed of a line', () => joined(lines().toSpliced(3, 1))],
    ['cut at the end', () => joined(lines().slice(0, -2))],
  ])('refuses a journal that was %s', async (_, forged) => {
    const head = JSON.parse(lines().at(-1) ?? '').hash;
    await expect(auditJournal(forged(), { head })).rejects.toThrow(coded('invalid-journal'));
  });
  test('refuses a journal that was written anew, and leads to the same outcome, by head, key and receipt', async () => {
    const file: string[] = [];
    const journal = journalWriter((more) => void file.push(more));
    const session = mechane.open(id, { agents, journal, id: 'lot 12' });
    await Promise.all(
      Object.entries({ a: 301, b: 407, c: 512 }).map(([agent, bid]) => session.submit(agent as 'a', { bid })),
    );
    await session.outcome;
    const anew = file.join('');
    expect(mechane.replay((await readJournalLines(anew)).journal).outcome).toMatchObject({ winner: 'c', payment: 407 });
    await expect(auditJournal(anew, { head: heads.at(-1) })).rejects.toThrow(coded('invalid-journal'));
    await expect(auditJournal(anew, { key: keys.publicKey })).rejects.toThrow(coded('invalid-journal'));
    await expect(auditJournal(anew, { receipt: receipts[0] })).rejects.toThrow(coded('invalid-receipt'));
  });
  test('goes through a journal that hides what others said', async () => {
    const shown = disclosedTo(text, 'b');
    expect(['301', '512'].some((bid) => shown.split('\n').slice(0, -2).join().includes(`"bid":${bid}`))).toBe(false);
    expect(shown).toContain('"bid":407');
    const proof = await auditJournal(shown, { receipt: receipts[1], head: heads.at(-1) });
    expect(proof && isSound(proof)).toBe(true);
    expect(await auditJournal(shown, { receipt: receipts[0] })).toBeUndefined();
    await expect(readJournalLines(shown)).rejects.toThrow(/hides its entry/);
  });
});

describe('a public key', () => {
  test('is read from a JSON Web Key and from a PEM block, with blanks around them', async () => {
    const jwk = JSON.stringify(await crypto.subtle.exportKey('jwk', keys.publicKey), undefined, 2);
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', keys.publicKey)).toString('base64');
    for (const written of [` ${jwk}\n`, `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`]) {
      const [receipt] = receipts as [SignedStatement & { signature: string }];
      const key = await publicKeyIn(written);
      // Whoever was given it can hand it on.
      expect((await crypto.subtle.exportKey('jwk', key)).x).toBe(JSON.parse(jwk).x);
      expect(await isSignedBy(key, receipt)).toBe(true);
      expect(await isSignedBy(key, { ...receipt, seq: 99 })).toBe(false);
    }
  });
  test('is refused where it is none', async () => {
    for (const written of [
      '',
      '{}',
      '{"kty":"RSA"}',
      'a key',
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
    ]) {
      await expect(publicKeyIn(written)).rejects.toThrow(coded('invalid-key'));
    }
  });
});

test('a torn tail after the end is named, not overlooked', async () => {
  await expect(readJournalLines(`${text}{"seq":7,"at`)).rejects.toThrow(
    /line 8: a torn line follows the end of the run/,
  );
});

describe('one writer', () => {
  test('holds a journal while its run lives, and lets it go', async () => {
    const journal = journalRecorder();
    const session = mechane.open(id, { agents, journal });
    await settled();
    expect(() => mechane.open(id, { agents, journal })).toThrow(coded('journal-in-use'));
    expect(() => mechane.resume(journal.journal(), { mechanism: id, agents, journal })).toThrow(
      coded('journal-in-use'),
    );
    expect(() => mechane.run(id, { reports: {}, journal })).toThrow(coded('journal-in-use'));
    const cut = journal.journal();
    session.cancel();
    await expect(session.result).rejects.toThrow(coded('aborted'));
    const rest = journalRecorder();
    const again = mechane.resume(cut, { mechanism: id, agents, journal: rest });
    again.close();
    await again.result.catch(() => {});
    expect(() => mechane.resume(journal.journal(), { mechanism: id, agents })).toThrow(/called off/);
  });
  test('without the head, or with that of another journal, writes nothing that would break the chain', async () => {
    const cut = joined(lines().slice(0, 3));
    const { journal, head } = await readJournalLines(cut);
    const written: string[] = [];
    const write = (more: string) => void written.push(more);
    const { entries } = journal;
    const session = mechane.resume({ entries }, { mechanism: id, agents, journal: journalWriter(write) });
    await expect(session.submit('b', { bid: 1 })).rejects.toThrow(coded('invalid-journal'));
    await expect(session.result).rejects.toThrow(/begin anew in the middle of a run/);
    for (const wrong of ['', 'ab'.repeat(32)]) {
      const other = () => mechane.resume(journal, { mechanism: id, agents, journal: journalWriter(write, wrong) });
      expect(other).toThrow(/not go on where the journal ends/);
    }
    expect(written).toEqual([]);
    const sound = mechane.resume(journal, {
      mechanism: id,
      agents,
      journal: journalWriter(write, head, { run: 'lot 12' }),
    });
    await sound.submit('b', { bid: 1 });
    await sound.submit('c', { bid: 2 });
    await sound.outcome;
    expect((await readJournalLines(cut + written.join(''))).closed).toBe(true);
  });
});

describe('a journal that hangs', () => {
  const hanging = (from: string): JournalSink => ({
    append: ({ kind }) => (kind === from ? new Promise(() => {}) : undefined),
  });
  test.each(['opened', 'message', 'round-closed', 'closed'])(
    'at an entry of kind %s stops the run with its own error',
    async (kind) => {
      const session = mechane.open(id, { agents: { a: () => ({ bid: 1 }) }, journal: hanging(kind), patience: 20 });
      await expect(session.result).rejects.toThrow(
        expect.objectContaining({ code: 'journal-failed', message: expect.stringMatching(/within 0.02 s/) }),
      );
    },
  );
  test.each(['opened', 'message', 'round-closed', 'closed'])(
    'at an entry of kind %s can be called off',
    async (kind) => {
      const session = mechane.open(id, { agents: { a: () => ({ bid: 1 }) }, journal: hanging(kind) });
      await settled();
      session.cancel('enough');
      await expect(session.result).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'enough' }));
    },
  );
  test('is not suspected by a clock that jumps a year', async () => {
    const clock = testClock();
    const house = createMechane({ services: [provide(ClockService, () => clock)] }).use(examples);
    let keep = (): void => {};
    const journal: JournalSink = {
      append: ({ kind }) => (kind === 'message' ? new Promise<void>((resolve) => (keep = resolve)) : undefined),
    };
    const session = house.open(id, { agents: { a: 'external' }, journal, within: Number.POSITIVE_INFINITY });
    await settled();
    const receipt = session.submit('a', { bid: 3 });
    clock.advance(365 * 86_400_000);
    keep();
    await receipt;
    expect(await session.outcome).toMatchObject({ winner: 'a' });
  });
});
