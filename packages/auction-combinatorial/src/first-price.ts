/*
 * The first-price package auction: the goods go where bids are highest together, and winners pay their bids.
 *
 * Bernheim and Whinston, "Menu auctions, resource allocation, and economic influence", Quarterly Journal of Economics 101 (1986). It
 * promises that its outcome is in the core of what was bid, and not that bids are true.
 */
import { type Certified, certified, directMechanism, perAgent, untruthful } from '@mechane/core';
import { solvePacking } from '@mechane/packing';
import { allocationOf, auctionPacking, bidsByAgent, worthOf } from './auction-packing.ts';
import { auctionSettings, copiesOf, goodsOf } from './goods.ts';
import {
  bestPackageWelfare,
  type PackageAuction,
  type PackageOutcome,
  packageOutcome,
  remember,
  valueOfPackage,
  type WelfareCertificate,
  welfareCertificate,
} from './package-auction.ts';
import { mostBid, packageBids } from './package-bids.ts';
import { refuseBids } from './refuse-bids.ts';
import { restToTheHighest } from './rival-prices.ts';
import { searchBudget } from './search-budget.ts';

/** @category Mechanisms */
export const firstPrice: PackageAuction<'auction-combinatorial/first-price'> = directMechanism({
  id: 'auction-combinatorial/first-price',
  summary: 'The goods go where bids are highest together, and winners pay their bids (Bernheim and Whinston 1986)',
  settings: auctionSettings,
  report: packageBids,
  outcome: packageOutcome,
  among: goodsOf,
  refuseReport: refuseBids,

  decide(reports, setup): Certified<PackageOutcome, WelfareCertificate> {
    const { settings, participants, tieOrder, signal, written } = setup;
    const auction = auctionPacking(reports, copiesOf(settings.goods), tieOrder);
    const determination = solvePacking(auction.packing, searchBudget(settings, signal));
    const winners = bidsByAgent(auction, determination.selection.sets);
    const allocation = allocationOf(auction, determination.selection.sets);
    const certificate = welfareCertificate(reports, settings, auction, determination);
    remember(settings, { reports, written, best: certificate.status === 'optimal' ? allocation : undefined });
    const payments = perAgent(participants, (agent) => worthOf(auction, winners.get(agent) ?? []));
    return certified({ allocation, payments }, certificate);
  },

  mostPaid: mostBid,
  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: [
    ...untruthful('Bernheim and Whinston 1986: a winner pays its bid, and a lower one may win as well', {
      settings: { goods: ['A'] },
      reports: { ann: { xor: [{ bundle: ['A'], value: 3 }] } },
      deviation: { ann: { xor: [{ bundle: ['A'], value: 1 }] } },
      agent: 'ann',
    }),
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because:
        'Troyan and Morrill 2020: paying what one bids leaves the truth nothing even at best, and a lower bid something',
      witness: {
        settings: { goods: ['A'] },
        reports: { ann: { xor: [{ bundle: ['A'], value: 3 }] } },
        deviation: { ann: { xor: [{ bundle: ['A'], value: 1 }] } },
        agent: 'ann',
      },
    },
    {
      law: 'shill-proof',
      holds: true,
      because: 'By definition: what the others pay is what some of them bid together, and most without a shill',
    },
    {
      law: 'credible',
      holds: true,
      because: 'Akbarpour and Li 2020: who pays its bid can be told no other price for what it gets',
    },
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: what one bidder leaves goes where the other bids are worth most, at their own prices',
    },
    restToTheHighest,
    { law: 'individually-rational', holds: true, because: 'By definition: a winner pays what it bid, others nothing' },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    { law: 'efficient', holds: true, because: 'By definition: the allocation maximises the sum of bids' },
    { law: 'pareto-efficient', holds: true, because: 'By definition: the allocation maximises the sum of bids' },
    {
      law: 'core',
      holds: true,
      because: 'Bernheim and Whinston 1986: winners pay all they bid, and no coalition has bid more',
    },
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'revenue-monotone',
      holds: true,
      because: 'By definition: revenue is the greatest sum of bids, and a further bidder only adds to choose from',
    },
  ],
});
