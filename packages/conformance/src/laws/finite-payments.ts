import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { paymentFlaw } from '../game/outcome-flaws.ts';
import { agentOf } from '../game/turns.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

export const finitePayments: Law = caseLaw({
  name: 'structural/finite-payments',
  says: 'every number in an outcome is finite, payments name every participant and nobody else, and no money moves beside them',
  playsPerRun: 35,
  dependsOnNumbers: true,
  alsoOfNobody: true,
  *cases(trial, profile) {
    for (const said of saidVariously(trial, profile)) yield truthfulCase(said, profile.seed);
  },
  excess: (game, given) => (flawIn(game, given) === undefined ? 0 : Number.POSITIVE_INFINITY),
  explain: (game, given) => ({
    counterexample: counterexampleOf(game, given),
    reason: `when ${allSaying(given.types)}, ${flawIn(game, given)}`,
    scenarios: scenariosOf(game, given),
  }),
});

function flawIn(game: Game, { types, seed }: Case): string | undefined {
  return paymentFlaw(
    game.play(types, seed),
    [...types.keys()].map((key) => agentOf(game.mechanism, key)),
  );
}
