import type { AgentId } from './agent.ts';
import { MechaneError, quote } from './errors.ts';
import type { Setup } from './setup.ts';

const brand: unique symbol = Symbol.for('mechane/agent-column');

/** A column of agent ids, known to be distinct. */
export interface AgentColumn {
  readonly [brand]: true;
  readonly ids: readonly AgentId[];
}

/**
 * Checks once that the ids of a column are distinct, so that many auctions among the same agents need not check again.
 *
 * @throws MechaneError `duplicate-agent` with the index of the second occurrence.
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
      throw new MechaneError('invalid-columns', {
        problem: `${typeof id} was given`,
        path: ['columns', 'ids', index],
        expected: 'an agent id (text)',
      });
    }
    if (seen.has(id)) throw duplicateAgent(id, ['columns', 'ids', index]);
    seen.add(id);
  });
  return { [brand]: true, ids: Object.freeze(owned) };
}

export function isAgentColumn(candidate: unknown): candidate is AgentColumn {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}

export function duplicateAgent(id: AgentId, path: readonly (string | number)[]): MechaneError<'duplicate-agent'> {
  return new MechaneError('duplicate-agent', {
    problem: `the agent ${quote(id)} appears twice`,
    path,
    expected: 'every agent once',
    fix: 'merge its reports or rename one',
  });
}

/** What a columnar mechanism decided: the outcome, and the sums that would take another pass over the columns. */
export interface ColumnDecision<Outcome> {
  readonly outcome: Outcome;
  readonly welfare: number;
  readonly bestWelfare: number;
  readonly revenue: number;
}

/** How a mechanism takes very many reports at once: one typed array per field instead of one object per agent. */
export interface Columns<ColumnsIn = unknown, Outcome = unknown> {
  /**
   * Checks the shape of the columns and names the agents, in constant time where it can. Values are checked by `decide`, in
   * the pass it makes anyway.
   */
  agents(columns: ColumnsIn): readonly AgentId[];
  decide(columns: ColumnsIn, setup: Setup): ColumnDecision<Outcome>;
}
