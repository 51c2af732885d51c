import type { AgentId } from '@mechane/core';
import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { freshCopy } from '../game/plain-copy.ts';
import { same } from '../game/same.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { allSaying } from '../words/words.ts';

export const inputsUntouched: Law = caseLaw({
  name: 'structural/inputs-untouched',
  says: 'reports, settings and participants are after a run what they were before',
  playsPerRun: 15,
  cost: 8,
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess: (game, given) => (changed(game, given) ? Number.POSITIVE_INFINITY : 0),
  explain(game, given) {
    const change = changed(game, given) as Change;
    return {
      counterexample: {
        settings: game.given,
        types: Object.fromEntries(given.types),
        deviating: { outcome: change.after },
      },
      reason: `when ${allSaying(given.types)}, the mechanism changes the ${change.what} it was given: ${JSON.stringify(change.after)}`,
      scenarios: [],
    };
  },
});

interface Change {
  readonly what: string;
  readonly after: object;
}

function changed(game: Game, { types, seed }: Case): Change | undefined {
  const inputs = new Map([...types].map(([agent, report]) => [agent, game.read(report)]));
  const before = [...inputs].map(([agent, report]) => [agent, freshCopy(report)]);
  const settings = game.freshSettings();
  const settingsBefore = freshCopy(settings);
  const participants: AgentId[] = [...inputs.keys()];
  ifPlayable(() => game.conductInputs(game.setup(participants, seed, game.breakTie, settings), inputs, seed));
  if (!same([...inputs], before)) return { what: 'reports', after: Object.fromEntries(inputs) };
  if (!same(settings, settingsBefore)) return { what: 'settings', after: settings as object };
  return same(participants, [...types.keys()]) ? undefined : { what: 'participants', after: participants };
}
