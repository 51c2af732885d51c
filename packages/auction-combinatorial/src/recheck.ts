/*
 * A second look at an allocation, and at the claim that it is the best, from the reports themselves: nothing here is shared with the search.
 */
import { type AgentId, MechaneError } from '@mechane/core';
import { type Checked, PackingError, type Proof, recheckBound } from '@mechane/packing';
import type { AuctionPacking } from './auction-packing.ts';
import { dummiesOf, listOf, type PackageBids } from './package-bids.ts';

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

/**
 * Confirms that nothing is worth more: that all bids were in the search, with no more in their way than the reports say, and that what the
 * search wrote down proves its bound.
 *
 * @throws `failed-recheck`, which would be a defect of this package.
 */
export function recheckOptimum(
  reports: ReadonlyMap<AgentId, PackageBids>,
  copies: ReadonlyMap<string, number>,
  auction: AuctionPacking,
  best: number,
  proof: Proof,
): Checked {
  recheckBids(reports, auction);
  recheckRows(reports, copies, auction);
  try {
    return recheckBound(auction.packing, best, proof);
  } catch (error) {
    if (error instanceof PackingError) throw failedRecheck(error.problem);
    throw error;
  }
}

/** Every bid of a value stands once in the packing, at that value. */
function recheckBids(reports: ReadonlyMap<AgentId, PackageBids>, { bids, packing, units }: AuctionPacking): void {
  const open = new Map([...reports].map(([agent, report]) => [agent, new Set(listOf(report).keys())]));
  for (const [bid, { agent, position }] of bids.entries()) {
    const said = listOf(reports.get(agent) ?? { or: [] })[position];
    if (!open.get(agent)?.delete(position) || said === undefined)
      throw failedRecheck(`${agent} made no bid ${position}`);
    const counted = packing.values[bid] as number;
    // What is worth less than half a unit counts as one, and not as nothing.
    const isLeast = counted === 1 && said.value > 0 && said.value * units.scale < 1;
    if (!isLeast && !(Math.abs(counted - said.value * units.scale) <= 0.5 + 1e-9 * counted)) {
      throw failedRecheck(`bid ${position} of ${agent} was counted as ${counted} units`);
    }
  }
  for (const [agent, left] of open) {
    for (const position of left) {
      if (listOf(reports.get(agent) as PackageBids)[position]?.value !== 0) {
        throw failedRecheck(`bid ${position} of ${agent} was left out`);
      }
    }
  }
}

/** Bids stand in each other's way only where the reports say so. */
function recheckRows(
  reports: ReadonlyMap<AgentId, PackageBids>,
  copies: ReadonlyMap<string, number>,
  { bids, goods, packing }: AuctionPacking,
): void {
  const inRow = new Map<number, number[]>();
  for (let bid = 0; bid < packing.sets; bid++) {
    for (let at = packing.starts[bid] as number; at < (packing.starts[bid + 1] as number); at++) {
      const row = packing.rowsOf[at] as number;
      const own = inRow.get(row);
      if (own) own.push(bid);
      else inRow.set(row, [bid]);
    }
  }
  const saidBy = (bid: number): { agent: AgentId; report: PackageBids; bundle: ReadonlySet<string> } => {
    const { agent, position } = bids[bid] as AuctionPacking['bids'][number];
    const report = reports.get(agent) as PackageBids;
    return { agent, report, bundle: new Set(listOf(report)[position]?.bundle) };
  };
  const said = Array.from({ length: packing.sets }, (_, bid) => saidBy(bid));
  for (const [row, own] of inRow) {
    const good = goods[row];
    const all = own.map((bid) => said[bid] as (typeof said)[number]);
    if (good !== undefined) {
      // Room for all bids is room enough.
      const enough = (packing.capacity[row] as number) >= Math.min(copies.get(good) as number, own.length);
      if (!enough || !all.every(({ bundle }) => bundle.has(good))) throw failedRecheck(`${good} was counted wrong`);
      continue;
    }
    const [{ agent, report }] = all as [(typeof said)[number]];
    const sameDummy = dummiesOf(report).some((dummy) => all.every(({ bundle }) => bundle.has(dummy)));
    const exclusive = 'xor' in report || sameDummy || own.length === 1;
    if (!exclusive || !all.every((bid) => bid.agent === agent) || (packing.capacity[row] as number) < 1) {
      throw failedRecheck(`bids of ${agent} were kept apart`);
    }
  }
}

function failedRecheck(problem: string): MechaneError<'failed-recheck'> {
  return new MechaneError('failed-recheck', { problem, fix: 'report this as a bug' });
}
