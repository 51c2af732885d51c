import { auditJournal, type Journal, type JournalProof, readJournalLines } from '@mechane/core';
import type { Context } from '../context.ts';
import { unfinishedRun } from '../errors.ts';
import { preparation } from '../preparation.ts';
import { readPublicKey } from '../public-key.ts';
import { bytesIn, readJson } from '../read-input.ts';
import type { JournalOptions } from './resume.ts';
import { tellResult } from './tell-result.ts';

/** What a journal is held to besides itself. */
export interface ReplayOptions extends JournalOptions {
  readonly head?: string;
  readonly key?: string;
  readonly receipt?: string;
}

/**
 * `mechane replay`: audits a finished run; its journal must lead to the outcome that it says, and to what was published or kept of it. With a
 * receipt, shows that its message is in the journal, and nothing of the others.
 */
export async function replay(file: string, options: ReplayOptions, context: Context): Promise<number> {
  const { json = false, head, key, receipt } = options;
  const { host } = context;
  const text = (await bytesIn(file, host.cwd)).toString('utf8');
  const proof = await auditJournal(text, {
    head: head?.toLowerCase(),
    key: key === undefined ? undefined : await readPublicKey(key, host),
    receipt: receipt === undefined ? undefined : await readJson(receipt, host),
  });
  if (receipt !== undefined) return tellProof(proof, json, context);
  const { mechane } = await context.plugins();
  const { journal, closed } = await readJournalLines(text);
  if (!closed) throw unfinishedRun(file, roundsIn(journal));
  await preparation(mechane)(journal);
  return tellResult(mechane.replay(journal), json, context);
}

async function tellProof(proof: JournalProof | undefined, json: boolean, { output }: Context): Promise<number> {
  if (json) {
    await output.write(`${JSON.stringify({ included: true, ...(proof === undefined ? {} : { proof }) })}\n`);
    return 0;
  }
  const after = proof === undefined ? '' : `, ${proof.leaves.length} entries before the head ${proof.head}`;
  await output.write(`the message of this receipt is in the journal${after}\n`);
  return 0;
}

function roundsIn({ entries }: Journal): number {
  return entries.findLast((entry) => 'round' in entry)?.round ?? 0;
}
