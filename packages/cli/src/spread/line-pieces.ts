import { isUtf8 } from 'node:buffer';
import type { Context } from '../context.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { lineBatches, linesIn } from '../lines.ts';
import { chunksOf, openFile, stdinName } from '../read-input.ts';
import type { LinesTask, NamedTask } from './named-task.ts';

/** So many bytes of lines are a piece, at least: less would be carried about more than it is worked on. */
const pieceSize = 128 * 1024;

/** Cuts files into pieces of whole lines, as they are read. */
export async function* linePieces(
  inputs: readonly string[],
  fail: (thrown: unknown, file: string) => void,
  { host }: Context,
): AsyncGenerator<NamedTask> {
  const { stdin, cwd, signal } = host;
  for (const file of inputs) {
    try {
      const input = file === stdinName ? stdin : await openFile(file, cwd);
      yield* piecesOf(chunksOf(input, signal));
    } catch (thrown) {
      fail(thrown, file);
    }
    throwIfInterrupted(signal);
  }
}

async function* piecesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<NamedTask> {
  let before = 0;
  let load: Buffer[] = [];
  const piece = (): NamedTask => {
    const lines = Buffer.concat(load);
    load = [];
    const given = linesTask(lines, before);
    before += linesIn(lines);
    return { task: 'answer', given };
  };
  for await (const batch of lineBatches(chunks)) {
    if (batch !== 'too-long') load.push(batch);
    const size = load.reduce((sum, { length }) => sum + length, 0);
    if (size >= pieceSize || (batch === 'too-long' && size > 0)) yield piece();
    if (batch !== 'too-long') continue;
    yield { task: 'answer', given: { before, isTooLong: true } satisfies LinesTask };
    before += 1;
  }
  if (load.length > 0) yield piece();
}

/** Lines as text, or as they are where they are none. */
function linesTask(lines: Buffer, before: number): LinesTask {
  return isUtf8(lines) ? { before, text: lines.toString('utf8') } : { before, bytes: lines.toString('base64') };
}
