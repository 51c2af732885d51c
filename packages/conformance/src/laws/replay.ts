import { isMechaneError, journalRecorder } from '@mechane/core';
import type { Bench } from '../bench.ts';
import type { Finding, Law } from '../law.ts';
import type { Profile } from '../profile.ts';
import { same } from '../same.ts';
import { allSaying } from '../words.ts';

const profilesTried = 12;

/** The journal goes through JSON on its way, as it would through a file. */
export const replay: Law = {
  name: 'structural/replay',
  says: 'playing the journal of a run again gives the same outcome',
  async examine(bench) {
    const tried = bench.profiles.slice(0, profilesTried);
    for (const [index, profile] of tried.entries()) {
      await bench.breathe();
      const flaw = replayFlaw(bench, profile);
      if (flaw !== undefined) return refuted(bench, profile, flaw, index + 1);
    }
    return { method: 'search', examined: tried.length, extent: `the journals of ${tried.length} runs` };
  },
  judge: async () => undefined,
};

function replayFlaw({ arena, mechane }: Bench, { types, seed }: Profile): string | undefined {
  const { id, report } = arena.mechanism;
  const journal = journalRecorder();
  try {
    const said = report ? { reports: Object.fromEntries(types) } : { messages: [...types] };
    const { outcome } = mechane.untyped.run(id, { settings: arena.given, seed, journal, ...said });
    const again = mechane.replay(JSON.parse(JSON.stringify(journal.journal())));
    if (same(again.outcome, outcome)) return undefined;
    return `the run gives ${JSON.stringify(outcome)}, and its journal ${JSON.stringify(again.outcome)}`;
  } catch (thrown) {
    if (isMechaneError(thrown) && thrown.code.startsWith('invalid-') && thrown.code !== 'invalid-journal')
      return undefined;
    return `it cannot be replayed: ${(thrown as Error).message}`;
  }
}

function refuted({ arena }: Bench, { types, seed }: Profile, flaw: string, examined: number): Finding {
  return {
    method: 'search',
    examined,
    extent: '',
    violation: {
      counterexample: { settings: arena.given, seed, types: Object.fromEntries(types) },
      reason: `when ${allSaying(types)}, ${flaw}`,
      scenarios: [],
    },
  };
}
