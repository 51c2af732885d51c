import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, disclosedTo, journalWriter, signingWith } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createJournal, openJournal } from '../src/journal-file.ts';
import { lockJournal } from '../src/journal-lock.ts';
import { mechane, scenario } from './command.ts';
import { untimed } from './journal-lines.ts';
import { project } from './project.ts';

const sealed = scenario({ ann: { bid: 10 }, bob: { bid: 15 } });
const folder = () => project(['@mechane/auction-sealed'], { 'scenario.json': sealed });
const outcomeIn = (stdout: string): unknown => JSON.parse(stdout).outcome;

async function journaled() {
  const cwd = folder();
  const first = await mechane(['run', 'scenario.json', '--journal', 'run.log', '--json'], { cwd });
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  const file = join(cwd, 'run.log');
  return { cwd, file, lines: readFileSync(file, 'utf8').split('\n'), outcome: outcomeIn(first.stdout) };
}

describe('a journal', () => {
  test('is written line by line, audited, and leaves nothing else behind', async () => {
    const { cwd, lines, outcome } = await journaled();
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).kind)).toEqual([
      'opened',
      'message',
      'message',
      'round-closed',
      'closed',
    ]);
    expect(readdirSync(cwd).sort()).toEqual(['node_modules', 'package.json', 'run.log', 'scenario.json']);
    const replayed = await mechane(['replay', 'run.log', '--json'], { cwd });
    expect(outcomeIn(replayed.stdout)).toEqual(outcome);
    expect((await mechane(['replay', 'run.log'], { cwd })).stdout).toMatch(/winner +bob/);
  });
  test('that was cut off, in the middle of a line too, is resumed to the same outcome and the same file', async () => {
    const { cwd, file, lines, outcome } = await journaled();
    for (const kept of [1, 2, 3, 4, 5]) {
      writeFileSync(file, `${lines.slice(0, kept).join('\n')}\n${(lines[kept] ?? '').slice(0, 20)}`);
      const resumed = await mechane(['resume', 'run.log', '--json'], { cwd });
      expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
      expect(outcomeIn(resumed.stdout)).toEqual(outcome);
      expect(untimed(readFileSync(file, 'utf8'))).toEqual(untimed(lines.join('\n')));
    }
  });
  test('that was cut off has to be resumed before it can be audited', async () => {
    const { cwd, file, lines } = await journaled();
    writeFileSync(file, `${lines.slice(0, 2).join('\n')}\n`);
    const { exitCode, stderr } = await mechane(['replay', 'run.log'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error unfinished-run in run\.log: .* after round 1\. Fix: mechane resume run\.log\./);
    writeFileSync(file, `${lines[0]}\n`);
    expect((await mechane(['replay', 'run.log'], { cwd })).stderr).toMatch(/^error unfinished-run in run\.log: /);
  });
  test('that was changed is refused with its line', async () => {
    const { cwd, file, lines } = await journaled();
    writeFileSync(file, lines.join('\n').replace('"message":{"bid":15}', '"message":{"bid":16}'));
    for (const command of ['replay', 'resume']) {
      const { exitCode, stderr, stdout } = await mechane([command, 'run.log'], { cwd });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^error invalid-journal: .*line 3/);
    }
    writeFileSync(file, lines.join('\n'));
    appendFileSync(file, '{"kind":"round"}\n');
    expect((await mechane(['replay', 'run.log'], { cwd })).stderr).toMatch(/line 6/);
  });
  test('is never overwritten', async () => {
    const { cwd, lines, file } = await journaled();
    const { exitCode, stderr } = await mechane(['run', 'scenario.json', '--journal', 'run.log'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error journal-exists: .*mechane resume/);
    expect(readFileSync(file, 'utf8')).toBe(lines.join('\n'));
    expect(readdirSync(cwd)).toHaveLength(4);
  });
  test('does not begin for a scenario that cannot be played', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'bad.json'), scenario({ ann: { bid: -1 } }));
    expect((await mechane(['run', 'bad.json', '--journal', 'run.log'], { cwd })).exitCode).toBe(2);
    expect(existsSync(join(cwd, 'run.log'))).toBe(false);
    expect(readdirSync(cwd)).toHaveLength(4);
  });
  test('needs a place where it can be written, one scenario, and is not for streams', async () => {
    const cwd = folder();
    const run = async (...argv: string[]) => (await mechane(['run', ...argv], { cwd })).stderr;
    expect(await run('scenario.json', '--journal', 'no/such/folder/run.log')).toMatch(/^error cannot-write: /);
    expect(await run('scenario.json', 'scenario.json', '--journal', 'run.log')).toMatch(/a journal holds one run/);
    expect(await run('--journal', 'run.log')).toMatch(/^error missing-argument: /);
    expect(await run('--ndjson', '--journal', 'run.log')).toMatch(/^error conflicting-options: /);
    expect((await mechane(['resume', 'none.log'], { cwd })).stderr).toMatch(/^error cannot-read/);
  });
  test('stops between rounds when the user wants it to, and can be resumed', async () => {
    const cwd = folder();
    const stopped = await mechane(['run', 'scenario.json', '--journal', 'run.log'], {
      cwd,
      signal: AbortSignal.abort('SIGINT'),
    });
    expect(stopped).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  });
  test('is not touched by a resume that is interrupted, which can be resumed again', async () => {
    const { cwd, file, lines, outcome } = await journaled();
    const cut = `${lines.slice(0, 2).join('\n')}\n`;
    writeFileSync(file, cut);
    for (const [reason, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const signal = AbortSignal.abort(reason);
      const stopped = await mechane(['resume', 'run.log', '--json'], { cwd, signal });
      expect(stopped).toEqual({ exitCode, stdout: '', stderr: '' });
      expect(readFileSync(file, 'utf8')).toBe(cut);
    }
    expect(outcomeIn((await mechane(['resume', 'run.log', '--json'], { cwd })).stdout)).toEqual(outcome);
  });
  test('whose outcome is not what its messages lead to is refused, sealed as it may be', async () => {
    const { cwd, file, lines } = await journaled();
    const entries = lines.slice(0, -1).map((line) => {
      const { salt: _, hash: __, ...entry } = JSON.parse(line);
      return entry.kind === 'closed' ? { ...entry, outcome: { ...entry.outcome, winner: 'ann' } } : entry;
    });
    const forged: string[] = [];
    const sink = journalWriter((line) => void forged.push(line));
    for (const entry of entries) await sink.append(entry);
    writeFileSync(file, forged.join(''));
    // A run that has ended is not played on: resuming it audits it, too.
    for (const command of ['replay', 'resume']) {
      const { exitCode, stderr } = await mechane([command, 'run.log'], { cwd });
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error invalid-journal: .*the replies lead to another outcome than the journal says/);
    }
  });
});

describe('a journal is held to', () => {
  async function signedJournal() {
    const cwd = project(['@mechane/auction-sealed']);
    const { privateKey, publicKey } = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    const { sink, close } = await createJournal('lot.log', cwd, { sign: signingWith(privateKey) });
    const agents = { ann: 'external', bob: 'external' } as const;
    const house = createMechane().use(sealedAuctions);
    const session = house.open('auction-sealed/second-price', { agents, journal: sink, id: 'lot 12' });
    const receipt = await session.submit('ann', { bid: 901 });
    await session.submit('bob', { bid: 702 });
    await session.outcome;
    await close();
    const write = (name: string, content: unknown) =>
      writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
    write('key.json', await crypto.subtle.exportKey('jwk', publicKey));
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64');
    write('key.pem', `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`);
    write('receipt.json', { receipt });
    return { cwd, write, receipt, head: session.head ?? '', text: readFileSync(join(cwd, 'lot.log'), 'utf8') };
  }
  test('a head, a key and a receipt, and shows no message but that of the receipt', async () => {
    const { cwd, head, text, write } = await signedJournal();
    const replay = (...argv: string[]) => mechane(['replay', 'lot.log', ...argv], { cwd });
    for (const key of ['key.json', 'key.pem']) {
      const { exitCode, stdout } = await replay('--head', head.toUpperCase(), '--key', key, '--json');
      expect(exitCode).toBe(0);
      expect(outcomeIn(stdout)).toMatchObject({ winner: 'ann', payment: 702 });
    }
    const proven = await replay('--receipt', 'receipt.json', '--key', 'key.json', '--json');
    expect(proven.exitCode).toBe(0);
    expect(JSON.parse(proven.stdout)).toMatchObject({ included: true, proof: { entry: { agent: 'ann' }, head } });
    expect(proven.stdout).not.toContain('"bid":702');
    write('lot.log', disclosedTo(text, 'ann'));
    const shown = await replay('--receipt', 'receipt.json', '--head', head);
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toMatch(/the message of this receipt is in the journal/);
    expect(shown.stdout).toMatch(/, \d+ entries before the head [0-9a-f]{64}\n$/);
    // To Bob, Ann's message is one that nobody can read: it is there, and nothing is proven to others by it.
    write('lot.log', disclosedTo(text, 'bob'));
    const hidden = await replay('--receipt', 'receipt.json');
    expect(hidden).toEqual({ exitCode: 0, stdout: 'the message of this receipt is in the journal\n', stderr: '' });
    expect((await replay('--receipt', 'receipt.json', '--json')).stdout).toBe('{"included":true}\n');
  });
  test.each<[string, readonly string[], RegExp, (text: string) => string]>([
    ['another head', ['--head', '0'.repeat(64)], /invalid-journal: .*do not lead to the head/, (text) => text],
    [
      'an edit',
      ['--receipt', 'receipt.json'],
      /invalid-journal: .*line 3/,
      (text) => text.replace('"bid":901', '"bid":902'),
    ],
    [
      'a cut',
      ['--head', 'HEAD'],
      /invalid-journal: .*do not lead to the head/,
      (text) => `${text.split('\n').slice(0, -3).join('\n')}\n`,
    ],
    ['a key that is none', ['--key', 'receipt.json'], /invalid-key in receipt\.json/, (text) => text],
    [
      'a signature that is gone',
      ['--key', 'key.json'],
      /not signed with this key/,
      (text) => text.replace(/,"signature":"[0-9a-f]*"/, ''),
    ],
  ])('and refused for %s', async (_, argv, message, edit) => {
    const { cwd, write, head, text } = await signedJournal();
    write('lot.log', edit(text));
    const options = argv.map((each) => (each === 'HEAD' ? head : each));
    const { exitCode, stdout, stderr } = await mechane(['replay', 'lot.log', ...options], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
  test('one writer at a time, and a crash leaves no lock', async () => {
    const { cwd, file, lines, outcome } = await journaled();
    writeFileSync(file, `${lines.slice(0, 2).join('\n')}\n`);
    const held = await openJournal('run.log', cwd);
    const second = await mechane(['resume', 'run.log'], { cwd });
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toMatch(/^error journal-in-use: /);
    await held.close();
    const after = await mechane(['resume', 'run.log', '--json'], { cwd });
    expect(outcomeIn(after.stdout)).toEqual(outcome);
  });
  test('the lock of a file, where the system has no names that end with their process', async () => {
    const cwd = folder();
    const path = join(cwd, 'run.log');
    const unlock = await lockJournal(path, 'darwin');
    await expect(lockJournal(path, 'darwin')).rejects.toThrow(expect.objectContaining({ code: 'journal-in-use' }));
    await unlock();
    // No process has a number like this: whoever wrote it has crashed.
    writeFileSync(`${path}.lock`, '999999999\n');
    await (await lockJournal(path, 'darwin'))();
    expect(readdirSync(cwd)).toHaveLength(3);
  });
  test.each([
    ['a file that names nobody', (lock: string) => writeFileSync(lock, 'somebody\n')],
    ['an empty file, whose holder has just made it', (lock: string) => writeFileSync(lock, '')],
    ['a folder', (lock: string) => mkdirSync(lock)],
  ])('the lock of a file is not taken over from %s', async (_, leave) => {
    const path = join(folder(), 'run.log');
    leave(`${path}.lock`);
    await expect(lockJournal(path, 'darwin')).rejects.toThrow(expect.objectContaining({ code: 'journal-in-use' }));
    expect(existsSync(`${path}.lock`)).toBe(true);
  });
  test('the lock of a file that cannot be written says why', async () => {
    const path = join(folder(), 'x'.repeat(252));
    await expect(lockJournal(path, 'darwin')).rejects.toThrow(expect.objectContaining({ code: 'ENAMETOOLONG' }));
  });
  test('where it cannot be begun, it says why, and holds no lock', async () => {
    const cwd = folder();
    const file = 'x'.repeat(250);
    for (const _ of ['once', 'and again'])
      await expect(createJournal(file, cwd)).rejects.toThrow(
        expect.objectContaining({ code: 'cannot-write', message: expect.stringContaining('ENAMETOOLONG') }),
      );
    expect(readdirSync(cwd)).toHaveLength(3);
  });
  test('nothing that follows its end, torn or whole', async () => {
    const { cwd, file } = await journaled();
    appendFileSync(file, '{"seq":5,"at');
    expect((await mechane(['replay', 'run.log'], { cwd })).stderr).toMatch(/line 6: a torn line follows the end/);
  });
});
