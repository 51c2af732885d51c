import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import { answers, here, scenario } from './command.ts';
import { ended, entry, start } from './process.ts';
import { project } from './project.ts';

const sealed = '@mechane/auction-sealed';
const three = { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12, value: 0.5 } };

describe('as a process', () => {
  test('answers and exits with the code', { tags: ['long'] }, async () => {
    const child = start(['run', '-', '--json']);
    child.stdin?.end(scenario(three));
    const { exitCode, stdout, stderr } = await ended(child);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout).outcome.winner).toBe('bob');
    const bad = await ended(start(['run', 'missing.json']));
    expect([bad.exitCode, bad.stdout]).toEqual([2, '']);
    expect(bad.stderr).toMatch(/^error cannot-read in missing\.json: /);
  });

  test('says nothing but results, however many files there are', { tags: ['long'] }, async () => {
    const cwd = project([sealed], { 'one.json': scenario(three) });
    const { exitCode, stdout, stderr } = await ended(
      start(['run', ...new Array<string>(30).fill('one.json'), '--json'], { cwd }),
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.trimEnd().split('\n')).toHaveLength(30);
  });

  test('200,000 lines pass through a heap that could not hold them', { tags: ['long'] }, async () => {
    const [lines, heap] = [200_000, 40];
    const child = start(['run', '--ndjson'], { nodeOptions: [`--max-old-space-size=${heap}`] });
    const page = `${scenario(three)}\n`.repeat(1000);
    const feeding = pipeline(
      Readable.from(Array.from({ length: lines / 1000 }, () => page)),
      child.stdin as NodeJS.WritableStream,
    );
    let answered = 0;
    let bytes = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 0x0a) answered += 1;
    });
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    await feeding;
    expect(exitCode).toBe(0);
    expect(answered).toBe(lines);
    expect(bytes).toBeGreaterThan(heap * 1024 * 1024);
  });

  test.skipIf(process.platform === 'win32')('ends quietly when its reader has seen enough', { tags: ['long'] }, () => {
    const feed = `yes '${scenario(three)}' | "${process.execPath}" "${entry}" run --ndjson | head -n 1`;
    const { stdout, stderr, status } = spawnSync('sh', ['-c', feed], { cwd: here, encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(answers(stdout)).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32')(
    'on Ctrl-C finishes the answers it has and exits with 130',
    { tags: ['long'] },
    async () => {
      const child = start(['run', '--ndjson']);
      const output = ended(child);
      child.stdin?.write(`${scenario(three)}\n`.repeat(3));
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      child.kill('SIGINT');
      const { exitCode, stdout, stderr } = await output;
      expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
      expect(answers(stdout)).toHaveLength(3);
      expect(stdout.endsWith('\n')).toBe(true);
    },
  );

  test.skipIf(!existsSync('/dev/full'))('says that the disk is full', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [entry, 'list'], {
      cwd: here,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error cannot-write: /);
  });

  test('is what npx runs', { tags: ['long'] }, () => {
    const version = execFileSync(process.execPath, [entry, '--version'], { cwd: here, encoding: 'utf8' });
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });
});
