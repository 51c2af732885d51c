import { type AgentId, sumOfFirst } from '@mechane/core';

/**
 * The prices at which an agent takes a first unit, a second, and so on, never increasing.
 *
 * @category Columns
 */
export interface UnitThresholds {
  thresholds: number[];
}

/** The sum of the highest thresholds, added up agent by agent as the welfare of an outcome is. */
export function bestUnitWelfare(types: ReadonlyMap<AgentId, UnitThresholds>, units: number): number {
  const all = Float64Array.from([...types.values()].flatMap(({ thresholds }) => thresholds))
    .sort()
    .reverse();
  const served = all.subarray(0, units);
  const lowest = served.at(-1) ?? 0;
  let tied = served.length - served.indexOf(lowest);
  let best = 0;
  for (const { thresholds } of types.values()) {
    const above = thresholds.filter((threshold) => threshold > lowest).length;
    const more = Math.min(tied, thresholds.filter((threshold) => threshold === lowest).length);
    best += sumOfFirst(thresholds, above + more);
    tied -= more;
  }
  return best;
}
