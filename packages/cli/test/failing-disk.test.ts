import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mechane } from './command.ts';
import { untimed } from './journal-lines.ts';
import { ended, entry } from './process.ts';
import { project } from './project.ts';

const scenario = {
  mechanism: 'auction-english/clock',
  settings: { startingPrice: 0, increment: 1 },
  reports: { ann: { value: 60 }, bob: { value: 55 }, cat: { value: 40 } },
  seed: 7,
};

/** Runs the command where no file can grow beyond so many blocks of 512 bytes: a write fails in the middle of a line. */
function cramped(blocks: number, argv: readonly string[], cwd: string) {
  const command = 'trap "" XFSZ; ulimit -f "$0"; exec "$@"';
  return ended(spawn('sh', ['-c', command, `${blocks}`, process.execPath, entry, ...argv], { cwd }));
}

test.skipIf(process.platform === 'win32')(
  'a run whose disk is full says so, and goes on from the line that was whole once there is room',
  { tags: ['long'] },
  async () => {
    const cwd = project(['@mechane/auction-english'], { 'scenario.json': JSON.stringify(scenario) });
    const whole = await mechane(['run', 'scenario.json', '--journal', 'whole.log', '--json'], { cwd });
    const journal = untimed(readFileSync(join(cwd, 'whole.log'), 'utf8'));

    const run = ['run', 'scenario.json', '--journal', 'run.log', '--json'];
    const failed = await cramped(8, run, cwd);
    expect(failed).toMatchObject({ exitCode: 2, signal: null, stdout: '' });
    expect(failed.stderr).toMatch(/cannot-write.*the journal cannot be written \((EFBIG|ENOSPC)\).*make room/s);
    const kept = readFileSync(join(cwd, 'run.log'), 'utf8');
    expect(kept.length).toBeGreaterThan(2_000);
    expect(kept.length).toBeLessThanOrEqual(8 * 1024);

    // Resuming without room fails as well, and spoils nothing.
    expect(await cramped(8, ['resume', 'run.log'], cwd)).toMatchObject({ exitCode: 2, signal: null, stdout: '' });
    const resumed = await mechane(['resume', 'run.log', '--json'], { cwd });
    expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(resumed.stdout).outcome).toEqual(JSON.parse(whole.stdout).outcome);
    expect(untimed(readFileSync(join(cwd, 'run.log'), 'utf8'))).toEqual(journal);
  },
);

test.skipIf(process.platform === 'win32')(
  'a run that has no room for its first line leaves nothing behind',
  async () => {
    const cwd = project(['@mechane/auction-english'], { 'scenario.json': JSON.stringify(scenario) });
    const before = readdirSync(cwd);
    const { exitCode, stderr } = await cramped(0, ['run', 'scenario.json', '--journal', 'run.log', '--json'], cwd);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the journal cannot be written');
    expect(existsSync(join(cwd, 'run.log'))).toBe(false);
    expect(readdirSync(cwd)).toEqual(before);
  },
);
