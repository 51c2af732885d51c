import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Context } from '../src/context.ts';
import { whatOf } from '../src/spread/job-text.ts';
import { linePieces } from '../src/spread/line-pieces.ts';
import { answer, type NamedTask } from '../src/spread/named-task.ts';
import { project } from './project.ts';

/** The pieces of files that have these contents, and which could not be read. */
async function piecesOf(contents: Readonly<Record<string, string | Buffer>>, inputs: readonly string[]) {
  const cwd = project([]);
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(cwd, name), content);
  const host = { stdin: Readable.from([]), cwd, signal: new AbortController().signal };
  const failed: string[] = [];
  const pieces: NamedTask[] = [];
  const context = { host } as unknown as Context;
  for await (const piece of linePieces(inputs, (_, file) => failed.push(file), context)) pieces.push(piece);
  return { failed, given: pieces.map(({ given }) => given) };
}

test('files are cut into pieces of whole lines, each of which knows how many lines stand before it in its file', async () => {
  const long = `${'x'.repeat(99)}\n`.repeat(3_000);
  const { given, failed } = await piecesOf({ long, short: 'a\nb' }, ['long', 'none', 'short']);
  expect(failed).toEqual(['none']);
  const cut = given as readonly { readonly before: number; readonly text: string }[];
  expect(cut.map(({ text }) => text).join('')).toBe(`${long}a\nb`);
  let before = 0;
  for (const piece of cut.slice(0, -1)) {
    expect(piece.before).toBe(before);
    expect(piece.text.endsWith('\n')).toBe(true);
    before += piece.text.split('\n').length - 1;
  }
  expect(cut.at(-1)).toEqual({ before: 0, text: 'a\nb' });
});

test('a line that is too long is answered by an error in its place', async () => {
  const text = await answer({ before: 1, isTooLong: true }, {} as never);
  expect(JSON.parse(text)).toMatchObject({ error: { code: 'too-large', line: 2 } });
});

test('bytes that are no text are carried as they are', async () => {
  const { given } = await piecesOf({ in: Buffer.from([0x7b, 0xff, 0x0a]) }, ['in']);
  expect(given).toEqual([{ before: 0, bytes: Buffer.from([0x7b, 0xff, 0x0a]).toString('base64') }]);
});

test('a job is listed by the command that began it; what no command began, by what was said of it', () => {
  const status = { name: 'j', begun: '2026-01-01T00:00:00.000Z', pieces: null, done: 0 };
  const command = (what: string): string => whatOf({ ...status, what }).command;
  expect(command(JSON.stringify({ command: 'run', inputs: ['a', 'b'], options: { ndjson: true } }))).toBe(
    'mechane run --ndjson a b',
  );
  expect(command('a nightly sweep')).toBe('a nightly sweep');
  expect(command('{"sweep":1}')).toBe('{"sweep":1}');
});
