import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { cloned } from '../copies.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { same } from '../same.ts';
import { ifPlayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

export const inputsUntouched: Law = caseLaw({
  name: 'structural/inputs-untouched',
  says: 'reports, settings and participants are after a run what they were before',
  cost: 20,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given) => (changed(arena, given) ? 1 : 0),
  explain(arena, given) {
    const change = changed(arena, given) as Change;
    return {
      counterexample: {
        settings: arena.given,
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

function changed(arena: Arena, { types, seed }: Case): Change | undefined {
  const inputs = arena.freshInputs(types);
  const settings = cloned(arena.settings);
  const participants: AgentId[] = [...inputs.keys()];
  const before = cloned([...inputs]);
  ifPlayable(() => arena.conductIn(arena.setup(participants, seed, settings), inputs));
  if (!same([...inputs], before)) return { what: 'reports', after: Object.fromEntries(inputs) };
  if (!same(settings, arena.settings)) return { what: 'settings', after: settings as object };
  return same(participants, [...types.keys()]) ? undefined : { what: 'participants', after: participants };
}
