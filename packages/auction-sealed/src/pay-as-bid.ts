/*
 * The pay-as-bid, or discriminatory, auction of several identical units: the highest marginal bids win, and each winner pays
 * what it bid for the units that it gets.
 *
 * Studied by Friedman, "A Program for Monetary Stability" (1960), and Ausubel, Cramton, Pycia, Rostek and Weretka, "Demand
 * reduction and inefficiency in multi-unit auctions", Review of Economic Studies 81 (2014). It promises no more than that
 * nobody pays above its bids: bidders do well to bid less than their values.
 */
import { directMechanism, sumOfFirst, untruthful } from '@mechane/core';
import { efficientWithoutReserve } from './efficiency.ts';
import { restToTheHighest } from './rival-prices.ts';
import {
  awardedOutcome,
  awardUnits,
  bestUnitWelfare,
  bidFor,
  type MultiUnitAuction,
  multiUnitOutcome,
  turnedAwayUnit,
  unitBid,
  unitSettings,
  valueOfUnits,
} from './unit-bids.ts';

/**
 * The highest marginal bids win and are paid.
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
 * mechane.run('auction-sealed/pay-as-bid', { settings, reports }).outcome.payments; // => { ann: 9, bob: 7 }
 * ```
 */
export const payAsBid: MultiUnitAuction<'auction-sealed/pay-as-bid'> = directMechanism({
  id: 'auction-sealed/pay-as-bid',
  summary: 'The highest marginal bids win and are paid as they were bid',
  settings: unitSettings,
  report: unitBid,
  revisable: true,
  openEntry: true,
  outcome: multiUnitOutcome,

  decide(bids, { settings: { units, reserve }, participants, tieOrder }) {
    return awardedOutcome(participants, awardUnits(bids, units, reserve, tieOrder), bidFor);
  },

  mostPaid: ({ bids }, { settings: { units } }) => sumOfFirst(bids, units),
  value: valueOfUnits,
  bestWelfare: bestUnitWelfare,

  claims: ({ reserve }) => [
    ...untruthful('Ausubel, Cramton, Pycia, Rostek and Weretka 2014: a winner does better to bid less', {
      settings: { units: 1 },
      reports: { ann: { bids: [10] }, bob: { bids: [6] } },
      deviation: { ann: { bids: [7] } },
    }),
    {
      law: 'bayesian-incentive-compatible',
      holds: false,
      because: 'Vickrey 1961: in equilibrium bids are below values; truth gains nothing against any prior',
      witness: {
        settings: { units: 1 },
        reports: { ann: { bids: [80] }, bob: { bids: [0] } },
        deviation: { ann: { bids: [40] } },
      },
    },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody pays more than its bids' },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    ...efficientWithoutReserve(
      reserve,
      {
        efficient: 'By definition: the units go to the highest marginal bids',
        core: 'By definition: the seller gets all that the units are worth to anyone',
      },
      turnedAwayUnit,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'envy-free',
      holds: false,
      because: 'By definition: equal units sell at different prices',
      witness: { settings: { units: 2 }, reports: { ann: { bids: [10] }, bob: { bids: [6] } }, agent: 'ann' },
    },
    { law: 'allocation-monotone', holds: true, because: 'By definition: higher marginal bids win no fewer units' },
    { law: 'revenue-monotone', holds: true, because: 'By definition: revenue is the sum of the highest marginal bids' },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because: 'Troyan and Morrill 2020: truth never gains, and lower bids may',
      witness: {
        settings: { units: 1 },
        reports: { ann: { bids: [10] }, bob: { bids: [6] } },
        deviation: { ann: { bids: [7] } },
        agent: 'ann',
      },
    },
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: what one bidder leaves goes to the highest of the other bids, at their own prices',
    },
    restToTheHighest,
    {
      law: 'shill-proof',
      holds: true,
      because: 'By definition: prices are bidders’ own bids, and shills only win what others would have paid for',
    },
    {
      law: 'credible',
      holds: true,
      because:
        'By definition: who wins knows what it bid for each unit, and revenue is the largest there is (Akbarpour and Li 2020)',
    },
  ],
});
