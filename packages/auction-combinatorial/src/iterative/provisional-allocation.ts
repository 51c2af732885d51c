import { type AgentId, perAgent, type TieOrder } from '@mechane/core';
import { type Budget, solvePacking } from '@mechane/packing';
import { auctionPacking, bidsByAgent } from '../auction-packing.ts';
import { type AuctionSettings, copiesOf } from '../goods.ts';
import { type WelfareCertificate, welfareCertificate } from '../package-auction.ts';
import type { PackageBid, PackageBids } from '../package-bids.ts';
import type { BestFound } from '../unproved-optimum.ts';

/** Who would win which of its bids if the auction ended now. */
export interface ProvisionalAllocation {
  /** By agent, in tie order. */
  readonly winners: ReadonlyMap<AgentId, PackageBid>;
  readonly revenue: number;
  /** How much of it is proved, at the bids. */
  readonly certificate: () => WelfareCertificate;
}

/** The allocation of the greatest revenue among XOR bids. */
export function provisionalAllocation(
  bids: ReadonlyMap<AgentId, PackageBids>,
  settings: AuctionSettings,
  tieOrder: TieOrder,
  budget: Budget,
): ProvisionalAllocation {
  const auction = auctionPacking(bids, copiesOf(settings.goods), tieOrder);
  const determination = solvePacking(auction.packing, budget);
  const winners = new Map<AgentId, PackageBid>();
  let revenue = 0;
  for (const [agent, [won]] of bidsByAgent(auction, determination.selection.sets)) {
    const report = bids.get(agent) as { readonly xor: readonly PackageBid[] };
    const bid = report.xor[auction.bids[won as number]?.position as number] as PackageBid;
    winners.set(agent, bid);
    revenue += bid.value;
  }
  return { winners, revenue, certificate: () => welfareCertificate(bids, settings, auction, determination) };
}

/** The goods that winners would get, and what is known of how good that is, in money as it is written outside. */
export function standingBest(
  { winners, certificate }: ProvisionalAllocation,
  { goods }: AuctionSettings,
  written: (amount: number) => number,
): BestFound {
  const { welfare, bound } = certificate();
  const names = [...copiesOf(goods).keys()];
  return {
    allocation: perAgent(winners.keys(), (agent) => names.filter((good) => winners.get(agent)?.bundle.includes(good))),
    welfare: written(welfare),
    bound: written(bound),
  };
}
