import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalWriter } from '@mechane/core';
import { describe, expect, test } from 'vitest';
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
