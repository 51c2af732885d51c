import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords } from '../words/words.ts';

/** The metric `efficiency` is only as good as the best welfare it is measured by. */
export const bestWelfare: Law = caseLaw({
  name: 'structural/best-welfare',
  says: 'the best welfare that efficiency is measured by is the best there is',
  playsPerRun: 15,
  dependsOnNumbers: true,
  alsoOfNobody: true,
  irrelevant: ({ game: { mechanism, domain } }) =>
    mechanism.bestWelfare && domain.bestWelfare ? undefined : 'there are not two opinions on it',
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess: (game, given) => {
    const gap = Math.abs(claimedBest(game, given) - game.bestWelfare(given.types));
    return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
  },
  explain: (game, given) => ({
    counterexample: counterexampleOf(game, given),
    reason:
      `when ${allSaying(given.types)}, the mechanism says the best welfare is ${numberInWords(claimedBest(game, given))}, and trying ` +
      `everything finds ${numberInWords(game.bestWelfare(given.types))}`,
    scenarios: scenariosOf(game, given),
  }),
});

function claimedBest(game: Game, { types, seed }: Case): number {
  // What cannot be played has no efficiency to be measured.
  game.play(types, seed);
  const best = Number(game.mechanism.bestWelfare?.(game.parsedAll(types), game.freshSettings()));
  if (Number.isNaN(best) && game.drawn)
    throw new Unplayable('refused', 'under these settings it does not know the best welfare');
  return game.amounts.add(best);
}
