import type { AgentId } from '@mechane/core';
import { truthfulCase } from '../case.ts';
import { duplicateLaw } from '../errors.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import type { OutcomeLaw } from '../outcome-law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

/** The law with the kit's search. */
export function searchable({ name, says, flaw }: OutcomeLaw): Law {
  const flawIn = (game: Game, types: ReadonlyMap<AgentId, unknown>, seed: number): string | undefined => {
    const outcome = game.play(types, seed);
    return flaw({
      settings: game.settings,
      reports: game.parsedAll(types),
      outcome,
      utility: (agent) => game.utility(agent, types.get(agent), outcome),
    });
  };
  return caseLaw({
    name,
    says,
    playsPerRun: 30,
    dependsOnNumbers: true,
    cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
    excess: (game, { types, seed }) => (flawIn(game, types, seed) === undefined ? 0 : Number.POSITIVE_INFINITY),
    explain: (game, given) => ({
      counterexample: counterexampleOf(game, given),
      reason: `when ${allSaying(given.types)}, ${flawIn(game, given.types, given.seed)}`,
      scenarios: scenariosOf(game, given),
    }),
  });
}

/** @throws MechaneError `duplicate-law` for a name that is taken */
export function refuseTaken(laws: readonly OutcomeLaw[], taken: Iterable<string>): void {
  const names = new Set(taken);
  for (const { name } of laws) {
    if (names.has(name)) throw duplicateLaw(name);
    names.add(name);
  }
}
