import type { RunResult } from '@mechane/core';
import type { Context } from '../context.ts';
import { resultText } from '../result-text.ts';

/** Prints one result, and says that the command is done. */
export async function tellResult(result: RunResult, json: boolean, { output, style }: Context): Promise<number> {
  await output.write(json ? `${JSON.stringify(result)}\n` : resultText(result, style));
  return 0;
}
