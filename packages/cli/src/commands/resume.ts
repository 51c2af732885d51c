import { headerOf } from '@mechane/core/host';
import type { Context } from '../context.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { openJournal } from '../journal-file.ts';
import { preparation } from '../preparation.ts';
import { tellResult } from './tell-result.ts';

export interface JournalOptions {
  readonly json?: boolean;
}

/** `mechane resume`: goes on with a run that was cut off, from the last round in its journal. */
export async function resume(file: string, { json = false }: JournalOptions, context: Context): Promise<number> {
  const { mechane } = await context.plugins();
  const { cwd, signal } = context.host;
  const { journal, closed, sink, close } = await openJournal(file, cwd);
  try {
    await preparation(mechane)(journal);
    if (closed) return await tellResult(mechane.replay(journal), json, context);
    const { note } = headerOf(journal);
    return await tellResult(await mechane.record(note, { journal: sink, recorded: journal, signal }), json, context);
  } catch (thrown) {
    throwIfInterrupted(signal);
    throw thrown;
  } finally {
    await close();
  }
}
