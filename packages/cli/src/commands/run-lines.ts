import { answeredError } from '../answered-lines.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { tooLarge } from '../errors.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { largestText } from '../json-text.ts';
import { lineBatches } from '../lines.ts';
import { chunksOf, openFile, stdinName } from '../read-input.ts';
import { linePieces } from '../spread/line-pieces.ts';
import { SharedLines } from '../spread/shared-lines.ts';
import { Spread, type SpreadOptions, valueIn } from '../spread/spread.ts';
import { usualThreads } from '../spread/usual-threads.ts';

/** `mechane run --ndjson`: a scenario a line in, a result a line out, in constant memory. */
export async function runLines(
  files: readonly string[],
  { cluster, job, workers = usualThreads() }: SpreadOptions & { readonly workers?: number },
  context: Context,
): Promise<number> {
  let failed = false;
  const fail = (thrown: unknown, file: string): void => {
    if (!(thrown instanceof CliError) || thrown.code !== 'cannot-read') throw thrown;
    failed = true;
    context.reportError(thrown, { file });
  };
  const inputs = files.length === 0 ? [stdinName] : files;
  if (cluster === undefined) await answerHere(inputs, workers, fail, context);
  else {
    const spread = new Spread(cluster, job, context);
    const work = { record: { command: 'run', inputs: files, options: { ndjson: true } } } as const;
    await spread.told({ ...work, tasks: linePieces(inputs, fail, context) }, async (outcomes) => {
      for await (const outcome of outcomes) await context.output.write(valueIn(outcome) as string);
    });
  }
  return failed ? 2 : 0;
}

async function answerHere(
  inputs: readonly string[],
  threads: number,
  fail: (thrown: unknown, file: string) => void,
  context: Context,
): Promise<void> {
  const { stdin, cwd, signal } = context.host;
  const { mechane } = await context.plugins();
  const answers = new SharedLines(mechane, { threads }, context);
  try {
    for (const file of inputs) {
      try {
        const input = file === stdinName ? stdin : await openFile(file, cwd);
        await answerLines(chunksOf(input, signal), answers, context);
      } catch (thrown) {
        await answers.finish();
        fail(thrown, file);
      }
      if (signal.aborted) break;
    }
    await answers.finish();
    throwIfInterrupted(signal);
  } finally {
    await answers.close();
  }
}

async function answerLines(
  chunks: AsyncIterable<Buffer>,
  answers: SharedLines,
  { host, progress }: Context,
): Promise<void> {
  let line = 0;
  for await (const batch of lineBatches(chunks)) {
    // What is left at an interruption is half a line.
    if (host.signal.aborted) return;
    if (batch === 'too-long') {
      line += 1;
      await answers.say(answeredError(tooLarge(largestText), line));
      continue;
    }
    line = await answers.answer(batch, line);
    progress.show(() => `${line.toLocaleString('en')} lines`);
  }
}
