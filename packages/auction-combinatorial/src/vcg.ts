/*
 * The Vickrey-Clarke-Groves mechanism for packages: the goods go where values are highest together, and a winner pays what the others
 * would be worth without it less what they are worth with it.
 *
 * Vickrey (1961), Clarke (1971), Groves (1973); as the generalized Vickrey auction MacKie-Mason and Varian (1994). It promises that truth
 * is optimal whatever the others say, and efficiency. It does not promise a core outcome, nor revenue: Ausubel and Milgrom, "The
 * lovely but lonely Vickrey auction" (2006).
 */
import { type Certified, certified, directMechanism, truthful } from '@mechane/core';
import { solvePacking } from '@mechane/packing';
import { auctionPacking } from './auction-packing.ts';
import { auctionSettings, copiesOf, goodsOf } from './goods.ts';
import {
  bestFound,
  bestPackageWelfare,
  type PackageAuction,
  type PackageOutcome,
  packageOutcome,
  valueOfPackage,
  type WelfareCertificate,
  welfareCertificate,
} from './package-auction.ts';
import { mostBid, packageBids } from './package-bids.ts';
import { refuseBids } from './refuse-bids.ts';
import { notCredible, notObviouslyManipulable, pricedByRivals, restToTheHighest } from './rival-prices.ts';
import { searchBudget } from './search-budget.ts';
import { keepingBest } from './unproved-optimum.ts';
import { vcgInParts } from './vcg-in-parts.ts';
import { vickreyOutcome, vickreyPayments } from './vickrey-payments.ts';

/** @category Mechanisms */
export const vcg: PackageAuction<'auction-combinatorial/vcg'> = directMechanism({
  id: 'auction-combinatorial/vcg',
  summary: 'The goods go where they are worth most together, and winners pay what they cost the others (Vickrey 1961)',
  settings: auctionSettings,
  report: packageBids,
  outcome: packageOutcome,
  among: goodsOf,
  refuseReport: refuseBids,

  decide(reports, setup): Certified<PackageOutcome, WelfareCertificate> {
    const { settings, tieOrder, signal, written } = setup;
    const auction = auctionPacking(reports, copiesOf(settings.goods), tieOrder);
    const budget = searchBudget(settings, signal);
    const determination = solvePacking(auction.packing, budget);
    const best = bestFound(auction, determination, written);
    const payments = keepingBest(best, () => vickreyPayments('vcg', auction, determination, budget));
    return certified(
      vickreyOutcome(reports, setup, best().allocation, payments),
      welfareCertificate(reports, settings, auction, determination),
    );
  },

  inParts: vcgInParts,

  mostPaid: mostBid,
  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: [
    ...truthful(
      'Groves 1973: what an agent pays does not depend on its report, and what it gains is what all gain by it',
    ),
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Ausubel and Milgrom 2006: losing bidders may together bid so that they win and pay nothing',
      witness: {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: { xor: [{ bundle: ['A', 'B'], value: 2 }] },
          bob: { xor: [{ bundle: ['A'], value: 0.5 }] },
          cat: { xor: [{ bundle: ['B'], value: 0.5 }] },
        },
        deviation: { bob: { xor: [{ bundle: ['A'], value: 2 }] }, cat: { xor: [{ bundle: ['B'], value: 2 }] } },
        agent: 'bob',
      },
    },
    {
      law: 'false-name-proof',
      holds: false,
      because: 'Yokoo, Sakurai and Matsubara 2004: a losing bidder may win for nothing under two names',
      witness: {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: { xor: [{ bundle: ['A', 'B'], value: 2 }] },
          bob: { xor: [{ bundle: ['A', 'B'], value: 1 }] },
        },
        deviation: {
          bob: { xor: [{ bundle: ['A'], value: 2 }] },
          bobsOtherName: { xor: [{ bundle: ['B'], value: 2 }] },
        },
        agent: 'bob',
      },
    },
    notObviouslyManipulable,
    ...pricedByRivals({ goods: ['A'] }),
    notCredible,
    restToTheHighest,
    { law: 'individually-rational', holds: true, because: 'Clarke 1971: a winner pays no more than what it adds' },
    {
      law: 'no-deficit',
      holds: true,
      because: 'Clarke 1971: the others are worth no less without the winner than with it',
    },
    { law: 'efficient', holds: true, because: 'By definition: the allocation maximises the sum of values' },
    { law: 'pareto-efficient', holds: true, because: 'By definition: the allocation maximises the sum of values' },
    {
      law: 'core',
      holds: false,
      because: 'Ausubel and Milgrom 2006: two who complement each other may pay less than a third would',
      witness: {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: { xor: [{ bundle: ['A', 'B'], value: 2 }] },
          bob: { xor: [{ bundle: ['A'], value: 2 }] },
          cat: { xor: [{ bundle: ['B'], value: 2 }] },
        },
      },
    },
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'revenue-monotone',
      holds: false,
      because: 'Ausubel and Milgrom 2006: a further bidder may take revenue from 2 to 0',
      witness: {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: { xor: [{ bundle: ['A', 'B'], value: 2 }] },
          bob: { xor: [{ bundle: ['A'], value: 2 }] },
          cat: { xor: [{ bundle: ['B'], value: 2 }] },
        },
        deviation: { cat: null },
        agent: 'cat',
      },
    },
  ],
});
