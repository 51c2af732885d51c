import { type AgentColumn, type AgentId, agentColumn, isAgentColumn, unknownKey } from '@mechane/core';
import type { Threshold } from './clock.ts';
import { invalidColumns } from './errors.ts';

/**
 * The thresholds of very many bidders: `thresholds[i]` is the price at which `ids[i]` stops the clock. Ids in a plain array are checked for
 * duplicates in every run, those in core's `agentColumn` only once.
 */
export interface ThresholdColumns {
  readonly ids: AgentColumn | readonly AgentId[];
  readonly thresholds: Float64Array;
}

/** Bidders and their thresholds, row by row. */
export interface ThresholdRows {
  readonly ids: readonly AgentId[];
  readonly thresholds: Float64Array;
}

/** Reports as rows. */
export function rowsOf(reports: ReadonlyMap<AgentId, Threshold>): ThresholdRows {
  const thresholds = new Float64Array(reports.size);
  let row = 0;
  for (const { threshold } of reports.values()) thresholds[row++] = threshold;
  return { ids: [...reports.keys()], thresholds };
}

/** Checks the shape of columns that may come from anywhere, and gives the agents' ids. */
export function readIds(columns: unknown): readonly AgentId[] {
  if (typeof columns !== 'object' || columns === null || !('ids' in columns) || !('thresholds' in columns)) {
    throw invalidColumns([], 'these are no columns', 'an object with ids and thresholds');
  }
  for (const key of Object.keys(columns)) {
    if (key !== 'ids' && key !== 'thresholds') throw unknownKey(key, ['columns'], ['ids', 'thresholds']);
  }
  const { ids: given, thresholds } = columns;
  if (!(thresholds instanceof Float64Array)) {
    throw invalidColumns(['thresholds'], 'the thresholds are no column', 'a Float64Array');
  }
  const ids = Array.isArray(given) ? agentColumn(given).ids : isAgentColumn(given) ? given.ids : undefined;
  if (ids === undefined) {
    throw invalidColumns(['ids'], 'the ids are no column', 'a list of agent ids, or an agentColumn');
  }
  if (ids.length === thresholds.length) return ids;
  const problem = `there are ${thresholds.length} thresholds for ${ids.length} ids`;
  throw invalidColumns(['thresholds'], problem, 'one threshold for each id');
}
