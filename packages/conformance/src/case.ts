import type { AgentId, Witness } from '@mechane/core';
import { readDeparting } from './game/departing.ts';

/**
 * One situation in which a law can break: who the agents truly are and, where the law is about lying, what some say
 * instead: a report, or `null` for staying away.
 */
export interface Case {
  readonly seed: number;
  readonly types: Reports;
  readonly deviation: Reports;
  /** Who is tempted or wronged. */
  readonly agent: AgentId | undefined;
}

/** Reports by agent, in the order in which they come, as a user would type them; or how somebody departs from a report. */
export type Reports = ReadonlyMap<AgentId, unknown>;

const nobody: Reports = new Map();

/** Everybody is truthful. */
export function truthfulCase(types: Reports, seed: number, agent?: AgentId): Case {
  return { seed, types, deviation: nobody, agent };
}

/** One agent says something else. */
export function deviatingCase(types: Reports, seed: number, agent: AgentId, report: unknown): Case {
  return { seed, types, deviation: new Map([[agent, report]]), agent };
}

/** What the mechanism hears when those who deviate do. */
export function deviated({ types, deviation }: Case): Reports {
  if (deviation.size === 0) return types;
  const reports = new Map(types);
  for (const [agent, report] of deviation) {
    if (report === null) reports.delete(agent);
    else reports.set(agent, report);
  }
  return reports;
}

/** Reads the case a claim's witness describes. */
export function witnessedCase({ reports, deviation = {}, agent, seed = 1 }: Witness): Case {
  const types = read(reports);
  const deviations = read(deviation);
  const liar = [...deviations.keys()].find((id) => types.has(id));
  return { seed, types, deviation: deviations, agent: agent ?? liar };
}

function read(reports: Readonly<Record<AgentId, unknown>>): Reports {
  return new Map(Object.entries(reports).map(([agent, report]) => [agent, readDeparting(report)]));
}
