import { type AgentColumn, type AgentId, firstInvalidAmount } from '@mechane/core';
import type { ItemValues } from './item-value.ts';

/**
 * The values of very many bidders: `values[i]` is what the item is worth to `ids[i]`. Ids in a plain array are checked for duplicates
 * in every run, those in core's `agentColumn` only once.
 *
 * @category Columns
 */
export interface ValueColumns {
  readonly ids: AgentColumn | readonly AgentId[];
  readonly values: Float64Array;
}

/** Bidders and their values, row by row. */
export interface ValueRows {
  readonly ids: readonly AgentId[];
  readonly values: Float64Array;
}

/** Reports as rows. */
export function rowsOf(reports: ItemValues): ValueRows {
  const values = new Float64Array(reports.size);
  let row = 0;
  for (const { value } of reports.values()) values[row++] = value;
  return { ids: [...reports.keys()], values };
}

/** @throws MechaneError `invalid-columns` at the first value that is negative or not finite. */
export function highestValue(values: Float64Array): number {
  let [lowest, highest] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    // What is no number makes both of them none.
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (lowest < 0 || !(highest < Infinity)) throw firstInvalidAmount('values', values);
  return highest;
}
