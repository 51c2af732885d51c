/*
 * The uniform-price auction of several identical units: the highest marginal bids win, and all units sell at one price, the
 * highest bid that was rejected or the lowest that was accepted.
 *
 * Friedman, "A Program for Monetary Stability" (1960); Ausubel and Cramton, "Demand reduction and inefficiency in multi-unit
 * auctions", University of Maryland (2002), published with Pycia, Rostek and Weretka in Review of Economic Studies 81 (2014).
 * It promises that nobody envies anybody; a bidder for several units does well to ask for fewer.
 */
import { amount, type Claim, directMechanism, sumOfFirst, untruthful } from '@mechane/core';
import * as z from 'zod';
import { efficientWithoutReserve } from './efficiency.ts';
import { restToTheHighest } from './rival-prices.ts';
import { movedPrice } from './uniform-price-claims.ts';
import {
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
} from './unit-bids.ts';

/**
 * Who gets how many units, and the price of each.
 *
 * @category Types of mechanisms
 */
export interface UniformPriceOutcome extends MultiUnitOutcome {
  readonly clearingPrice: number;
}

/**
 * How many units there are, the least that each sells for, and which bid sets the price.
 *
 * @category Types of mechanisms
 */
export interface UniformPriceSettings {
  units: number;
  reserve?: number | undefined;
  pricing?: 'first-rejected' | 'last-accepted' | undefined;
}

const settings = unitSettings.extend({
  pricing: z
    .enum(['first-rejected', 'last-accepted'])
    .default('first-rejected')
    .describe('Whether units sell at the highest rejected or at the lowest accepted bid'),
});

/** @category Types of mechanisms */
export type UniformPriceAuction = MultiUnitAuction<
  'auction-sealed/uniform-price',
  UniformPriceSettings,
  UniformPriceOutcome
>;

const revenueMonotone: Record<
  'first-rejected' | 'last-accepted',
  Claim<UniformPriceSettings, z.input<typeof unitBid>>
> = {
  'first-rejected': {
    law: 'revenue-monotone',
    holds: true,
    because: 'By definition: a further bidder lowers neither the highest rejected bid nor the number of units sold',
  },
  'last-accepted': {
    law: 'revenue-monotone',
    holds: false,
    because: 'By definition: where units are left a further bidder lowers the lowest accepted bid',
    witness: {
      settings: { units: 2, pricing: 'last-accepted' },
      reports: { ann: { bids: [10] }, bob: { bids: [1] } },
      deviation: { bob: null },
    },
  },
};

/**
 * The highest marginal bids win, all at one price.
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
 * mechane.run('auction-sealed/uniform-price', { settings, reports }).outcome.clearingPrice; // => 6
 * ```
 */
export const uniformPrice: UniformPriceAuction = directMechanism({
  id: 'auction-sealed/uniform-price',
  summary: 'The highest marginal bids win, all at one price: the highest rejected or the lowest accepted bid',
  settings,
  report: unitBid,
  revisable: true,
  openEntry: true,
  outcome: multiUnitOutcome.extend({ clearingPrice: amount }),

  decide(bids, { settings: { units, reserve, pricing }, participants, tieOrder }): UniformPriceOutcome {
    const award = awardUnits(bids, units, reserve, tieOrder);
    // Without a bid of the kind that sets the price, the reserve does.
    const clearingPrice = (pricing === 'first-rejected' ? award.rejected[0] : award.accepted.at(-1)) ?? reserve;
    return { ...awardedOutcome(participants, award, (won) => won.units * clearingPrice), clearingPrice };
  },

  mostPaid: ({ bids }, { settings: { units } }) => sumOfFirst(bids, units),
  value: valueOfUnits,
  bestWelfare: bestUnitWelfare,

  claims: ({ reserve, pricing }) => [
    ...untruthful('Ausubel and Cramton 2002: who asks for fewer units pays less for those it gets', {
      settings: { units: 2, pricing },
      reports: { ann: { bids: [10, 9] }, bob: { bids: [8] } },
      deviation: { ann: { bids: [10] } },
    }),
    { law: 'individually-rational', holds: true, because: 'By definition: no accepted bid is below the price' },
    { law: 'no-deficit', holds: true, because: 'By definition: the price is a bid or the reserve, never negative' },
    ...efficientWithoutReserve(
      reserve,
      {
        efficient: 'By definition: the units go to the highest marginal bids',
        core: 'Debreu and Scarf 1963: at the clearing price demand meets supply, and such outcomes are in the core',
      },
      turnedAwayUnit,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'envy-free',
      holds: true,
      because: 'Ausubel and Cramton 2002: at the clearing price everybody gets what it asks for at that price',
    },
    { law: 'allocation-monotone', holds: true, because: 'By definition: higher marginal bids win no fewer units' },
    revenueMonotone[pricing],
    ...movedPrice(pricing, reserve),
    restToTheHighest,
  ],
});
