import { type Case, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import type { Law, Violation } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords } from '../words/words.ts';
import { withoutSums, withoutWelfare } from './needs.ts';

/**
 * Measured against the domain's own optimum, never against the mechanism's word. An outcome that is worth more than anything possible, or that
 * gives away what there is not, is no better.
 */
export const efficient: Law = caseLaw({
  name: 'efficient',
  says: 'no other outcome is worth more to the agents together',
  playsPerRun: 60,
  aboutValues: true,
  dependsOnNumbers: true,
  pointless: withoutSums,
  undecidable: withoutWelfare,
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess(game, given, share = 1) {
    if (infeasibilityIn(game, given) !== undefined) return Number.POSITIVE_INFINITY;
    const [welfare, best] = [welfareIn(game, given), game.bestWelfare(given.types)];
    // Where values may be below 0, so may the best; a share of it allows no more.
    return Math.max(Math.min(best, share * best) - welfare, welfare - best);
  },
  explain: explainWaste,
});

export function welfareIn(game: Game, { types, seed }: Case): number {
  return game.welfare(types, game.play(types, seed));
}

/** What is impossible about the outcome of a case, as the domain knows. */
export function infeasibilityIn(game: Game, { types, seed }: Case): string | undefined {
  return game.domain.infeasible?.(game.play(types, seed), types, game.settings);
}

export function explainWaste(game: Game, given: Case): Violation {
  const infeasibility = infeasibilityIn(game, given);
  const [welfare, best] = [welfareIn(game, given), game.bestWelfare(given.types)];
  const worth = `the outcome is worth ${numberInWords(welfare)} to them together, and`;
  const waste =
    infeasibility ??
    (welfare > best
      ? `${worth} no more than ${numberInWords(best)} is possible`
      : `${worth} ${numberInWords(best)} was possible`);
  return {
    counterexample: counterexampleOf(game, given),
    reason: `when ${allSaying(given.types)}, ${waste}`,
    scenarios: scenariosOf(game, given),
  };
}
