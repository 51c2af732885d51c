/*
 * A second look at an allocation, from the reports themselves: nothing here is shared with the search, neither its rows nor its units.
 */
import { type AgentId, MechaneError } from '@mechane/core';
import { listOf, type PackageBids } from './package-bids.ts';

/** Who wins which of its bids: positions in its report. */
export type WinningPositions = ReadonlyMap<AgentId, readonly number[]>;

/**
 * Confirms that no good is given away more often than there are copies, that nobody wins bids that exclude each other, and that the winning
 * bids are worth what is said, up to rounding.
 *
 * @throws `failed-recheck`, which would be a defect of this package.
 */
export function recheckAllocation(
  reports: ReadonlyMap<AgentId, PackageBids>,
  copies: ReadonlyMap<string, number>,
  winning: WinningPositions,
  welfare: number,
): void {
  const given = new Map<string, number>();
  let worth = 0;
  for (const [agent, positions] of winning) {
    const report = reports.get(agent);
    const bids = report === undefined ? [] : listOf(report);
    const own = new Map<string, number>();
    for (const position of positions) {
      const bid = bids[position];
      if (bid === undefined) throw failedRecheck(`${agent} wins a bid that it did not make`);
      worth += bid.value;
      for (const good of bid.bundle) {
        const to = copies.has(good) ? given : own;
        to.set(good, (to.get(good) ?? 0) + 1);
      }
    }
    const once = new Set(positions).size === positions.length;
    if (!once || (report && 'xor' in report && positions.length > 1)) throw failedRecheck(`${agent} wins too often`);
    if ([...own.values()].some((times) => times > 1)) throw failedRecheck(`${agent} wins bids that share a dummy`);
  }
  for (const [good, times] of given) {
    if (times > (copies.get(good) as number)) throw failedRecheck(`${good} is given away ${times} times`);
  }
  if (!(Math.abs(worth - welfare) <= 1e-9 * Math.max(1, worth))) {
    throw failedRecheck(`the winning bids are worth ${worth}, not ${welfare}`);
  }
}

function failedRecheck(problem: string): MechaneError<'failed-recheck'> {
  return new MechaneError('failed-recheck', { problem, fix: 'report this as a bug' });
}
