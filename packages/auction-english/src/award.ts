import type { AgentId, TieOrder } from '@mechane/core';

/** Levels for each further unit, never increasing: what it is worth, or how long it is demanded. */
export type Levels = ReadonlyMap<AgentId, readonly number[]>;

/** Units given to the highest levels. */
export interface Award {
  /** How many units each winner gets, by the tie order where levels are equal. */
  readonly units: ReadonlyMap<AgentId, number>;
  /** The levels that get nothing, highest first. */
  readonly rejected: Float64Array;
}

/** Gives the units to the highest levels. */
export function award(levels: Levels, units: number, tieOrder: TieOrder): Award {
  const all = fallingLevels(levels);
  const rejected = all.subarray(units);
  const lowest = all[Math.min(units, all.length) - 1];
  const awarded = new Map<AgentId, number>();
  if (lowest === undefined) return { units: awarded, rejected };

  const tied: { agent: AgentId; wanted: number }[] = [];
  let left = Math.min(units, all.length);
  for (const [agent, own] of levels) {
    const above = countWhile(own, (level) => level > lowest);
    const wanted = countWhile(own, (level) => level >= lowest) - above;
    if (above > 0) awarded.set(agent, above);
    if (wanted > 0) tied.push({ agent, wanted });
    left -= above;
  }
  for (const { agent, wanted } of tied.sort((a, b) => tieOrder(a.agent, b.agent))) {
    if (left === 0) break;
    const more = Math.min(left, wanted);
    awarded.set(agent, (awarded.get(agent) ?? 0) + more);
    left -= more;
  }
  return { units: awarded, rejected };
}

function fallingLevels(levels: Levels): Float64Array {
  let count = 0;
  for (const own of levels.values()) count += own.length;
  const all = new Float64Array(count);
  let at = 0;
  for (const own of levels.values()) for (const level of own) all[at++] = level;
  return all.sort().reverse();
}

/** How many of the first levels pass a test that, once failed, no later level passes. */
function countWhile(levels: readonly number[], passes: (level: number) => boolean): number {
  const first = levels.findIndex((level) => !passes(level));
  return first < 0 ? levels.length : first;
}
