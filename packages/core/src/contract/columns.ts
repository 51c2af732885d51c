import { duplicateAgent, invalidColumns } from '../errors.ts';
import { refuseUnknownKeys } from '../input/validate.ts';
import type { AgentId } from './agent.ts';
import type { MechaneError } from './mechane-error.ts';
import type { Setup } from './setup.ts';

const brand: unique symbol = Symbol.for('mechane/agent-column');

/**
 * A column of agent ids, known to be distinct.
 *
 * @category Columns
 */
export interface AgentColumn {
  readonly [brand]: true;
  readonly ids: readonly AgentId[];
}

/**
 * Checks once that the ids of a column are distinct, so that many auctions among the same agents need not check again.
 *
 * @throws MechaneError `duplicate-agent` with the index of the second occurrence.
 * @category Columns
 *
 * @example
 * ```ts
 * import { agentColumn } from '@mechane/core';
 *
 * agentColumn(['ann', 'bob']).ids.length; // => 2
 * ```
 */
export function agentColumn(ids: readonly AgentId[]): AgentColumn {
  const owned = [...ids];
  const seen = new Set<AgentId>();
  owned.forEach((id, index) => {
    if (typeof id !== 'string') {
      throw invalidColumns(['ids', index], `${typeof id} was given`, 'an agent id (text)', 'write the id as text');
    }
    if (seen.has(id)) throw duplicateAgent(id, ['columns', 'ids', index]);
    seen.add(id);
  });
  return { [brand]: true, ids: Object.freeze(owned) };
}

export function isAgentColumn(candidate: unknown): candidate is AgentColumn {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}

/**
 * Checks the shape of columns that may come from anywhere, `{ ids, [column]: Float64Array }`, and gives the agents' ids. A plain list of
 * ids is checked for duplicates every time, an {@link agentColumn} only once.
 *
 * @throws MechaneError `invalid-columns`, `unknown-key` or `duplicate-agent`.
 * @category Columns
 */
export function columnIds(columns: unknown, column: string): readonly AgentId[] {
  if (typeof columns !== 'object' || columns === null || !('ids' in columns) || !(column in columns)) {
    throw invalidColumns([], 'these are no columns', `an object with ids and ${column}`, `pass { ids, ${column} }`);
  }
  refuseUnknownKeys(columns, ['ids', column], ['columns']);
  const { ids: given, [column]: values } = columns as { ids: unknown; [column: string]: unknown };
  if (!(values instanceof Float64Array)) {
    throw invalidColumns([column], `the ${column} are no column`, 'a Float64Array', 'make it by Float64Array.from');
  }
  const ids = Array.isArray(given) ? agentColumn(given).ids : isAgentColumn(given) ? given.ids : undefined;
  if (ids === undefined) {
    throw invalidColumns(['ids'], 'the ids are no column', 'a list of agent ids, or an agentColumn', 'list the ids');
  }
  if (ids.length === values.length) return ids;
  throw invalidColumns(
    [column],
    `there are ${values.length} ${column} for ${ids.length} ids`,
    'one for each id',
    'make them equally long',
  );
}

/**
 * The error for the first amount of a column that is negative or not finite.
 *
 * @category Columns
 */
export function firstInvalidAmount(column: string, amounts: Float64Array): MechaneError<'invalid-columns'> {
  const row = amounts.findIndex((amount) => !(amount >= 0 && amount < Number.POSITIVE_INFINITY));
  return invalidColumns(
    [column, row],
    `${amounts[row]} is no amount`,
    'a finite number, 0 or more',
    'correct the amount, or leave out its row',
  );
}

/**
 * What a columnar mechanism decided: the outcome, and the sums that would take another pass over the columns.
 *
 * @category Columns
 */
export interface ColumnDecision<Outcome> {
  readonly outcome: Outcome;
  readonly welfare: number;
  readonly bestWelfare: number;
  readonly revenue: number;
}

/**
 * How a mechanism takes very many reports at once: one typed array per field instead of one object per agent.
 *
 * @category Columns
 */
export interface Columns<ColumnsIn = unknown, Outcome = unknown> {
  /** The names of columns that are money. */
  readonly money?: readonly string[];
  /**
   * Checks the shape of the columns and names the agents, in constant time where it can. Values are checked by `decide`, in
   * the pass it makes anyway.
   */
  agents(columns: ColumnsIn): readonly AgentId[];
  decide(columns: ColumnsIn, setup: Setup): ColumnDecision<Outcome>;
}
