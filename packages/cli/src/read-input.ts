import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { cannotRead, tooLarge } from './errors.ts';
import type { Host } from './host.ts';
import { decodeText, largestText, parseJson } from './json-text.ts';

/** How a FILE that means stdin is typed. */
export const stdinName = '-';

/**
 * Reads the JSON in a file, or in stdin where the file is `-`.
 *
 * @throws CliError naming what keeps it from being read, or the place at which it is no JSON.
 */
export async function readJson(file: string, from: Pick<Host, 'stdin' | 'cwd'>): Promise<unknown> {
  return (await readSizedJson(file, from)).value;
}

/** As {@link readJson}, with the size of the text in bytes. */
export async function readSizedJson(
  file: string,
  { stdin, cwd }: Pick<Host, 'stdin' | 'cwd'>,
): Promise<{ readonly value: unknown; readonly size: number }> {
  const bytes = await bytesOf(file, { stdin, cwd });
  return { value: parseJson(bytes), size: bytes.length };
}

/**
 * Reads the text in a file, or in stdin where the file is `-`.
 *
 * @throws CliError naming what keeps it from being read, or the place at which it is no text.
 */
export async function readText(file: string, { stdin, cwd }: Pick<Host, 'stdin' | 'cwd'>): Promise<string> {
  return decodeText(await bytesOf(file, { stdin, cwd }));
}

/** All bytes of a file, or of stdin where the file is `-`. */
export async function bytesOf(file: string, { stdin, cwd }: Pick<Host, 'stdin' | 'cwd'>): Promise<Buffer> {
  return file === stdinName ? await allOf(stdin) : await bytesIn(file, cwd);
}

/** All that is in a file. */
export async function bytesIn(file: string, cwd: string): Promise<Buffer> {
  return allOf(await openFile(file, cwd));
}

/** Opens a file for reading; closing comes with its end. */
export async function openFile(file: string, cwd: string): Promise<Readable> {
  try {
    const handle = await open(resolve(cwd, file));
    const isFolder = await handle.stat().then(
      (status) => status.isDirectory(),
      () => false,
    );
    if (isFolder) {
      await handle.close();
      throw Object.assign(new Error('it is a directory'), { code: 'EISDIR' });
    }
    return handle.createReadStream({ highWaterMark: chunkSize });
  } catch (cause) {
    throw cannotRead(cause);
  }
}

const chunkSize = 256 * 1024;

/** What a stream holds, chunk by chunk, with a coded error where it cannot be read. Ends early when called off. */
export async function* chunksOf(stream: Readable, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (signal) addAbortSignal(signal, stream);
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (cause) {
    if (!signal?.aborted) throw cannotRead(cause);
  }
}

async function allOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(stream)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largestText) throw tooLarge(largestText);
  }
  return Buffer.concat(chunks, size);
}
