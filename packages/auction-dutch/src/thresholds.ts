import type { AgentColumn, AgentId } from '@mechane/core';

/**
 * The price at which an agent stops the clock.
 *
 * @category Columns
 */
export interface Threshold {
  threshold: number;
}

/**
 * The thresholds of very many bidders: `thresholds[i]` is the price at which `ids[i]` stops the clock. Ids in a plain array are checked for
 * duplicates in every run, those in core's `agentColumn` only once.
 *
 * @category Columns
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
