import { type Case, deviated } from '../case.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import type { Violation } from '../law.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { inWords, meanwhile, numberInWords, reportingInWords, typeInWords } from '../words/words.ts';

/** What an agent gains by the misreport of a case, beyond what is allowed. */
export function temptation(game: Game, given: Case, approximately = 0): number {
  const { agent, types, seed } = given;
  if (agent === undefined) return Number.NEGATIVE_INFINITY;
  const type = types.get(agent);
  // Who departs from what its proxy would say is not truthful, so that there is nothing to be tempted away from.
  if (departs(type)) return Number.NEGATIVE_INFINITY;
  const truthful = game.utility(agent, type, game.play(types, seed));
  const deviating = game.utility(agent, type, game.play(deviated(given), seed));
  return deviating - truthful - approximately;
}

/** Says who gains how much by which misreport. */
export function explainTemptation(game: Game, given: Case): Violation {
  const counterexample = counterexampleOf(game, given);
  const { agent = '', truthful, deviating } = counterexample;
  const [type, report] = [given.types.get(agent), given.deviation.get(agent)];
  const [before, after] = [Number(truthful?.utility), Number(deviating?.utility)];
  const instead = report === null ? '' : ` instead of ${inWords(type)}`;
  const gain = numberInWords(after - before);
  return {
    counterexample,
    reason:
      `${agent}, ${typeInWords(type)}, gains ${gain} by ${reportingInWords(report)}${instead}${meanwhile(given, agent)}: ` +
      `its utility is ${numberInWords(after)} rather than ${numberInWords(before)}`,
    scenarios: scenariosOf(game, given),
  };
}
