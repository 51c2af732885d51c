import type { AgentId } from '@mechane/core';
import { isRecord } from '../leaves.ts';

/** How much an agent gets in an outcome of the public data format: a number, a number of goods, or whether it won. */
export function amountGiven(agent: AgentId, outcome: object): number {
  const { allocation, trades, winner } = outcome as Readonly<Record<string, unknown>>;
  if (isRecord(allocation)) return amountOf(allocation[agent]);
  if (isRecord(trades)) return Math.abs(amountOf(trades[agent]));
  return winner === agent ? 1 : 0;
}

function amountOf(share: unknown): number {
  if (typeof share === 'number') return share;
  if (Array.isArray(share)) return share.length;
  return share === undefined || share === null ? 0 : 1;
}

/** What is wrong when so many things are shared out: more than there are, less than nothing, or to somebody who is not there. */
export function overfull(
  outcome: object,
  agents: readonly AgentId[],
  supply: number,
  thing: string,
): string | undefined {
  const { allocation, winner } = outcome as Readonly<Record<string, unknown>>;
  if (typeof winner === 'string' && !agents.includes(winner)) return `the winner ${winner} does not take part`;
  if (!isRecord(allocation)) return undefined;
  let given = 0;
  for (const agent of Object.keys(allocation)) {
    const share = amountOf(allocation[agent]);
    if (share > 0 && !agents.includes(agent)) return `${agent} gets something without taking part`;
    if (!(share >= 0)) return `${agent} gets ${share} ${thing}s`;
    given += share;
  }
  return given > supply * (1 + 1e-9) ? `${given} ${thing}s are given away and there are ${supply}` : undefined;
}
