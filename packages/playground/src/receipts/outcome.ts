import { createMechane, type Mechane, type Mechanism, readJournalLines } from '@mechane/core';
import { valueInWords } from '../live/in-words.ts';
import { pluginOf } from '../mechanisms/packages.ts';
import { type Finding, failure } from './finding.ts';

/** Whether what was said in a journal leads to the outcome that it has: it is played again, where nothing is hidden. */
export async function outcomeFinding(text: string): Promise<Finding> {
  if (hides(text)) {
    return open(
      'the journal hides what others said.',
      'A session that is made with disclosure “full” shows all once it is closed.',
    );
  }
  let read: Awaited<ReturnType<typeof readJournalLines>>;
  try {
    read = await readJournalLines(text);
  } catch (error) {
    return failure('The journal tells of a run that cannot have been', error);
  }
  const { journal, closed } = read;
  const [first, last] = [journal.entries[0], journal.entries.at(-1)];
  const mechanism = first?.kind === 'opened' ? first.mechanism : '';
  if (!closed) return open('the session has not ended.');
  if (last?.kind === 'cancelled') return open('the session was called off.');
  const plugin = await pluginOf(mechanism);
  if (plugin === undefined)
    return open(
      `this page does not know ${mechanism}.`,
      'With its package installed, mechane replay JOURNAL plays it.',
    );
  try {
    const mechane = createMechane().use(plugin) as object as Mechane<Mechanism>;
    await mechane.prepare();
    const { outcome } = mechane.replay(journal);
    return {
      verdict: 'holds',
      says: 'The outcome follows from what was said: played again, the journal leads to the one that it has.',
      more: `${mechanism}: ${valueInWords(outcome)}`,
    };
  } catch (error) {
    return failure('The outcome does not follow from what was said', error);
  }
}

function open(why: string, more?: string): Finding {
  return {
    verdict: 'open',
    says: `Whether the outcome follows from what was said stays open: ${why}`,
    ...(more === undefined ? {} : { more }),
  };
}

function hides(text: string): boolean {
  return text
    .trim()
    .split('\n')
    .some((line) => 'leaf' in (JSON.parse(line) as object));
}
