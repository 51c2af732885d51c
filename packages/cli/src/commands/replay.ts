import type { Journal } from '@mechane/core';
import type { Context } from '../context.ts';
import { unfinishedRun } from '../errors.ts';
import { readJournalFile } from '../journal-file.ts';
import { preparation } from '../preparation.ts';
import type { JournalOptions } from './resume.ts';
import { tellResult } from './tell-result.ts';

/** `mechane replay`: audits a finished run; its journal must lead to the outcome that it says. */
export async function replay(file: string, { json = false }: JournalOptions, context: Context): Promise<number> {
  const { mechane } = await context.plugins();
  const { journal, closed } = await readJournalFile(file, context.host.cwd);
  if (!closed) throw unfinishedRun(file, roundsIn(journal));
  await preparation(mechane)(journal);
  return tellResult(mechane.replay(journal), json, context);
}

function roundsIn({ entries }: Journal): number {
  const last = entries.findLast((entry) => 'round' in entry);
  return last && 'round' in last ? last.round : 0;
}
