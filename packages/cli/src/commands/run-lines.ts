import { isUtf8 } from 'node:buffer';
import type { Mechane, Mechanism } from '@mechane/core';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { reportOf } from '../error-report.ts';
import { tooLarge } from '../errors.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { largestText, parseJson, parseUtf8 } from '../json-text.ts';
import { lineBatches } from '../lines.ts';
import { type Prepare, preparation } from '../preparation.ts';
import { chunksOf, openFile, stdinName } from '../read-input.ts';

const newline = 0x0a;
const fullPage = 1024 * 1024;

/** `mechane run --ndjson`: a scenario a line in, a result a line out, in constant memory. */
export async function runLines(files: readonly string[], context: Context): Promise<number> {
  const { stdin, cwd, signal } = context.host;
  const { mechane } = await context.plugins();
  let failed = false;
  for (const file of files.length === 0 ? [stdinName] : files) {
    try {
      const input = file === stdinName ? stdin : await openFile(file, cwd);
      await answerLines(chunksOf(input, signal), mechane, context);
    } catch (thrown) {
      if (!(thrown instanceof CliError) || thrown.code !== 'cannot-read') throw thrown;
      failed = true;
      context.reportError(thrown, { file });
    }
    throwIfInterrupted(signal);
  }
  return failed ? 2 : 0;
}

async function answerLines(
  chunks: AsyncIterable<Buffer>,
  mechane: Mechane<Mechanism>,
  { host, output, progress }: Context,
): Promise<void> {
  const prepare = preparation(mechane);
  let line = 0;
  for await (const batch of lineBatches(chunks)) {
    // What is left at an interruption is half a line.
    throwIfInterrupted(host.signal);
    let page = '';
    if (batch === 'too-long') {
      line += 1;
      await output.write(answerError(tooLarge(largestText), line));
      continue;
    }
    const wellEncoded = isUtf8(batch);
    for (let start = 0; start < batch.length; ) {
      const found = batch.indexOf(newline, start);
      const end = found === -1 ? batch.length : found;
      line += 1;
      if (!isBlank(batch, start, end)) {
        const answered = answer(mechane, prepare, batch, start, end, line, wellEncoded);
        page += typeof answered === 'string' ? answered : await answered;
      }
      start = end + 1;
      if (page.length < fullPage) continue;
      await output.write(page);
      page = '';
    }
    await output.write(page);
    progress.show(() => `${line.toLocaleString('en')} lines`);
  }
}

/** The line that answers a scenario; later only where the mechanism has to load something first. */
function answer(
  mechane: Mechane<Mechanism>,
  prepare: Prepare,
  batch: Buffer,
  start: number,
  end: number,
  line: number,
  wellEncoded: boolean,
): string | Promise<string> {
  try {
    const scenario =
      wellEncoded && batch[start] !== 0xef
        ? parseUtf8(batch, start, end, line)
        : parseJson(batch.subarray(start, end), line);
    const answered = (): string => `${JSON.stringify(mechane.runScenario(scenario))}\n`;
    return (
      prepare(scenario)
        ?.then(answered)
        .catch((thrown: unknown) => answerError(thrown, line)) ?? answered()
    );
  } catch (thrown) {
    return answerError(thrown, line);
  }
}

function answerError(thrown: unknown, line: number): string {
  return `${JSON.stringify({ error: reportOf(thrown, { line }) })}\n`;
}

/** Whether nothing stands on a line: no scenario, so no answer. */
function isBlank(batch: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = batch[at];
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
