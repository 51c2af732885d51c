import type { AgentId } from '@mechane/core';
import { amountGiven, tellsWhoGets } from '../domains/allocated.ts';
import { isRecord } from './leaves.ts';

/** What an outcome of the public data format names as an agent's, as text that can be compared. Payments are left out. */
export function shareNamed(agent: AgentId, outcome: object): string {
  const { winner, slots, chosen, location, ...parts } = outcome as Readonly<Record<string, unknown>>;
  const own = ['allocation', 'trades', 'matches'].map((part) => {
    const shares = parts[part];
    return isRecord(shares) ? shares[agent] : undefined;
  });
  const slot = Array.isArray(slots) ? slots.indexOf(agent) : undefined;
  return JSON.stringify([winner === agent, slot, chosen, location, ...own]);
}

/** Who gets what in an honest play, in the order of the agents, and which of them get nothing. */
export interface Division {
  readonly shares: readonly string[];
  readonly areNothing: readonly boolean[];
}

/** Who gets what in an outcome. */
export function divisionOf(agents: readonly AgentId[], outcome: object): Division {
  return {
    shares: agents.map((agent) => shareNamed(agent, outcome)),
    areNothing: agents.map((agent) => tellsWhoGets(outcome) && amountGiven(agent, outcome) === 0),
  };
}

/** What an operator can divide: as some honest play does, or less, since it may keep what an agent would get. */
export function divisible(divisions: readonly Division[]): ReadonlyMap<string, readonly string[]> {
  const nothing = new Map<number, Set<string>>();
  for (const { shares, areNothing } of divisions) {
    for (const [position, share] of shares.entries()) {
      if (!areNothing[position]) continue;
      nothing.set(position, (nothing.get(position) ?? new Set()).add(share));
    }
  }
  const honest = new Map(divisions.map(({ shares }) => [shares.join('\n'), shares]));
  const all = new Map<string, readonly string[]>();
  for (const shares of honest.values()) {
    const less = shares.reduce<readonly (readonly string[])[]>(
      (some, share, position) =>
        some.flatMap((given) => [...new Set([share, ...(nothing.get(position) ?? [])])].map((one) => [...given, one])),
      [[]],
    );
    for (const division of less) all.set(division.join('\n'), division);
  }
  return all;
}
