/*
 * The core-selecting package auction: the goods go where bids are highest together, and winners pay so little that no coalition would offer
 * more, as near as that allows to a reference.
 *
 * Day and Milgrom, "Core-selecting package auctions", International Journal of Game Theory 36 (2008); Day and Cramton, Operations Research 60
 * (2012). It promises an outcome in the core of what was bid, and the least revenue there; truth is not always best.
 */
import { type AgentId, type Certified, certified, directMechanism, perAgent, untruthful } from '@mechane/core';
import { solvePacking } from '@mechane/packing';
import * as z from 'zod';
import { auctionPacking } from './auction-packing.ts';
import { corePayments } from './core-payments.ts';
import { auctionSettings, copiesOf, goodsOf } from './goods.ts';
import {
  bestFound,
  bestPackageWelfare,
  type CoreCertificate,
  type PackageAuction,
  type PackageOutcome,
  packageOutcome,
  remember,
  valueOfPackage,
  welfareCertificate,
} from './package-auction.ts';
import { mostBid, packageBids } from './package-bids.ts';
import { refuseBids } from './refuse-bids.ts';
import { notCredible, notObviouslyManipulable, pricedByRivals, restToTheHighest } from './rival-prices.ts';
import { searchBudget } from './search-budget.ts';
import { keepingBest } from './unproved-optimum.ts';
import { vickreyPayments } from './vickrey-payments.ts';

const reference: z.ZodDefault<z.ZodEnum<{ vcg: 'vcg'; zero: 'zero'; bid: 'bid' }>> = z
  .enum(['vcg', 'zero', 'bid'])
  .default('vcg');

const settings: z.ZodObject<typeof auctionSettings.shape & { reference: typeof reference }, z.core.$strict> =
  auctionSettings.extend({
    reference: reference.describe('What payments come as near to as the core and the least revenue allow'),
  });

/** @category Mechanisms */
export const coreSelecting: PackageAuction<
  'auction-combinatorial/core-selecting',
  CoreCertificate,
  z.input<typeof settings>
> = directMechanism({
  id: 'auction-combinatorial/core-selecting',
  summary: 'Winners pay the least that no coalition would outbid, nearest to a reference (Day and Cramton 2012)',
  settings,
  report: packageBids,
  outcome: packageOutcome,
  among: goodsOf,
  refuseReport: refuseBids,

  decide(reports, setup): Certified<PackageOutcome, CoreCertificate> {
    const { settings: set, participants, tieOrder, signal, written } = setup;
    const auction = auctionPacking(reports, copiesOf(set.goods), tieOrder);
    const budget = searchBudget(set, signal);
    const determination = solvePacking(auction.packing, budget);
    const best = bestFound(auction, determination, written);
    const { payments, binding } = keepingBest(best, () => {
      const vickrey = vickreyPayments('core', auction, determination, budget);
      return corePayments(auction, determination, vickrey, set.reference, budget);
    });
    const { allocation } = best();
    remember(set, { reports, written, best: allocation });
    const paid = (agent: AgentId): number => payments.get(agent) ?? 0;
    const certificate = { ...welfareCertificate(reports, set, auction, determination), binding };
    return certified({ allocation, payments: perAgent(participants, paid) }, certificate);
  },

  mostPaid: mostBid,
  value: valueOfPackage,
  bestWelfare: bestPackageWelfare,

  claims: [
    ...untruthful(
      'Day and Milgrom 2008: where the Vickrey outcome is not in the core, somebody gains by bidding less',
      {
        settings: { goods: ['A', 'B'] },
        reports: {
          ann: { xor: [{ bundle: ['A'], value: 8 }] },
          bob: { xor: [{ bundle: ['B'], value: 8 }] },
          cat: { xor: [{ bundle: ['A', 'B'], value: 10 }] },
        },
        deviation: { ann: { xor: [{ bundle: ['A'], value: 3 }] } },
        agent: 'ann',
      },
    ),
    notObviouslyManipulable,
    ...pricedByRivals({ goods: ['A'] }),
    notCredible,
    restToTheHighest,
    { law: 'individually-rational', holds: true, because: 'By definition: the core leaves every winner its own' },
    { law: 'no-deficit', holds: true, because: 'By definition: the core leaves the seller its own' },
    { law: 'efficient', holds: true, because: 'Day and Milgrom 2008: core allocations maximise the sum of bids' },
    {
      law: 'pareto-efficient',
      holds: true,
      because: 'Day and Milgrom 2008: core allocations maximise the sum of bids',
    },
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'core',
      holds: { approximately: 1e-6 },
      because:
        'By definition: coalitions that object are found and paid for, up to the rounding of thirds and the like',
    },
  ],
});
