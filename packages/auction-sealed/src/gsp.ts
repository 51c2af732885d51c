/*
 * The generalised second-price auction of positions: the highest bids get the most clicked positions, and each pays for a
 * click the next bid below its own.
 *
 * Edelman, Ostrovsky and Schwarz, "Internet advertising and the generalized second-price auction", American Economic Review
 * 97 (2007); Varian, "Position auctions", International Journal of Industrial Organization 25 (2007). It promises that nobody
 * pays more than its bid; unlike the auction it generalises, it does not make truth a dominant strategy.
 */
import { type Claim, directMechanism, truthful, untruthful } from '@mechane/core';
import type * as z from 'zod';
import { efficientWithoutReserve } from './efficiency.ts';
import {
  bestClickWelfare,
  clickBid,
  type PositionAuction,
  positionOutcome,
  positionSettings,
  positionsFilled,
  rankedBids,
  turnedAwayClick,
  valueOfClicks,
} from './positions.ts';
import { notCredible, pricedByRivals, restToTheHighest, strategyProofSoNotObviously } from './rival-prices.ts';

/**
 * The highest bids get the most clicked positions, and each pays for a click the next bid below its own.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const settings = { clickThroughRates: [200, 100] };
 * const reports = { ann: { bid: 10 }, bob: { bid: 4 }, cat: { bid: 2 } };
 * mechane.run('auction-sealed/gsp', { settings, reports }).outcome.payments; // => { ann: 800, bob: 200, cat: 0 }
 * ```
 */
export const gsp: PositionAuction<'auction-sealed/gsp'> = directMechanism({
  id: 'auction-sealed/gsp',
  summary: 'The highest bids get the best positions; a click costs the next bid (Edelman, Ostrovsky and Schwarz 2007)',
  settings: positionSettings,
  report: clickBid,
  revisable: true,
  openEntry: true,
  outcome: positionOutcome,

  decide(bids, { settings: { clickThroughRates: rates, reserve }, participants, tieOrder }) {
    const ranked = rankedBids(bids, reserve, tieOrder);
    const positions = rates.map((clicks, position) => {
      const pricePerClick = ranked[position + 1]?.bid ?? reserve;
      return { clicks, pricePerClick, payment: clicks * pricePerClick };
    });
    return positionsFilled(participants, ranked, positions);
  },

  mostPaid: ({ bid }, { settings }) => bid * (settings.clickThroughRates[0] as number),
  value: valueOfClicks,
  bestWelfare: bestClickWelfare,

  claims: ({ clickThroughRates: [, second = 0], reserve }) => [
    ...(second === 0 ? onePosition : severalPositions),
    ...pricedByRivals({ clickThroughRates: [2, 1] }, (bid) => ({ bid })),
    notCredible({ clickThroughRates: [2, 1] }, (bid) => ({ bid })),
    restToTheHighest,
    { law: 'individually-rational', holds: true, because: 'By definition: a click costs no more than the bid' },
    { law: 'no-deficit', holds: true, because: 'By definition: prices are bids, which are never negative' },
    ...efficientWithoutReserve(
      reserve,
      { efficient: 'By definition: the most clicked positions go to the highest bids' },
      turnedAwayClick,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    { law: 'allocation-monotone', holds: true, because: 'By definition: a higher bid gets no worse a position' },
    { law: 'revenue-monotone', holds: true, because: 'By definition: a further bidder lowers no next bid' },
  ],
});

type PositionClaim = Claim<z.input<typeof positionSettings>, z.input<typeof clickBid>>;

const secondPrice = 'Vickrey 1961: with one position that is clicked it is the second-price auction';
const onePosition: readonly PositionClaim[] = [
  ...truthful(secondPrice),
  strategyProofSoNotObviously,
  { law: 'false-name-proof', holds: true, because: secondPrice },
  { law: 'envy-free', holds: true, because: secondPrice },
];

/** The example of Edelman, Ostrovsky and Schwarz 2007 in which the highest bidder would rather be second. */
const example = {
  settings: { clickThroughRates: [200, 199] },
  reports: { ann: { bid: 10 }, bob: { bid: 4 }, cat: { bid: 2 } },
  deviation: { ann: { bid: 3 } },
};
const severalPositions: readonly PositionClaim[] = [
  ...untruthful('Edelman, Ostrovsky and Schwarz 2007: a lower position may be worth more at its price', example),
  {
    law: 'not-obviously-manipulable',
    holds: false,
    because:
      'Troyan and Morrill 2020: at worst the truth pays all it is worth for the first position, and a lower bid less for the next',
    witness: {
      settings: { clickThroughRates: [2, 1] },
      reports: { ann: { bid: 1 }, bob: { bid: 1 } },
      deviation: { ann: { bid: 0 } },
      agent: 'ann',
    },
  },
  {
    law: 'envy-free',
    holds: false,
    because: 'Edelman, Ostrovsky and Schwarz 2007: it is locally envy-free in equilibrium, not under truth',
    witness: { settings: example.settings, reports: example.reports, agent: 'ann' },
  },
];
