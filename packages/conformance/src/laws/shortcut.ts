import type { Mechanism } from '@mechane/core';
import { type Case, truthfulCase } from '../case.ts';
import type { Game, Played } from '../game/game.ts';
import { agree } from '../game/same.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

/** A mechanism with rounds may decide at once, if that comes to the same. */
export const shortcut: Law = caseLaw({
  name: 'structural/shortcut',
  says: 'deciding at once gives the outcome and the rounds of the conversation',
  playsPerRun: 30,
  dependsOnNumbers: true,
  irrelevant: ({ game: { mechanism } }) =>
    mechanism.decide && !mechanism.direct ? undefined : 'there is one way to the outcome',
  cost: 8,
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess(game, given) {
    const [short, long] = bothWays(game, given);
    const same = agree(short.outcome, long.outcome, given.types, game.given);
    return same && (!game.mechanism.roundsOf || short.rounds === long.rounds) ? 0 : Number.POSITIVE_INFINITY;
  },
  explain(game, given) {
    const [short, long] = bothWays(game, given);
    const told = ({ outcome, rounds }: Played): string => `${JSON.stringify(outcome)} in ${rounds} rounds`;
    return {
      counterexample: {
        ...counterexampleOf(game, given),
        truthful: { outcome: long.outcome },
        deviating: { outcome: short.outcome },
      },
      reason: `when ${allSaying(given.types)}, the conversation gives ${told(long)}, and deciding at once ${told(short)}`,
      scenarios: [],
    };
  },
});

function bothWays(game: Game, { types, seed }: Case): readonly [Played, Played] {
  const { decide: _, ...conversing } = game.mechanism;
  return [game.playFully(types, seed), game.playAfresh(types, seed, { mechanism: conversing as Mechanism })];
}
