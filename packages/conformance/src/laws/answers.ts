import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

export const answers: Law = caseLaw({
  name: 'structural/answers',
  says: 'valid reports always have an outcome',
  playsPerRun: 40,
  dependsOnNumbers: true,
  alsoOfNobody: true,
  *cases(trial, profile) {
    for (const said of saidVariously(trial, profile)) yield truthfulCase(said, profile.seed);
  },
  excess: (game, given) => (failureIn(game, given) === undefined ? 0 : Number.POSITIVE_INFINITY),
  explain: (game, given) => ({
    counterexample: counterexampleOf(game, given),
    reason: `when ${allSaying(given.types)}, the mechanism fails: ${failureIn(game, given)}`,
    scenarios: scenariosOf(game, given),
  }),
});

/** How a play failed, in the mechanism's words. @throws Unplayable when the reports are refused, as those that are not valid may be. */
export function failureIn(game: Game, { types, seed }: Case): string | undefined {
  try {
    game.play(types, seed);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Unplayable && thrown.kind === 'broke') return thrown.message;
    throw thrown;
  }
}
