import type { RunResult } from '@mechane/core';
import type { Context } from '../context.ts';
import { resultText } from '../result-text.ts';

/** Prints one result, and says that the command is done. */
export async function tellResult(result: RunResult, json: boolean, context: Context): Promise<number> {
  await (json ? context.output.write(`${JSON.stringify(result)}\n`) : context.tell(resultText(result, context.style)));
  return 0;
}
