import type { AgentId } from '@mechane/core';
import { isRecord } from '../game/leaves.ts';

/** Where outcomes of the public data format say who gets something. */
const known = new Set(['allocation', 'trades', 'winner', 'payments', 'payment', 'history', 'rounds']);
/** Names under which an outcome might give something away a second time. */
const giving =
  /win|won|alloc|assign|award|give|gift|grant|receiv|recipient|owner|holder|buyer|deliver|bundle|items?$|goods|lots?$/i;
const notGiving = /highest|runner|losing|loser|candidate|bid|price|count|number|value|history|round/i;

/** How much an agent gets in an outcome of the public data format: a number, a number of goods, or whether it won. */
export function amountGiven(agent: AgentId, outcome: object): number {
  const { allocation, trades, winner } = outcome as Readonly<Record<string, unknown>>;
  if (isRecord(allocation)) return amountOf(allocation[agent]);
  if (isRecord(trades)) return Math.abs(amountOf(trades[agent]));
  return winner === agent ? 1 : 0;
}

/** Whether an outcome says at all who gets something. */
export function tellsWhoGets(outcome: object): boolean {
  const { allocation, winner } = outcome as Readonly<Record<string, unknown>>;
  return isRecord(allocation) || typeof winner === 'string' || winner === null;
}

/** How much of a single thing an agent has, by whichever of the outcome's words gives it more. */
export function shareHeld(agent: AgentId, outcome: object): number | undefined {
  if (!tellsWhoGets(outcome)) return undefined;
  const { allocation, winner } = outcome as Readonly<Record<string, unknown>>;
  const allotted = isRecord(allocation) ? amountOf(allocation[agent]) : 0;
  return Math.max(winner === agent ? 1 : 0, Math.min(1, allotted));
}

export function amountOf(share: unknown): number {
  if (typeof share === 'number') return share;
  if (Array.isArray(share)) return share.length;
  return share === undefined || share === null || share === false ? 0 : 1;
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
  const allotted = isRecord(allocation) ? allocation : {};
  let given = 0;
  for (const agent of Object.keys(allotted)) {
    const share = amountOf(allotted[agent]);
    if (share > 0 && !agents.includes(agent)) return `${agent} gets something without taking part`;
    if (!(share >= 0)) return `${agent} gets ${share} ${thing}s`;
    given += share;
  }
  if (given > supply * (1 + 1e-9)) return `${given} ${thing}s are given away and there are ${supply}`;
  return givenTwice(outcome, agents, supply, thing);
}

/** What is wrong when an outcome gives things away under several names: to the winner, by the allocation, and by words of its own. */
function givenTwice(outcome: object, agents: readonly AgentId[], supply: number, thing: string): string | undefined {
  const shares = new Map<AgentId, number>();
  const give = (agent: AgentId, share: number): void => {
    shares.set(agent, Math.max(shares.get(agent) ?? 0, share));
  };
  for (const agent of agents) give(agent, Math.max(0, amountGiven(agent, outcome)));
  for (const [key, content] of Object.entries(outcome)) {
    const isOwnWord = !known.has(key) && giving.test(key) && !notGiving.test(key);
    if (key !== 'winner' && !isOwnWord) continue;
    for (const [agent, share] of sharesIn(content, agents)) give(agent, share);
  }
  const given = [...shares.values()].reduce((sum, share) => sum + share, 0);
  if (given <= supply * (1 + 1e-9)) return undefined;
  const holders = [...shares].filter(([, share]) => share > 0).map(([agent]) => agent);
  return `${given} ${thing}s are given away under several names, to ${holders.join(' and ')}, and there are ${supply}`;
}

/** Who gets something by a part of an outcome: an agent, a list of agents, or shares by agent. */
function sharesIn(content: unknown, agents: readonly AgentId[]): readonly (readonly [AgentId, number])[] {
  if (typeof content === 'string') return agents.includes(content) ? [[content, 1]] : [];
  if (Array.isArray(content)) {
    return content.every((agent) => typeof agent === 'string')
      ? [...new Set(content as readonly AgentId[])]
          .filter((agent) => agents.includes(agent))
          .map((agent) => [agent, 1] as const)
      : [];
  }
  if (!isRecord(content)) return [];
  return Object.keys(content)
    .filter((agent) => agents.includes(agent))
    .map((agent) => [agent, Math.max(0, amountOf(content[agent]))] as const);
}
