import type { Case } from '../case.ts';
import type { Game } from '../game/game.ts';
import type { Violation } from '../law.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords } from '../words/words.ts';

/** The sum of all payments when agents say this; minus infinity where there are none. */
export function revenueIn(game: Game, { types, seed }: Case): number {
  return game.revenue(game.play(types, seed)) ?? Number.NEGATIVE_INFINITY;
}

/** Says what money is left over, or is missing. */
export function explainMoney(game: Game, given: Case): Violation {
  const revenue = revenueIn(game, given);
  const fate =
    revenue < 0 ? `${numberInWords(-revenue)} must be put in from outside` : `${numberInWords(revenue)} is left over`;
  return {
    counterexample: counterexampleOf(game, given),
    reason: `when ${allSaying(given.types)}, payments sum to ${numberInWords(revenue)}: ${fate}`,
    scenarios: scenariosOf(game, given),
  };
}
