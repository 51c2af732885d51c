/*
 * The second-price auction: the highest bid wins and pays the second highest.
 *
 * Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961). It promises that
 * bidding one's value is optimal whatever the others bid, and that the item goes where it is worth most.
 */
import { directMechanism, truthful, unsold } from '@mechane/core';
import { columnAuction, winnerPays } from './bid-columns.ts';
import { efficientWithoutReserve } from './efficiency.ts';
import { highestBid } from './highest-bid.ts';
import { strategyProofSoNotObviously } from './rival-prices.ts';
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
 * The highest bid wins and pays the second highest, or the reserve. Takes bids in columns too.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const settings = { reserve: 12 };
 * const reports = { ann: { bid: 10 }, bob: { bid: 15 } };
 * mechane.run('auction-sealed/second-price', { settings, reports }).outcome.payment; // => 12
 * ```
 */
export const secondPrice: SealedBidAuction<'auction-sealed/second-price'> = directMechanism({
  id: 'auction-sealed/second-price',
  summary: 'The highest bid wins and pays the second highest (Vickrey 1961)',
  settings: reserveSettings,
  report: itemBid,
  revisable: true,
  openEntry: true,
  outcome: sealedBidOutcome,

  decide(bids, setup) {
    const highest = highestBid(bids, setup.settings.reserve, setup);
    if (highest === undefined) return unsold(setup.participants);
    return soldSealed(setup.participants, bids, highest.winner, highest.rival);
  },
  columns: columnAuction((highest, ids) => winnerPays(highest, highest.rival, ids)),

  mostPaid: ({ bid }) => bid,
  value: valueOfItem,
  bestWelfare: bestItemWelfare,

  claims: ({ reserve }) => [
    ...truthful('Vickrey 1961: the price is set by the others, and a bid only decides whether to buy at it'),
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'Li 2017: truth may win nothing, which is less than what a lower bid may win, against other rivals',
      witness: {
        settings: {},
        reports: { ann: { bid: 10 }, bob: { bid: 12 } },
        deviation: { ann: { bid: 9 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Graham and Marshall 1987: bidders who pool withhold all but one serious bid, and pay less',
      witness: {
        settings: {},
        reports: { ann: { bid: 10 }, bob: { bid: 8 } },
        deviation: { ann: { bid: 10 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'false-name-proof',
      holds: true,
      because:
        'Yokoo, Sakurai and Matsubara 2004: who wants one item only gains a rival by bidding under a second name',
    },
    { law: 'individually-rational', holds: true, because: 'Vickrey 1961: the winner pays no more than its bid' },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    ...efficientWithoutReserve(
      reserve,
      {
        efficient: 'Vickrey 1961: the item goes to the highest value',
        core: 'Shapley and Shubik 1971: the price lies between the two highest values',
      },
      turnedAwayItem,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'envy-free',
      holds: true,
      because: 'By definition: at the price the others set the winner wants the item, and nobody else does',
    },
    {
      law: 'allocation-monotone',
      holds: true,
      because: 'By definition: a higher bid never loses what a lower one wins',
    },
    {
      law: 'revenue-monotone',
      holds: true,
      because: 'By definition: revenue is the second highest bid or the reserve, and another bidder lowers neither',
    },
    strategyProofSoNotObviously,
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: the second highest bidder sets what the winner pays',
      witness: {
        settings: {},
        reports: { ann: { bid: 10 }, bob: { bid: 6 } },
        deviation: { bob: { bid: 7 } },
        agent: 'bob',
      },
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because: 'Mishra and Quadir 2014: who loses at a higher bid as well leaves the highest bid where it is',
    },
    {
      law: 'shill-proof',
      holds: false,
      because:
        'Komo, Kominers and Roughgarden 2024: a shill just below the highest bid sets the price, whatever the reserve',
      witness: { settings: {}, reports: { ann: { bid: 10 }, bob: { bid: 6 } }, deviation: { shill: { bid: 9 } } },
    },
    {
      law: 'credible',
      holds: false,
      because: 'Akbarpour and Li 2020: the winner cannot tell an invented second bid from a true one',
      witness: { settings: {}, reports: { ann: { bid: 10 }, bob: { bid: 2 } } },
    },
  ],
});
