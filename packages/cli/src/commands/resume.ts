import { headerOf } from '@mechane/core/host';
import type { Context } from '../context.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { readJournalFile } from '../journal-file.ts';
import { preparation } from '../preparation.ts';
import { tellResult } from './tell-result.ts';

export interface JournalOptions {
  readonly json?: boolean;
}

/** `mechane resume`: goes on with a run that was cut off, from the last round in its journal. */
export async function resume(file: string, { json = false }: JournalOptions, context: Context): Promise<number> {
  const { mechane } = await context.plugins();
  const { cwd, signal } = context.host;
  const { journal, closed, reopen } = await readJournalFile(file, cwd);
  await preparation(mechane)(journal);
  if (closed) return tellResult(mechane.replay(journal), json, context);
  const { sink, close } = await reopen();
  try {
    return await tellResult(
      await mechane.record(headerOf(journal).note, { journal: sink, recorded: journal, signal }),
      json,
      context,
    );
  } catch (thrown) {
    throwIfInterrupted(signal);
    throw thrown;
  } finally {
    await close();
  }
}
