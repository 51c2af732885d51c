import type { AgentId } from '@mechane/core';
import { type Case, deviated, type Reports } from '../case.ts';
import { Departing } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { agentOf } from '../game/turns.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Scenario } from '../law.ts';
import type { Counterexample, Situation } from '../report.ts';

/** What a report says of a case: who is who, who says what instead, and what comes of it. */
export function counterexampleOf(game: Game, given: Case): Counterexample {
  const { agent, deviation, types } = given;
  const own = agent !== undefined && deviation.size === 1 && deviation.has(agent) ? deviation.get(agent) : undefined;
  const truthful = situationOf(game, given, types);
  const deviating = deviation.size > 0 ? { deviating: situationOf(game, given, deviated(given)) } : {};
  return {
    settings: game.given,
    ...(game.drawsLots ? { seed: given.seed } : {}),
    types: Object.fromEntries(types),
    ...(agent === undefined ? {} : { agent }),
    ...(own === undefined || own === null ? {} : { report: own }),
    ...(deviation.size > 0 && (own === undefined || own === null) ? { deviation: Object.fromEntries(deviation) } : {}),
    truthful,
    ...deviating,
  };
}

function situationOf(game: Game, { agent, types, seed }: Case, reports: Reports): Situation {
  const outcome = ifPlayable(() => game.play(reports, seed));
  if (outcome === undefined) return {};
  const type = agent === undefined ? undefined : types.get(agent);
  const utility =
    agent === undefined || type === undefined ? undefined : ifPlayable(() => game.utility(agent, type, outcome));
  return utility !== undefined && Number.isFinite(utility) ? { utility, outcome } : { outcome };
}

/** The scenarios of a case: all truthful, then as it deviates. */
export function scenariosOf(game: Game, given: Case): readonly Scenario[] {
  const reports = given.deviation.size === 0 ? [given.types] : [given.types, deviated(given)];
  if (reports.some(areBeyondReports)) return [];
  return reports.map((said) => scenarioOf(game, said, given.seed));
}

/** Whether somebody does what no scenario of reports can say. */
function areBeyondReports(reports: Reports): boolean {
  return [...reports.values()].some((said) => said instanceof Departing);
}

/** The scenario in which these reports are made. */
export function scenarioOf({ mechanism, given, drawsLots }: Game, reports: Reports, seed: number): Scenario {
  const said = mechanism.report
    ? { reports: inOrder(reports) }
    : { messages: [...reports].map(([key, message]) => [agentOf(mechanism, key), message] as const) };
  return {
    mechanism: mechanism.id,
    ...(isEmpty(given) ? {} : { settings: given }),
    ...said,
    ...(drawsLots ? { seed } : {}),
  };
}

/** An object, unless it would not keep the order of its keys. */
function inOrder(reports: Reports): Readonly<Record<AgentId, unknown>> | readonly (readonly [AgentId, unknown])[] {
  const record = Object.fromEntries(reports);
  const kept = Object.keys(record).every((agent, index) => agent === [...reports.keys()][index]);
  return kept ? record : [...reports];
}

function isEmpty(settings: unknown): boolean {
  return typeof settings === 'object' && settings !== null && Object.keys(settings).length === 0;
}
