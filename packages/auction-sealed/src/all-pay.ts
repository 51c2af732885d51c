/*
 * The all-pay auction: the highest bid wins, and everybody pays its bid.
 *
 * Baye, Kovenock and de Vries, "The all-pay auction with complete information", Economic Theory 8 (1996); Krishna and Morgan,
 * "An analysis of the war of attrition and the all-pay auction", Journal of Economic Theory 72 (1997). It promises little: a
 * model of contests and lobbying more than a way to sell.
 */
import { directMechanism, perAgent, unsold, untruthful } from '@mechane/core';
import { columnAuction } from './bid-columns.ts';
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
 * The highest bid wins, and every bidder at or above the reserve pays what it bid. Takes bids in columns too.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const reports = { ann: { bid: 10 }, bob: { bid: 15 } };
 * mechane.run('auction-sealed/all-pay', { reports }).outcome.payments; // => { ann: 10, bob: 15 }
 * ```
 */
export const allPay: SealedBidAuction<'auction-sealed/all-pay'> = directMechanism({
  id: 'auction-sealed/all-pay',
  summary: 'The highest bid wins and every bidder pays what it bid',
  settings: reserveSettings,
  report: itemBid,
  revisable: true,
  openEntry: true,
  outcome: sealedBidOutcome,

  decide(bids, setup) {
    const { settings, participants } = setup;
    const highest = highestBid(bids, settings.reserve, setup);
    if (highest === undefined) return unsold(participants);
    const paymentOf = (bid = 0): number => (bid >= settings.reserve ? bid : 0);
    return {
      ...soldSealed(participants, bids, highest.winner, highest.bid),
      payments: perAgent(participants, (agent) => paymentOf(bids.get(agent)?.bid)),
    };
  },
  columns: columnAuction(({ bid }, _ids, bids, reserve) => {
    const paid = bids.map((offer) => (offer >= reserve ? offer : 0));
    return {
      payment: bid,
      revenue: paid.reduce((sum, payment) => sum + payment, 0),
      paymentOf: (row) => paid[row] as number,
    };
  }),

  mostPaid: ({ bid }) => bid,
  value: valueOfItem,
  bestWelfare: bestItemWelfare,

  claims: ({ reserve }) => [
    ...untruthful('By definition: a truthful winner gains nothing, one that bids less keeps the difference', {
      settings: {},
      reports: { ann: { bid: 10 }, bob: { bid: 6 } },
      deviation: { ann: { bid: 7 } },
    }),
    {
      law: 'bayesian-incentive-compatible',
      holds: false,
      because: 'Krishna and Morgan 1997: in equilibrium bids are below values; truth gains nothing against any prior',
      witness: { settings: {}, reports: { ann: { bid: 80 }, bob: { bid: 0 } }, deviation: { ann: { bid: 0 } } },
    },
    {
      law: 'individually-rational',
      holds: false,
      because: 'By definition: losers pay as well',
      witness: { settings: {}, reports: { ann: { bid: 10 }, bob: { bid: 6 } }, agent: 'bob' },
    },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    ...efficientWithoutReserve(
      reserve,
      { efficient: 'By definition: the item goes to the highest bid' },
      turnedAwayItem,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'envy-free',
      holds: false,
      because: 'By definition: a loser would rather have the item for the winner’s bid than pay its own for nothing',
      witness: { settings: {}, reports: { ann: { bid: 10 }, bob: { bid: 8 } }, agent: 'bob' },
    },
    {
      law: 'allocation-monotone',
      holds: true,
      because: 'By definition: a higher bid never loses what a lower one wins',
    },
    { law: 'revenue-monotone', holds: true, because: 'By definition: revenue is the sum of all bids that count' },
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: who says something else pays something else, where its bid counts at all',
    },
    restToTheHighest,
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because: 'Troyan and Morrill 2020, of prices that are paid as bid: truth never gains, and a lower bid may',
      witness: { settings: {}, reports: { ann: { bid: 10 } }, deviation: { ann: { bid: 7 } }, agent: 'ann' },
    },
    {
      law: 'shill-proof',
      holds: true,
      because: 'By definition: everybody pays its own bid, whoever else is there (Komo, Kominers and Roughgarden 2024)',
    },
    {
      law: 'credible',
      holds: true,
      because: 'By definition: everybody pays what it knows it bid (Akbarpour and Li 2020)',
    },
  ],
});
