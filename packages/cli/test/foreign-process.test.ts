import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ForeignProcess } from '../src/foreign/foreign-process.ts';
import { start } from './process.ts';
import { temporaryFolder } from './project.ts';

const env = { PATH: process.env.PATH ?? '' };
/** Answers every line with the same line. */
const echo = 'while read -r line; do echo "$line"; done';

/** Runs a command, hands it over, and ends it. */
async function withProcess<Result>(
  command: string,
  use: (started: ForeignProcess, cwd: string) => Result | Promise<Result>,
  patience = { first: 20_000, others: 20_000 },
): Promise<Result> {
  const cwd = temporaryFolder();
  const started = new ForeignProcess(command, { cwd, env, patience });
  try {
    return await use(started, cwd);
  } finally {
    await started.close();
  }
}

/** Whether a process is there. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe.skipIf(process.platform === 'win32')('a process that answers lines with lines', () => {
  test('answers at once, whatever the length of line and answer', async () => {
    await withProcess(echo, (started) => {
      const lines = ['1', 'ü and 🙂', 'x'.repeat(200_000), ''];
      expect(lines.map((line) => started.ask(line))).toEqual(lines);
      expect(started.waited).toBeGreaterThan(0);
    });
  });

  test('hears many lines together, and each answer is given once', async () => {
    const counting = 'count=0; while read -r line; do count=$((count + 1)); echo "$line $count"; done';
    await withProcess(counting, (started) => {
      const lines = Array.from({ length: 3_000 }, (_, index) => `line ${index}`);
      started.foresee([...lines, ...lines]);
      expect(lines.map((line) => started.ask(line))).toEqual(lines.map((line, index) => `${line} ${index + 1}`));
      expect(started.ask('line 0')).toBe('line 0 3001');
    });
  });

  test('may be heard in pieces', async () => {
    const inPieces = "read -r a; read -r b; printf 'one\\ntw'; sleep 0.1; printf 'o\\n'; read -r c";
    await withProcess(inPieces, (started) => {
      started.foresee(['a', 'b']);
      expect([started.ask('a'), started.ask('b')]).toEqual(['one', 'two']);
    });
  });

  test('is not asked again once an engine has cut off whoever waited: the next line would answer another question', async () => {
    const slow = 'read -r line; echo "$line"; read -r line; sleep 0.4; echo "$line"; read -r line; echo "$line"';
    await withProcess(slow, (started) => {
      started.ask('one');
      const host = globalThis as { waiting?: () => void };
      host.waiting = () => started.ask('two');
      try {
        const cut = () => new Script('waiting()').runInThisContext({ timeout: 50 });
        expect(cut).toThrow(expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }));
      } finally {
        delete host.waiting;
      }
      expect(() => started.ask('three')).toThrow(expect.objectContaining({ code: 'command-hangs' }));
    });
  });

  test('that keeps silent is ended when its time is up, with what it was asked', async () => {
    await withProcess(
      'read -r line; echo "$line"; sleep 1000',
      async (started) => {
        expect(started.ask('one')).toBe('one');
        expect(() => started.ask('two')).toThrow(
          expect.objectContaining({ code: 'command-hangs', message: expect.stringContaining('when it was asked two') }),
        );
        expect(started.broken.aborted).toBe(true);
        // It answers nothing from then on.
        expect(() => started.ask('three')).toThrow(expect.objectContaining({ code: 'command-hangs' }));
        expect(await started.failure()).toMatchObject({ code: 'command-hangs' });
      },
      { first: 20_000, others: 100 },
    );
  });

  test('is ended with all that it has started, also where it would not end by itself', { tags: ['long'] }, async () => {
    const command = `trap '' TERM; sleep 1000 & echo $! > other; echo $$ > own; ${echo}; sleep 1000`;
    const pids = await withProcess(command, (started, cwd) => {
      started.ask('hello');
      return ['own', 'other'].map((name) => Number(readFileSync(join(cwd, name), 'utf8')));
    });
    await until(() => !pids.some(lives));
    expect(pids.map(lives)).toEqual([false, false]);
  });

  test('does not outlive whoever started it, even where that is killed in the middle of a question', {
    tags: ['long'],
  }, async () => {
    const cwd = temporaryFolder();
    const argv = ['verify', '--exec', 'echo $$ > own; sleep 1000'];
    const started = start(argv, { cwd });
    await until(() => existsSync(join(cwd, 'own')) && readFileSync(join(cwd, 'own'), 'utf8').endsWith('\n'));
    const pid = Number(readFileSync(join(cwd, 'own'), 'utf8'));
    expect(lives(pid)).toBe(true);
    started.kill('SIGKILL');
    await until(() => !lives(pid));
    expect(lives(pid)).toBe(false);
  });

  test('may end in peace when nobody asks any more', async () => {
    const cwd = await withProcess(`${echo}; touch farewell`, (started, folder) => {
      started.ask('hello');
      return folder;
    });
    expect(existsSync(join(cwd, 'farewell'))).toBe(true);
  });

  test('may say more on standard error than any pipe would hold, and its last line is told when it dies', async () => {
    const remark = 'x'.repeat(1_000);
    const command = `while read -r line; do echo ${remark} >&2; echo last words >&2; [ "$line" = stop ] && exit 3; echo ok; done`;
    const failure = await withProcess(command, async (started) => {
      for (let time = 0; time < 300; time++) started.ask('go');
      expect(() => started.ask('stop')).toThrow(expect.objectContaining({ code: 'command-died' }));
      return started.failure();
    });
    expect(failure?.message).toContain('ended with exit code 3 when it was asked stop');
    expect(failure?.message).toContain('last words');
  });
});
