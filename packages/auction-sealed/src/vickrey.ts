/*
 * The Vickrey auction of several identical units: the highest marginal bids win, and for its units a winner pays the highest
 * bids of the others that it displaced, or the reserve where there are too few.
 *
 * Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961). It promises that
 * bidding one's marginal values is optimal whatever the others bid, and that the units go where they are worth most.
 */
import {
  amount,
  type Certificate,
  type Certified,
  certified,
  directMechanism,
  sumOfFirst,
  truthful,
} from '@mechane/core';
import * as z from 'zod';
import { efficientWithoutReserve } from './efficiency.ts';
import { restToTheHighest, strategyProofSoNotObviously } from './rival-prices.ts';
import {
  type Award,
  awardedOutcome,
  awardUnits,
  bestUnitWelfare,
  type MultiUnitAuction,
  type MultiUnitOutcome,
  multiUnitOutcome,
  turnedAwayUnit,
  unitBid,
  unitSettings,
  valueOfUnits,
  type Won,
} from './unit-bids.ts';

/**
 * A price at which everybody gets what it would ask for, so that no other division is worth more.
 *
 * @category Types of mechanisms
 */
export interface SupportingPrice extends Certificate {
  readonly status: 'optimal';
  readonly supportingPrice: number;
}

/**
 * The highest marginal bids win, and a winner pays the bids of others that it displaced. The certificate gives a price at
 * which everybody would ask for just what it gets.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const settings = { units: 2 };
 * const reports = { ann: { bids: [9, 5] }, bob: { bids: [7, 6] } };
 * mechane.run('auction-sealed/vickrey', { settings, reports }).outcome.payments; // => { ann: 6, bob: 5 }
 * ```
 */
export const vickrey: MultiUnitAuction<
  'auction-sealed/vickrey',
  z.input<typeof unitSettings>,
  MultiUnitOutcome,
  SupportingPrice
> = directMechanism({
  id: 'auction-sealed/vickrey',
  summary: 'The highest marginal bids win, and each winner pays the bids it displaced (Vickrey 1961)',
  settings: unitSettings,
  report: unitBid,
  revisable: true,
  openEntry: true,
  certificate: z.looseObject({ supportingPrice: amount }),
  outcome: multiUnitOutcome,

  decide(bids, { settings: { units, reserve }, participants, tieOrder }): Certified<MultiUnitOutcome, SupportingPrice> {
    const award = awardUnits(bids, units, reserve, tieOrder);
    const outcome = awardedOutcome(participants, award, (won) => displacedBids(award, won, reserve));
    // At this price the accepted bids are what bidders ask for and the rejected are not, so no allocation is worth more.
    const supportingPrice = award.rejected[0] ?? reserve;
    return certified(outcome, { status: 'optimal', supportingPrice });
  },

  mostPaid: ({ bids }, { settings: { units } }) => sumOfFirst(bids, units),
  value: valueOfUnits,
  bestWelfare: bestUnitWelfare,

  claims: ({ units, reserve }) => [
    ...truthful(
      'Vickrey 1961: what the units cost an agent is set by the others, and truth buys those worth their cost',
    ),
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'Li 2017: truth may win nothing, which is less than what a lower bid may win, against other rivals',
      witness: {
        settings: { units: 1 },
        reports: { ann: { bids: [10] }, bob: { bids: [12] } },
        deviation: { ann: { bids: [9] }, bob: { bids: [] } },
        agent: 'ann',
      },
    },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Ausubel and Milgrom 2006: a losing bidder lowers what a winner pays by bidding less',
      witness: {
        settings: { units: 1 },
        reports: { ann: { bids: [10] }, bob: { bids: [8] } },
        deviation: { ann: { bids: [10] }, bob: { bids: [] } },
        agent: 'ann',
      },
    },
    {
      law: 'false-name-proof',
      holds: true,
      because: 'Yokoo, Sakurai and Matsubara 2004: under falling marginal values nobody gains by a second name',
    },
    { law: 'individually-rational', holds: true, because: 'Vickrey 1961: the displaced bids are below those that won' },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    ...efficientWithoutReserve(
      reserve,
      {
        efficient: 'Vickrey 1961: the units go to the highest marginal values',
        core: 'Ausubel and Milgrom 2002: where goods are substitutes the Vickrey outcome is in the core',
      },
      turnedAwayUnit,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    units === 1
      ? {
          law: 'envy-free',
          holds: true,
          because: 'Vickrey 1961: for one unit it is the second-price auction, whose price nobody else would pay',
        }
      : {
          law: 'envy-free',
          holds: false,
          because: 'By definition: equal units cost what each winner displaces, and who displaces less pays less',
          witness: {
            settings: { units: 2 },
            reports: { ann: { bids: [10] }, bob: { bids: [9, 8] } },
            agent: 'ann',
          },
        },
    { law: 'allocation-monotone', holds: true, because: 'By definition: higher marginal bids win no fewer units' },
    {
      law: 'revenue-monotone',
      holds: true,
      because: 'Ausubel and Milgrom 2002: where goods are substitutes a further bidder never lowers revenue',
    },
    strategyProofSoNotObviously,
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: whose bid is turned away sets what a winner pays',
      witness: {
        settings: { units: 1 },
        reports: { ann: { bids: [10] }, bob: { bids: [6] } },
        deviation: { bob: { bids: [7] } },
        agent: 'bob',
      },
    },
    restToTheHighest,
    {
      law: 'shill-proof',
      holds: false,
      because: 'Komo, Kominers and Roughgarden 2024: with one unit, a shill just below the highest bid sets the price',
      witness: {
        settings: { units: 1 },
        reports: { ann: { bids: [10] }, bob: { bids: [6] } },
        deviation: { shill: { bids: [9] } },
      },
    },
    {
      law: 'credible',
      holds: false,
      because:
        'Akbarpour and Li 2020: with one unit it is the second-price auction, whose winner cannot check the price',
      witness: { settings: { units: 1 }, reports: { ann: { bids: [10] }, bob: { bids: [] } } },
    },
  ],
});

/**
 * The sum of the highest rejected bids that are not the winner's own, one for each unit it won. Its own rejected bids are the
 * rest of its marginals, in the same falling order, so one walk down both lists tells them from the others'.
 */
function displacedBids({ rejected }: Award, { units, bids: own }: Won, reserve: number): number {
  let payment = 0;
  let ownNext = units;
  let displaced = 0;
  for (let index = 0; displaced < units; index++) {
    const bid = rejected[index];
    if (bid === undefined) return payment + (units - displaced) * reserve;
    if (bid === own[ownNext]) {
      ownNext += 1;
    } else {
      payment += bid;
      displaced += 1;
    }
  }
  return payment;
}
