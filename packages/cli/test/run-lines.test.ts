import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runCli } from '../src/index.ts';
import { answers, here, mechane, scenario } from './command.ts';
import { project } from './project.ts';

const good = (bid: number): string => scenario({ ann: { bid } });

describe('mechane run --ndjson', () => {
  test('answers every line in order, with errors on their own line', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => (index % 7 === 3 ? `{"seed":${index}` : good(index)));
    const { exitCode, stdout } = await mechane(['run', '--ndjson'], { stdin: lines.join('\n') });
    expect(exitCode).toBe(0);
    const all = answers(stdout);
    expect(all).toHaveLength(1000);
    all.forEach(({ error, metrics }, index) => {
      if (index % 7 === 3) expect(error).toMatchObject({ code: 'malformed-json', line: index + 1 });
      else expect(metrics?.welfare).toBe(index);
    });
  });

  test('an answer is the line that run --json prints', async () => {
    const one = await mechane(['run', '-', '--json'], { stdin: good(4) });
    const line = await mechane(['run', '--ndjson'], { stdin: `${good(4)}\r\n` });
    expect(line.stdout).toBe(one.stdout);
  });

  test('blank lines are no scenarios and get no answer, but count', async () => {
    const { stdout } = await mechane(['run', '--ndjson'], { stdin: `\n${good(1)}\n\r\n \t\n{\n\n` });
    const [first, second, ...rest] = answers(stdout);
    expect(rest).toEqual([]);
    expect(first?.metrics?.welfare).toBe(1);
    expect(second?.error?.line).toBe(5);
  });

  test('nothing in, nothing out', async () => {
    expect(await mechane(['run', '--ndjson'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('a line that is not UTF-8 does not spoil those around it', async () => {
    const stdin = Buffer.concat([
      Buffer.from(`${good(1)}\n"`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from(`"\n${good(2)}\n`),
    ]);
    const { stdout } = await mechane(['run', '--ndjson'], { stdin });
    expect(answers(stdout).map(({ error, metrics }) => error?.code ?? metrics?.welfare)).toEqual([1, 'not-utf8', 2]);
  });

  test('answers a line as soon as it is there', async () => {
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    const ended = runCli({
      argv: ['run', '--ndjson'],
      stdin,
      stdout,
      stderr: new PassThrough(),
      cwd: here,
      env: {},
      signal: new AbortController().signal,
    });
    for (const bid of [1, 2]) {
      stdin.write(`${good(bid)}\n`);
      const [answer] = await new Promise<readonly unknown[]>((resolve) =>
        stdout.once('data', (text) => resolve([text])),
      );
      expect(JSON.parse(String(answer)).metrics.welfare).toBe(bid);
    }
    stdin.end();
    expect(await ended).toBe(0);
  });

  test('reads no further while nobody takes the answers', async () => {
    let read = 0;
    const chunk = Buffer.from(`${good(1)}\n`.repeat(100));
    const stdin = Readable.from(
      (function* () {
        for (; read < 200; read++) yield chunk;
      })(),
      { highWaterMark: 1 },
    );
    let taken = 0;
    let letGo = (): void => {};
    const stdout = new Writable({
      highWaterMark: 1,
      write(bytes: Buffer, _, done) {
        taken += bytes.length;
        // Once: whoever is told twice that something was written takes it for an error.
        letGo = () => {
          letGo = () => {};
          done();
        };
      },
    });
    const ended = runCli({
      argv: ['run', '--ndjson'],
      stdin,
      stdout,
      stderr: new PassThrough(),
      cwd: here,
      env: {},
      signal: new AbortController().signal,
    });
    while (taken === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBeLessThan(20);
    const freeing = setInterval(() => letGo(), 0);
    expect(await ended).toBe(0);
    clearInterval(freeing);
    expect(read).toBe(200);
  });

  test('reads files one after the other, and reports those that it cannot', async () => {
    const cwd = project(['@mechane/auction-sealed'], { a: `${good(1)}\n${good(2)}`, b: good(3) });
    const { exitCode, stdout, stderr } = await mechane(['run', '--ndjson', 'a', 'none', 'b'], { cwd });
    expect(exitCode).toBe(2);
    expect(answers(stdout).map(({ metrics }) => metrics?.welfare)).toEqual([1, 2, 3]);
    expect(stderr).toMatch(/^error cannot-read in none: /);
  });

  test('reports an input that breaks off', async () => {
    const stdin = new Readable({
      read() {
        this.push(`${good(1)}\n`);
        this.destroy(Object.assign(new Error('the disk is gone'), { code: 'EIO' }));
      },
    });
    const { exitCode, stderr } = await mechane(['run', '--ndjson'], { stdin });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error cannot-read in stdin: it cannot be read \(EIO\)/);
  });

  test('stops when told to, with every answer so far written', async () => {
    const controller = new AbortController();
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    let said = '';
    stdout.on('data', (text) => {
      said += text;
      // A third line is being written, of which nothing can have come out.
      if (answers(said).length === 2) controller.abort('SIGINT');
    });
    stdin.write(`${good(1)}\n${good(2)}\n${good(3).slice(0, 9)}`);
    const { signal } = controller;
    const exitCode = await runCli({ argv: ['run', '--ndjson'], stdin, stdout, stderr, cwd: here, env: {}, signal });
    expect({ exitCode, stderr: stderr.read() }).toEqual({ exitCode: 130, stderr: null });
    expect(answers(said).map(({ metrics }) => metrics?.welfare)).toEqual([1, 2]);
  });

  test('shows progress on a terminal only, and takes it away', async () => {
    const shown = await mechane(['run', '--ndjson'], { stdin: `${good(1)}\n`, stderrIsTerminal: true });
    expect(shown.stderr).toBe('\u001b[1G\u001b[2K1 lines\u001b[1G\u001b[2K');
  });

  test('is on as many threads as are wanted', async () => {
    const lines = `${good(1)}\n${good(2)}\n`;
    const two = await mechane(['run', '--ndjson', '--workers', '2'], { stdin: lines });
    expect(two).toEqual(await mechane(['run', '--ndjson', '--workers', '1'], { stdin: lines }));
    expect(answers(two.stdout).map(({ metrics }) => metrics?.welfare)).toEqual([1, 2]);
  });

  test('does not go together with --json', async () => {
    const { exitCode, stderr } = await mechane(['run', '--ndjson', '--json']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error conflicting-options: /);
  });
});
