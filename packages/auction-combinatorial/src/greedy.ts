/*
 * The greedy package auction: bids win in the order of value over the square root of the bundle's size, as long as their goods are there,
 * and a winner pays the least bid with which it would still have won.
 *
 * Lehmann, O'Callaghan and Shoham, "Truth revelation in approximately efficient combinatorial auctions", Journal of the ACM 49 (2002). It
 * promises that bidders who want one bundle do best to say what it is worth to them, and a welfare of at least the optimum over the
 * square root of the number of goods. It promises neither to those who want one of several bundles.
 */
import { type AgentId, directMechanism, perAgent, truthful } from '@mechane/core';
import { WorkingSelection } from '@mechane/packing';
import { type AuctionPacking, allocationOf, auctionPacking, bidsByAgent, type PlacedBid } from './auction-packing.ts';
import { auctionSettings, copiesOf, goodsOf } from './goods.ts';
import {
  bestPackageWelfare,
  type PackageAuction,
  type PackageOutcome,
  packageOutcome,
  valueOfPackage,
} from './package-auction.ts';
import { mostBid, packageBids } from './package-bids.ts';
import { refuseBids } from './refuse-bids.ts';
import { notCredible, notObviouslyManipulable, pricedByRivals } from './rival-prices.ts';
import { searchBudget } from './search-budget.ts';

/** @category Mechanisms */
export const greedy: PackageAuction<'auction-combinatorial/greedy', undefined> = directMechanism({
  id: 'auction-combinatorial/greedy',
  summary:
    "Bids win by value over the root of their size and pay what winning took (Lehmann, O'Callaghan and Shoham 2002)",
  settings: auctionSettings,
  report: packageBids,
  outcome: packageOutcome,
  among: goodsOf,
  refuseReport: refuseBids,

  decide(reports, { settings, participants, tieOrder, signal }): PackageOutcome {
    // Nothing is searched for here, but how good it is may be.
    searchBudget(settings, signal);
    const auction = auctionPacking(reports, copiesOf(settings.goods), tieOrder);
    const { winning, critical } = greedyWinners(auction);
    const payments = new Map<AgentId, number>();
    for (const [agent, own] of bidsByAgent(auction, winning))
      payments.set(
        agent,
        own.reduce((sum, bid) => sum + (critical.get(bid) as number), 0),
      );
    const paid = (agent: AgentId): number => payments.get(agent) ?? 0;
    return { allocation: allocationOf(auction, winning), payments: perAgent(participants, paid) };
  },

  mostPaid: mostBid,
  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: ({ goods }) => [
    ...truthful(
      "Lehmann, O'Callaghan and Shoham 2002: a higher bid never loses, and the price is the least that wins",
      'single-minded',
    ),
    {
      law: 'strategy-proof',
      holds: false,
      domain: 'xor-bids',
      because: "Lehmann, O'Callaghan and Shoham 2002: who wants one of several may hide the one that ranks first",
      witness: {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: {
            xor: [
              { bundle: ['A'], value: 5 },
              { bundle: ['B'], value: 4 },
            ],
          },
          bob: { xor: [{ bundle: ['A'], value: 3 }] },
        },
        deviation: { ann: { xor: [{ bundle: ['B'], value: 4 }] } },
        agent: 'ann',
      },
    },
    { ...notObviouslyManipulable, domain: 'single-minded' },
    ...pricedByRivals({ goods: ['A'] }),
    notCredible,
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      domain: 'single-minded',
      because:
        'By definition: wherever in the ranking a bid wins or loses, it takes the same goods from the same others',
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'By definition: the least winning bid is no more than the bid',
    },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are what rivals bid by size, never negative' },
    ...(Array.isArray(goods)
      ? [
          {
            law: 'efficient',
            holds: { approximately: 1 / Math.sqrt(goods.length) },
            domain: 'single-minded',
            because: "Lehmann, O'Callaghan and Shoham 2002: within the square root of the number of goods",
          } as const,
        ]
      : []),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'allocation-monotone',
      holds: true,
      domain: 'single-minded',
      because: "Lehmann, O'Callaghan and Shoham 2002: a higher bid comes earlier, and finds all that it found before",
    },
  ],
});

/** All bids, the highest norm first: value over the square root of the number of goods. Equals stay in tie order. */
function rankedBids({ bids }: AuctionPacking): readonly number[] {
  return bids
    .map((_, bid) => bid)
    .sort((a, b) => {
      const [one, other] = [bids[a], bids[b]] as [AuctionPacking['bids'][number], AuctionPacking['bids'][number]];
      // Values against each other's sizes, so that whole numbers whose norms are equal compare as equal.
      return other.value * Math.sqrt(one.goods.length) - one.value * Math.sqrt(other.goods.length) || a - b;
    });
}

/** The bids that win, and the least value with which each would still have won. */
function greedyWinners(auction: AuctionPacking): {
  readonly winning: readonly number[];
  readonly critical: ReadonlyMap<number, number>;
} {
  const { bids, packing } = auction;
  const ranking = rankedBids(auction);
  const working = new WorkingSelection(packing);
  const critical = new Map<number, number>();
  const served = new Set<AgentId>();
  let alone: WorkingSelection | undefined;
  for (const [rank, bid] of ranking.entries()) {
    if (!working.fits(bid)) continue;
    const { agent } = bids[bid] as PlacedBid;
    if (served.has(agent)) {
      // Without the bidder, others may come in before this bid.
      alone ??= new WorkingSelection(packing);
      critical.set(bid, criticalValue(auction, ranking, 0, bid, alone));
    } else critical.set(bid, criticalValue(auction, ranking, rank + 1, bid, working));
    served.add(agent);
    working.add(bid);
  }
  return { winning: working.selection().sets, critical };
}

/**
 * The least value with which a bid still wins: the norm of the bid that would take its goods if its bidder were not there.
 *
 * @param from the rank up to which `working` holds what wins without the bidder; it is left as it was
 */
function criticalValue(
  { bids }: AuctionPacking,
  ranking: readonly number[],
  from: number,
  bid: number,
  working: WorkingSelection,
): number {
  const { agent, goods, value } = bids[bid] as PlacedBid;
  const added: number[] = [];
  let critical = 0;
  for (let rank = from; rank < ranking.length; rank++) {
    const other = ranking[rank] as number;
    const rival = bids[other] as PlacedBid;
    if (rival.agent === agent || !working.fits(other)) continue;
    working.add(other);
    added.push(other);
    if (working.fits(bid)) continue;
    critical = Math.min((rival.value * Math.sqrt(goods.length * rival.goods.length)) / rival.goods.length, value);
    break;
  }
  for (const other of added) working.remove(other);
  return critical;
}
