import { isMechaneError, journalRecorder } from '@mechane/core';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { userRun } from '../game/edge.ts';
import { same } from '../game/same.ts';
import { inText, isAboutSettings } from '../game/unplayable.ts';
import type { Finding, Law } from '../law.ts';
import { allSaying } from '../words/words.ts';

const profilesTried = 24;

/** The journal goes through JSON on its way, as it would through a file. */
export const replay: Law = {
  name: 'structural/replay',
  says: 'playing the journal of a run again gives the same outcome',
  playsPerRun: 2,
  *examine(trial) {
    const tries = Math.max(3, Math.min(profilesTried, trial.budget.limit / 2));
    for (let examined = 1; examined <= tries; examined++) {
      yield undefined;
      const profile = trial.profiles.next();
      const flaw = replayFlaw(trial, profile);
      if (flaw !== undefined) return refuted(trial, profile, flaw, examined);
    }
    const examined = Math.floor(tries);
    return { method: 'search', examined, extent: `the journals of ${examined} runs` };
  },
};

function replayFlaw({ game, examination: { mechane } }: Trial, { types, seed }: Profile): string | undefined {
  const journal = journalRecorder();
  try {
    const { outcome } = mechane.untyped.run(game.mechanism.id, {
      ...userRun(game.mechanism, game.given, types, seed),
      journal,
    });
    const again = mechane.replay(JSON.parse(JSON.stringify(journal.journal())));
    if (same(again.outcome, outcome)) return undefined;
    return `the run gives ${JSON.stringify(outcome)}, and its journal ${JSON.stringify(again.outcome)}`;
  } catch (thrown) {
    if (isMechaneError(thrown) && isRefusal(thrown.code)) return undefined;
    if (game.drawn && isAboutSettings(thrown)) return undefined;
    return `it cannot be replayed: ${inText(thrown)}`;
  }
}

/** Whether a run was refused as a user's may be: then there is no journal. */
function isRefusal(code: string): boolean {
  return (
    code !== 'invalid-journal' &&
    (code.startsWith('invalid-') || code === 'overflow' || code === 'imprecise-amount' || code === 'too-many-rounds')
  );
}

function refuted({ game }: Trial, { types, seed }: Profile, flaw: string, examined: number): Finding {
  return {
    method: 'search',
    examined,
    extent: '',
    violation: {
      counterexample: { settings: game.given, seed, types: Object.fromEntries(types) },
      reason: `when ${allSaying(types)}, ${flaw}`,
      scenarios: [],
    },
  };
}
