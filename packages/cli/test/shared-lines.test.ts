import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { AnsweredLines } from '../src/answered-lines.ts';
import { Context } from '../src/context.ts';
import { loadPlugins } from '../src/plugins.ts';
import { SharedLines } from '../src/spread/shared-lines.ts';
import { here, scenario } from './command.ts';

const { mechane } = await loadPlugins(here);
const opened: SharedLines[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** Lines that are answered at once by two threads, and what they have said so far. */
function sharing(
  signal = new AbortController().signal,
  patience: object = { patience: 0 },
): { readonly shared: SharedLines; said(): string } {
  const stdout = Object.assign(new PassThrough(), { isTTY: false });
  const stderr = Object.assign(new PassThrough(), { isTTY: false });
  const host = {
    argv: [],
    stdin: new PassThrough(),
    stdout,
    stderr,
    cwd: here,
    env: {},
    playground: undefined,
    signal,
  };
  let said = '';
  stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString('utf8');
  });
  const shared = new SharedLines(mechane, { threads: 2, ...patience }, new Context(host));
  opened.push(shared);
  return { shared, said: () => said };
}

/** As many lines as one chunk of a file has, some of which are none, with names that are not ASCII. */
const batch: Buffer = Buffer.concat(
  Array.from({ length: 600 }, (_, place) => {
    if (place % 200 === 7) return Buffer.from('{"mechanism":\n');
    if (place % 200 === 8) return Buffer.from('\n');
    if (place % 200 === 9) return Buffer.from([0x22, 0xc3, 0x28, 0x22, 0x0a]);
    return Buffer.from(`${scenario({ änn: { bid: place % 97 }, bob: { bid: (place * 31) % 89 } })}\n`);
  }),
);
const linesOfBatch = 600;

describe('lines that threads share', () => {
  test('are answered as one thread would, in their order, each once', { tags: ['long'] }, async () => {
    const { shared, said } = sharing();
    let batches = 0;
    let line = 0;
    const answer = async (): Promise<void> => {
      line = await shared.answer(batch, line);
      batches += 1;
    };
    while (shared.others === 0) await answer();
    for (let more = 0; more < 20; more++) await answer();
    await shared.say('a line that is none\n');
    await shared.answer(batch.subarray(0, -1), 0);
    await shared.finish();
    expect(line).toBe(batches * linesOfBatch);

    let expected = '';
    const one = new AnsweredLines(mechane);
    const write = async (page: string): Promise<void> => {
      expected += page;
    };
    for (let place = 0; place < batches; place++) await one.answer(batch, place * linesOfBatch, write);
    expected += 'a line that is none\n';
    await one.answer(batch, 0, write);
    expect(said() === expected).toBe(true);
  });

  test('that come one by one are answered at once, by one thread', async () => {
    const { shared, said } = sharing(undefined, { patience: 1e9 });
    for (let line = 0; line < 3; ) {
      line = await shared.answer(Buffer.from(`${scenario({ ann: { bid: line } })}\n`), line);
      expect(JSON.parse(said().trim().split('\n')[line - 1] ?? '').metrics.welfare).toBe(line - 1);
    }
    expect(shared.others).toBe(0);
  });

  test('and are called off have whole answers, from the first on, without a gap', { tags: ['long'] }, async () => {
    const off = new AbortController();
    const { shared, said } = sharing(off.signal);
    const asked = (async () => {
      for (let line = 0; ; ) line = await shared.answer(batch, line);
    })();
    asked.catch(() => {});
    while (shared.others === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    off.abort('SIGTERM');
    await expect(asked).rejects.toMatchObject({ exitCode: 143 });
    await expect(shared.finish()).rejects.toMatchObject({ exitCode: 143 });
    expect(said()).toMatch(/\n$/);
    const errors = said()
      .split('\n')
      .filter((line) => line.startsWith('{"error"'))
      .map((line) => JSON.parse(line).error.line % 200);
    expect(errors.every((place, index) => place === (index % 2 === 0 ? 8 : 10))).toBe(true);
  });
});
