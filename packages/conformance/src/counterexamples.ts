import type { Arena } from './arena.ts';
import { type Case, deviated, type Reports } from './case.ts';
import type { Scenario } from './law.ts';
import type { Counterexample, Situation } from './report.ts';
import { ifPlayable } from './unplayable.ts';

/** What a report says of a case: who is who, who says what instead, and what comes of it. */
export function counterexampleOf(arena: Arena, given: Case): Counterexample {
  const { agent, deviation, types } = given;
  const own = agent !== undefined && deviation.size === 1 && deviation.has(agent) ? deviation.get(agent) : undefined;
  return {
    settings: arena.given,
    ...(arena.drawsLots ? { seed: given.seed } : {}),
    types: Object.fromEntries(types),
    ...(agent === undefined ? {} : { agent }),
    ...(own === undefined || own === null ? {} : { report: own }),
    ...(deviation.size > 0 && (own === undefined || own === null) ? { deviation: Object.fromEntries(deviation) } : {}),
    truthful: situationOf(arena, given, types),
    ...(deviation.size > 0 ? { deviating: situationOf(arena, given, deviated(given)) } : {}),
  };
}

function situationOf(arena: Arena, { agent, types, seed }: Case, reports: Reports): Situation {
  const outcome = ifPlayable(() => arena.play(reports, seed));
  if (outcome === undefined) return {};
  const utility = agent === undefined ? Number.NaN : arena.utility(agent, types.get(agent), outcome);
  return Number.isFinite(utility) ? { utility, outcome } : { outcome };
}

/** The scenarios of a case: all truthful, then as it deviates. */
export function scenariosOf(arena: Arena, given: Case): readonly Scenario[] {
  const truthful = scenarioOf(arena, given.types, given.seed);
  return given.deviation.size === 0 ? [truthful] : [truthful, scenarioOf(arena, deviated(given), given.seed)];
}

/** The scenario in which these reports are made. */
export function scenarioOf({ mechanism, given, drawsLots }: Arena, reports: Reports, seed: number): Scenario {
  return {
    mechanism: mechanism.id,
    ...(isEmpty(given) ? {} : { settings: given }),
    ...(mechanism.report ? { reports: Object.fromEntries(reports) } : { messages: [...reports] }),
    ...(drawsLots ? { seed } : {}),
  };
}

function isEmpty(settings: unknown): boolean {
  return typeof settings === 'object' && settings !== null && Object.keys(settings).length === 0;
}
