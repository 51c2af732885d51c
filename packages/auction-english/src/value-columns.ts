import { type AgentColumn, type AgentId, agentColumn, isAgentColumn, unknownKey } from '@mechane/core';
import { firstInvalidValue, invalidColumns } from './errors.ts';
import type { ItemValues } from './item-value.ts';

/**
 * The values of very many bidders: `values[i]` is what the item is worth to `ids[i]`. Ids in a plain array are checked for duplicates
 * in every run, those in core's `agentColumn` only once.
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

/** Checks the shape of columns that may come from anywhere, and gives the agents' ids. */
export function readIds(columns: unknown): readonly AgentId[] {
  if (typeof columns !== 'object' || columns === null || !('ids' in columns) || !('values' in columns)) {
    throw invalidColumns([], 'these are no columns', 'an object with ids and values');
  }
  for (const key of Object.keys(columns)) {
    if (key !== 'ids' && key !== 'values') throw unknownKey(key, ['columns'], ['ids', 'values']);
  }
  const { ids: given, values } = columns;
  if (!(values instanceof Float64Array)) throw invalidColumns(['values'], 'the values are no column', 'a Float64Array');
  const ids = Array.isArray(given) ? agentColumn(given).ids : isAgentColumn(given) ? given.ids : undefined;
  if (ids === undefined) {
    throw invalidColumns(['ids'], 'the ids are no column', 'a list of agent ids, or an agentColumn');
  }
  if (ids.length !== values.length) {
    throw invalidColumns(
      ['values'],
      `there are ${values.length} values for ${ids.length} ids`,
      'one value for each id',
    );
  }
  return ids;
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
  if (lowest < 0 || !(highest < Infinity)) throw firstInvalidValue(values);
  return highest;
}
