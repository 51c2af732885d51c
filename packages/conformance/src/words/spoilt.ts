import { type Case, deviated } from '../case.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Violation } from '../law.ts';
import { scenarioOf } from './counterexamples.ts';
import { allSaying } from './words.ts';

/** Says what is spoilt about an outcome, of which nothing else can be said then. */
export function explainSpoilt(game: Game, given: Case, flaw: string): Violation {
  const { types, seed } = given;
  const isTruth = ifPlayable(() => game.play(types, seed)) === undefined;
  const reports = isTruth ? types : deviated(given);
  return {
    counterexample: {
      settings: game.given,
      ...(game.drawsLots ? { seed } : {}),
      types: Object.fromEntries(reports),
    },
    reason: `when ${allSaying(reports)}, ${flaw}`,
    scenarios: [scenarioOf(game, reports, seed)],
  };
}
