import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { readJson } from '../read-input.ts';
import { resultText } from '../result-text.ts';
import { runLines } from './run-lines.ts';

export interface RunOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
}

/** `mechane run`: plays each scenario and shows what came out. A bad one is reported and the rest go on. */
export async function run(
  files: readonly string[],
  { json = false, ndjson = false }: RunOptions,
  context: Context,
): Promise<number> {
  if (ndjson) return runLines(files, context);
  if (files.length === 0) {
    throw new CliError('missing-argument', {
      problem: 'no scenario is named',
      expected: 'one FILE or more, or - for stdin',
      fix: 'mechane run scenario.json',
    });
  }
  const { mechane } = await context.plugins();
  const { surroundings, output, style } = context;
  let failed = false;
  for (const file of files) {
    try {
      const result = mechane.runScenario(await readJson(file, surroundings));
      const title = files.length > 1 ? file : undefined;
      await output.write(json ? `${JSON.stringify(result)}\n` : resultText(result, style, title));
    } catch (thrown) {
      failed = true;
      context.complain(thrown, { file, json });
    }
  }
  return failed ? 2 : 0;
}
