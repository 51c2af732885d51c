import { largestText } from './json-text.ts';

/** Whole lines as they arrived together, or a line so long that it was thrown away. */
export type LineBatch = Buffer | 'too-long';

const newline = 0x0a;

/**
 * Cuts a stream of bytes at line ends, without ever holding more than a chunk and an unfinished line. A batch is as many
 * whole lines as one chunk completed, so that each answer can leave as soon as its line is there.
 */
export async function* lineBatches(
  chunks: AsyncIterable<Buffer>,
  longest: number = largestText,
): AsyncGenerator<LineBatch> {
  let unfinished: Buffer[] = [];
  let held = 0;
  let skipping = false;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(newline);
    let begin = 0;
    if (last !== -1 && skipping) {
      begin = chunk.indexOf(newline) + 1;
      skipping = false;
    }
    if (last !== -1 && begin <= last) {
      unfinished.push(chunk.subarray(begin, last + 1));
      yield unfinished.length === 1 ? (unfinished[0] as Buffer) : Buffer.concat(unfinished);
      unfinished = [];
      held = 0;
    }
    if (skipping || last === chunk.length - 1) continue;
    unfinished.push(chunk.subarray(last + 1));
    held += chunk.length - last - 1;
    if (held <= longest) continue;
    unfinished = [];
    held = 0;
    skipping = true;
    yield 'too-long';
  }
  if (held > 0) yield Buffer.concat(unfinished);
}

/** How many lines end in bytes that begin at the beginning of one; one that has no end counts, too. */
export function linesIn(lines: Uint8Array): number {
  let count = 0;
  let begin = 0;
  for (let at = lines.indexOf(newline); at !== -1; at = lines.indexOf(newline, begin)) {
    begin = at + 1;
    count += 1;
  }
  return begin < lines.length ? count + 1 : count;
}

/** Where the line ends that goes on at a place; its end belongs to it. */
export function lineEnd(lines: Uint8Array, place: number): number {
  const end = lines.indexOf(newline, place);
  return end === -1 ? lines.length : end + 1;
}
