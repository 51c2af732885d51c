import type { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import { type Case, deviated } from './case.ts';
import { counterexampleOf, scenariosOf } from './counterexamples.ts';
import type { Violation } from './law.ts';
import { inWords, meanwhile, numberInWords, reportingInWords, typeInWords } from './words.ts';

/** What an agent gains by the misreport of a case, beyond what is allowed. */
export function temptation(arena: Arena, given: Case, approximately = 0): number {
  const { agent, types, seed } = given;
  if (agent === undefined) return Number.NEGATIVE_INFINITY;
  const type = types.get(agent);
  const truthful = arena.utility(agent, type, arena.play(types, seed));
  const deviating = arena.utility(agent, type, arena.play(deviated(given), seed));
  return deviating - truthful - approximately;
}

/** Says who gains how much by which misreport. */
export function explainTemptation(arena: Arena, given: Case): Violation {
  const counterexample = counterexampleOf(arena, given);
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
    scenarios: scenariosOf(arena, given),
  };
}

/** Laws about gains need to know what an outcome is worth. */
export function withoutUtility({ arena: { mechanism } }: Bench): string | undefined {
  if (mechanism.utility ?? mechanism.value) return undefined;
  return 'the mechanism says neither what an outcome is worth to an agent (value) nor its utility';
}
