import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  auditJournal,
  createMechane,
  definePlugin,
  directMechanism,
  disclosedTo,
  isSound,
  type JournalEntry,
  journalWriter,
  readJournalLines,
  readReceipt,
  signingWith,
} from '@mechane/core';
import { endOf } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const inFormat1 = (name: string): string =>
  readFileSync(new URL(`journals/${name}-format-1.jsonl`, import.meta.url), 'utf8');
const linesOf = (text: string) => text.trimEnd().split('\n');
const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const coded = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

const keys = () => crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;

/** The lines of a run in which `ann` speaks, `bob` speaks and takes it back, and `eve` keeps silent. */
async function written(options: { sign?: CryptoKey; run?: string | undefined } = {}): Promise<string> {
  const { sign, run = 'lot 12' } = options;
  const text: string[] = [];
  const writer = journalWriter((lines) => void text.push(lines), '', sign ? { sign: signingWith(sign) } : {});
  const entries: readonly object[] = [
    {
      kind: 'opened',
      format: 2,
      mechanism: 'open/bids',
      settings: {},
      participants: ['ann', 'bob', 'eve'],
      seed: 1,
      ...('run' in options && options.run === undefined ? {} : { run }),
    },
    { kind: 'asked', round: 1, agents: ['ann', 'bob', 'eve'], closesAt: null },
    { kind: 'message', round: 1, agent: 'ann', message: { bid: 301 } },
    { kind: 'message', round: 1, agent: 'bob', message: { bid: 407 } },
    { kind: 'withdrawn', round: 1, agent: 'bob' },
    { kind: 'round-closed', round: 1 },
    { kind: 'closed', outcome: { winner: 'ann' } },
  ];
  await Promise.all(entries.map((entry, seq) => writer.append({ seq, at: 1_000 + seq, ...entry } as JournalEntry)));
  return text.join('');
}

describe('what a journal shows', () => {
  test.each<[string | undefined, readonly number[]]>([
    ['ann', [3, 4]],
    ['bob', [2]],
    ['eve', [2, 3, 4]],
    [undefined, [2, 3, 4]],
  ])(
    'to %s is what is public and its own, to the letter, and of the rest only leaf and hash',
    async (agent, hidden) => {
      const text = await written();
      const shown = linesOf(disclosedTo(text, agent));
      for (const [index, line] of linesOf(text).entries()) {
        if (!hidden.includes(index)) expect(shown[index]).toBe(line);
        else {
          const leaf = expect.stringMatching(/^[0-9a-f]{64}$/);
          expect(JSON.parse(shown[index] ?? '')).toEqual({ seq: index, leaf, hash: JSON.parse(line).hash });
        }
      }
      expect(await auditJournal(joined(shown), { head: JSON.parse(linesOf(text).at(-1) ?? '').hash })).toBeUndefined();
      // What is hidden stays hidden, whoever looks.
      expect(disclosedTo(joined(shown), agent)).toBe(joined(shown));
    },
  );
  test('of the first format is nothing, once somebody has spoken: its rounds cannot be hidden', () => {
    for (const agent of ['a', undefined]) {
      expect(() => disclosedTo(inFormat1('clock'), agent)).toThrow(
        coded('invalid-journal', 'line 2: lines of the first format cannot be hidden'),
      );
    }
    const [opened] = linesOf(inFormat1('clock'));
    expect(disclosedTo(`${opened}\n`, 'a')).toBe(`${opened}\n`);
  });
  test('is nothing where it is no journal, with the line that is none', async () => {
    const text = await written();
    expect(() => disclosedTo(`${text}nonsense\n`, 'ann')).toThrow(
      coded('invalid-journal', 'line 8: this line is no JSON'),
    );
    expect(() => disclosedTo('nonsense\n', 'ann')).toThrow(coded('invalid-journal', 'line 1: this line is no JSON'));
  });
});

describe('a journal that is read', () => {
  const changed = async (index: number, more: object) => {
    const lines = linesOf(await written());
    return joined(lines.with(index, JSON.stringify({ ...JSON.parse(lines[index] ?? ''), ...more })));
  };
  test('hides nothing, or cannot be played, from the line that does', async () => {
    const hiding = readJournalLines(disclosedTo(await written(), 'bob'));
    await expect(hiding).rejects.toThrow(
      coded('invalid-journal', 'line 3: this line hides its entry, so that nobody can play it'),
    );
  });
  test('has signatures that are texts, and no others', async () => {
    const { journal } = await readJournalLines(await changed(1, { signature: 7 }));
    const hashes = linesOf(await written()).map(() => expect.any(String));
    expect(journal.seals).toStrictEqual(hashes.map((hash) => ({ hash })));
    const signed = await readJournalLines(await changed(1, { signature: 'ab' }));
    expect(signed.journal.seals?.[1]).toStrictEqual({ hash: expect.any(String), signature: 'ab' });
  });
  test('in the first format has lines of its kinds only', async () => {
    const content = { kind: 'message', agent: 'ann' };
    const hash = createHash('sha256')
      .update(`\n${JSON.stringify(content)}`)
      .digest('hex');
    await expect(readJournalLines(`${JSON.stringify({ ...content, hash })}\n`)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-journal', path: ['journal', 'lines', 0, 'kind'] }),
    );
  });
  test('has nothing after it was called off', async () => {
    const lines: string[] = [];
    const writer = journalWriter((more) => void lines.push(more));
    const [opened] = (await readJournalLines(await written())).journal.entries as [JournalEntry];
    await Promise.all([
      writer.append(opened),
      writer.append({ seq: 1, at: 1_001, kind: 'cancelled' }),
      writer.append({ seq: 2, at: 1_002, kind: 'closing' }),
    ]);
    await expect(readJournalLines(lines.join(''))).rejects.toThrow(
      coded('invalid-journal', 'line 3: the run had ended before this entry'),
    );
  });
  test('has no end where it has not begun', () => {
    expect(endOf({ entries: [] })).toBeUndefined();
  });
});

describe('an audit names', () => {
  const edited = async (index: number, more: object) => {
    const lines = linesOf(await written());
    return joined(lines.with(index, JSON.stringify({ ...JSON.parse(lines[index] ?? ''), ...more })));
  };
  test('the line that was changed, or hides what is no leaf', async () => {
    await expect(auditJournal(await edited(3, { agent: 'eve' }), {})).rejects.toThrow(
      coded('invalid-journal', 'line 4: this line, or the one before it, was changed'),
    );
    for (const leaf of ['abcd', 'ab'.repeat(33), 7, 'AB'.repeat(32)])
      await expect(auditJournal(await edited(3, { leaf }), {})).rejects.toThrow(
        coded('invalid-journal', 'line 4: the leaf is no 32 bytes'),
      );
    await expect(auditJournal('', {})).rejects.toThrow(coded('invalid-journal', 'line 1: the journal does not begin'));
  });
  test('a head that it does not pass through, and passes through every one that it has', async () => {
    const text = await written();
    for (const line of linesOf(text)) expect(await auditJournal(text, { head: JSON.parse(line).hash })).toBeUndefined();
    await expect(auditJournal(text, { head: '' })).rejects.toThrow(coded('invalid-journal', 'do not lead to the head'));
  });
  test('the first line that is not signed with the key', async () => {
    const { publicKey, privateKey } = await keys();
    await expect(auditJournal(await written(), { key: publicKey })).rejects.toThrow(
      coded('invalid-journal', 'line 1: this line is not signed with this key'),
    );
    const signed = await written({ sign: privateKey });
    expect(await auditJournal(signed, { key: publicKey })).toBeUndefined();
    // What is hidden has no signature, and needs none: the next line holds it.
    expect(await auditJournal(disclosedTo(signed, 'ann'), { key: publicKey })).toBeUndefined();
    const lines = linesOf(signed);
    const { signature: _, ...unsigned } = JSON.parse(lines[4] ?? '');
    for (const signature of [undefined, 7, JSON.parse(lines[3] ?? '').signature])
      await expect(
        auditJournal(joined(lines.with(4, JSON.stringify({ ...unsigned, signature }))), { key: publicKey }),
      ).rejects.toThrow(coded('invalid-journal', 'line 5: this line is not signed with this key'));
  });
});

describe('a receipt', () => {
  const receiptOf = (text: string, seq: number) => {
    const { hash, signature, at } = JSON.parse(linesOf(text)[seq] ?? '');
    return { session: 'lot 12', seq, at, hash, ...(signature === undefined ? {} : { signature }) };
  };
  /** The proof leads from the very entry of the receipt to the end of the journal. */
  const expectProved = (proof: Awaited<ReturnType<typeof auditJournal>>, text: string, seq: number): void => {
    const lines = linesOf(text).map((line) => JSON.parse(line));
    const { salt, hash: _, signature: __, ...entry } = lines[seq];
    expect(proof).toMatchObject({ entry, salt, previous: lines[seq - 1].hash, head: lines.at(-1).hash });
    expect(proof && isSound(proof)).toBe(true);
  };
  test('of any line is proved by what leads from it to the head, of the first and of the last too', async () => {
    const text = await written();
    const lines = linesOf(text).map((line) => JSON.parse(line));
    for (const [seq, { salt, hash: _, ...entry }] of lines.entries()) {
      const proof = await auditJournal(text, { receipt: receiptOf(text, seq) });
      expect(proof).toMatchObject({ entry, salt, previous: lines[seq - 1]?.hash ?? '', head: lines.at(-1).hash });
      expect(proof?.leaves).toHaveLength(lines.length - 1 - seq);
      expect(proof && isSound(proof)).toBe(true);
      for (const forged of [{ head: 'ab'.repeat(32) }, { previous: 'ab' }, { salt: 'ab'.repeat(16) }, { entry: {} }])
        expect(proof && isSound({ ...proof, ...forged })).toBe(false);
    }
  });
  test('says what is wrong with it', async () => {
    const { publicKey, privateKey } = await keys();
    const text = await written({ sign: privateKey });
    const audit = (more: object, key?: CryptoKey) =>
      auditJournal(text, { receipt: { ...receiptOf(text, 2), ...more }, key });
    const other = 'the entry with the hash of this receipt has another number or another time';
    await expect(audit({ seq: 3 })).rejects.toThrow(coded('invalid-receipt', other));
    await expect(audit({ at: 1_003 })).rejects.toThrow(coded('invalid-receipt', other));
    await expect(audit({ hash: 'ab' })).rejects.toThrow(
      coded('invalid-receipt', 'the journal has no entry with the hash of this receipt'),
    );
    await expect(audit({ session: 'lot 13' })).rejects.toThrow(
      coded('invalid-receipt', 'it is of the session "lot 13", and the journal is of "lot 12"'),
    );
    const { session: _, ...nameless } = receiptOf(text, 2);
    const { signature: __, ...unsigned } = receiptOf(text, 2);
    for (const kept of [nameless, unsigned, { ...unsigned, signature: 'ab'.repeat(64) }])
      await expect(auditJournal(text, { receipt: kept, key: publicKey })).rejects.toThrow(
        coded('invalid-receipt', 'this receipt is not signed with this key'),
      );
    // Without the key, nobody can say so.
    for (const kept of [nameless, unsigned]) expectProved(await auditJournal(text, { receipt: kept }), text, 2);
    expectProved(await audit({}, publicKey), text, 2);
  });
  test('of a session is proved in a journal that does not say which it is', async () => {
    const text = await written({ run: undefined });
    expectProved(await auditJournal(text, { receipt: receiptOf(text, 2) }), text, 2);
  });
  test('of a journal in the first format proves nothing without the others', async () => {
    const text = inFormat1('clock');
    const { hash } = JSON.parse(linesOf(text)[0] ?? '');
    // Lines of the first format have neither a number nor a time.
    await expect(auditJournal(text, { receipt: { seq: 0, at: 0, hash } })).rejects.toThrow(
      coded('invalid-receipt', 'another number or another time'),
    );
  });
  test('proves nothing where its line, or one after it, has no leaf: the others would have to be shown', async () => {
    const text = await written();
    /** A line as the first format has it, after others. */
    const unsalted = (previous: string, content: object) => {
      const hash = createHash('sha256')
        .update(`${previous}\n${JSON.stringify(content)}`)
        .digest('hex');
      return `${JSON.stringify({ ...content, hash })}\n`;
    };
    const alone = unsalted('', { kind: 'opened', seq: 0, at: 3 });
    const { hash } = JSON.parse(alone);
    await expect(auditJournal(alone, { receipt: { seq: 0, at: 3, hash } })).rejects.toThrow(
      coded('invalid-journal', 'line 1: lines of the first format prove nothing without the others'),
    );
    const followed =
      text + unsalted(JSON.parse(linesOf(text).at(-1) ?? '').hash, { kind: 'closing', seq: 7, at: 9_000 });
    await expect(auditJournal(followed, { receipt: receiptOf(text, 2) })).rejects.toThrow(
      coded('invalid-journal', 'line 3: lines of the first format prove nothing without the others'),
    );
  });
  test('is read as it is, or as a service wraps it, with the path of what is missing', () => {
    const receipt = { session: 'lot 12', seq: 0, at: 3, hash: 'ab', signature: 'cd' };
    expect(readReceipt(receipt)).toEqual(receipt);
    expect(readReceipt({ receipt, head: 'ef' })).toEqual(receipt);
    for (const [given, path] of [
      [{ ...receipt, seq: -1 }, ['receipt', 'seq']],
      [{ ...receipt, hash: null }, ['receipt', 'hash']],
      [{ receipt: { seq: 1, hash: 'ab' } }, ['receipt', 'at']],
      [{ ...receipt, session: 7 }, ['receipt', 'session']],
      [null, ['receipt']],
      ['receipt', ['receipt']],
    ] as const)
      expect(() => readReceipt(given)).toThrow(expect.objectContaining({ code: 'invalid-receipt', path }));
  });
});

describe('a journal in lines', () => {
  const opened = {
    seq: 0,
    at: 0,
    kind: 'opened',
    format: 2,
    mechanism: 'a/b',
    settings: {},
    participants: [],
    seed: 1,
  } as const;
  const closed = { seq: 1, at: 0, kind: 'closing' } as const;
  test('begins where its run does, and nowhere else', async () => {
    const write = () => {};
    const { privateKey } = await keys();
    const sign = signingWith(privateKey);
    const says = (message: string) => coded('invalid-journal', message);
    expect(() => journalWriter(write, 'ab').append(opened)).toThrow(
      says('a run is opened where the journal of another has begun'),
    );
    expect(() => journalWriter(write).append(closed)).toThrow(
      says('the chain of hashes would begin anew in the middle of a run'),
    );
    const nameless = 'receipts are to be signed, and the run has no name';
    expect(() => journalWriter(write, undefined, { sign }).append(opened)).toThrow(says(nameless));
    expect(() => journalWriter(write, 'ab', { sign }).append(closed)).toThrow(says(nameless));
    const named = journalWriter(write, 'ab'.repeat(32), { sign, run: 'lot 12' });
    expect(await named.append(closed)).toMatchObject({ signature: expect.any(String) });
    expect(await journalWriter(write, undefined, { sign }).append({ ...opened, run: 'x' })).toHaveProperty('signature');
  });
  test('stores what comes together together, one after the other, as it was when it came', async () => {
    const stored: string[] = [];
    const keep: (() => void)[] = [];
    const writer = journalWriter((lines) => {
      stored.push(lines);
      return new Promise<void>((resolve) => keep.push(resolve));
    });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    const message = { bid: 1 };
    const said = (seq: number) => ({ seq, at: 0, kind: 'message', round: 1, agent: 'ann', message }) as const;
    const first = [writer.append(opened), writer.append(said(1))];
    message.bid = 2;
    await settled();
    const second = [writer.append(said(2)), writer.append(said(3))];
    await settled();
    expect(stored.map((lines) => linesOf(lines).length)).toEqual([2]);
    keep[0]?.();
    await Promise.all(first as Promise<unknown>[]);
    await settled();
    expect(stored.map((lines) => linesOf(lines).length)).toEqual([2, 2]);
    keep[1]?.();
    await Promise.all(second as Promise<unknown>[]);
    const { journal, head } = await readJournalLines(stored.join(''));
    expect(journal.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []))).toEqual([
      { bid: 1 },
      { bid: 2 },
      { bid: 2 },
    ]);
    expect(writer.head).toBe(head);
  });
  test('stores nothing after what could not be stored, and says why every time', async () => {
    let calls = 0;
    const writer = journalWriter(() => {
      calls += 1;
      return Promise.reject(new Error('disk full'));
    });
    await expect(writer.append(opened)).rejects.toThrow('disk full');
    await expect(writer.append(closed)).rejects.toThrow('disk full');
    expect(calls).toBe(1);
  });
});

test('what an agent takes back is hidden like what it says, in a run as it is played', async () => {
  const bids = directMechanism({
    id: 'open/bids',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: z.number() }),
    revisable: true,
    decide: (reports) => ({ bidders: reports.size }),
  });
  const mechane = createMechane().use(definePlugin({ name: 'open', version: '1.0.0', mechanisms: [bids] }));
  const text: string[] = [];
  const agents = { ann: 'external', bob: 'external' } as const;
  const journal = journalWriter((lines) => void text.push(lines));
  const session = mechane.open('open/bids', { settings: {}, agents, journal, within: Number.POSITIVE_INFINITY });
  await session.submit('ann', { bid: 301 });
  await session.withdraw('ann');
  session.close();
  await session.outcome;
  const shown = disclosedTo(text.join(''), 'bob');
  expect(linesOf(shown).map((line) => JSON.parse(line).kind)).toEqual([
    'opened',
    'asked',
    undefined,
    undefined,
    'closing',
    'round-closed',
    'closed',
  ]);
});
