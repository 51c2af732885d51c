/*
 * The first-price auction: the highest bid wins and is paid.
 *
 * Analysed by Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961). It promises
 * no more than that nobody pays above its bid: bidders do well to bid less than their values, and how much less depends on
 * what they believe of each other.
 */
import { directMechanism, unsold, untruthful } from '@mechane/core';
import { columnAuction, winnerPays } from './bid-columns.ts';
import { efficientWithoutReserve } from './efficiency.ts';
import { highestBid } from './highest-bid.ts';
import { restToTheHighest } from './rival-prices.ts';
import {
  bestItemWelfare,
  itemBid,
  reserveSettings,
  type SealedBidAuction,
  sealedBidOutcome,
  soldSealed,
  turnedAwayItem,
  valueOfItem,
} from './single-item-bids.ts';

/**
 * The highest bid wins and is paid. Takes bids in columns too.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const reports = { ann: { bid: 10 }, bob: { bid: 15 } };
 * mechane.run('auction-sealed/first-price', { reports }).outcome.payment; // => 15
 * ```
 */
export const firstPrice: SealedBidAuction<'auction-sealed/first-price'> = directMechanism({
  id: 'auction-sealed/first-price',
  summary: 'The highest bid wins and is paid (Vickrey 1961)',
  settings: reserveSettings,
  report: itemBid,
  revisable: true,
  openEntry: true,
  outcome: sealedBidOutcome,

  decide(bids, setup) {
    const highest = highestBid(bids, setup.settings.reserve, setup);
    if (highest === undefined) return unsold(setup.participants);
    return soldSealed(setup.participants, bids, highest.winner, highest.bid);
  },
  columns: columnAuction((highest, ids) => winnerPays(highest, highest.bid, ids)),

  mostPaid: ({ bid }) => bid,
  value: valueOfItem,
  bestWelfare: bestItemWelfare,

  claims: ({ reserve }) => [
    ...untruthful('Vickrey 1961: a winner does better to bid just above the second highest value', {
      settings: {},
      reports: { ann: { bid: 10 }, bob: { bid: 6 } },
      deviation: { ann: { bid: 7 } },
    }),
    {
      law: 'bayesian-incentive-compatible',
      holds: false,
      because: 'Vickrey 1961: in equilibrium bids are below values; truth gains nothing against any prior',
      witness: { settings: {}, reports: { ann: { bid: 80 }, bob: { bid: 0 } }, deviation: { ann: { bid: 40 } } },
    },
    { law: 'individually-rational', holds: true, because: 'By definition: nobody pays more than its bid' },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    ...efficientWithoutReserve(
      reserve,
      {
        efficient: 'By definition: the item goes to the highest bid',
        core: 'By definition: the seller gets all that the item is worth to anyone',
      },
      turnedAwayItem,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'envy-free',
      holds: true,
      because: 'By definition: the winner pays its bid, which is at least what the item is worth to any other',
    },
    {
      law: 'allocation-monotone',
      holds: true,
      because: 'By definition: a higher bid never loses what a lower one wins',
    },
    { law: 'revenue-monotone', holds: true, because: 'By definition: revenue is the highest bid, or nothing' },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because: 'Troyan and Morrill 2020, of prices that are paid as bid: truth never gains, and a lower bid may',
      witness: {
        settings: {},
        reports: { ann: { bid: 10 }, bob: { bid: 6 } },
        deviation: { ann: { bid: 7 } },
        agent: 'ann',
      },
    },
    {
      law: 'non-bossy',
      holds: true,
      because:
        'By definition: a loser that stays one moves nothing, and a winner that says something else pays something else',
    },
    restToTheHighest,
    {
      law: 'shill-proof',
      holds: true,
      because:
        'By definition: a price that is a bidder’s own bid is raised by no shill (Komo, Kominers and Roughgarden 2024)',
    },
    {
      law: 'credible',
      holds: true,
      because:
        'Akbarpour and Li 2020: a winner knows what it bid; of optimal static auctions in which only winners pay, only this one is',
    },
  ],
});
