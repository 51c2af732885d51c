/*
 * The Vickrey–Clarke–Groves auction of positions: the highest bids get the most clicked positions, and each pays what the
 * bidders below it would gain if it were not there.
 *
 * Vickrey (1961), Clarke (1971) and Groves (1973), for positions in Edelman, Ostrovsky and Schwarz, "Internet advertising and
 * the generalized second-price auction", American Economic Review 97 (2007). It promises that bidding one's value of a click
 * is optimal whatever the others bid, and that clicks go where they are worth most.
 */
import { directMechanism, truthful } from '@mechane/core';
import { efficientWithoutReserve } from './efficiency.ts';
import {
  bestClickWelfare,
  clickBid,
  type Position,
  type PositionAuction,
  positionOutcome,
  positionSettings,
  positionsFilled,
  type Ranked,
  rankedBids,
  turnedAwayClick,
  valueOfClicks,
} from './positions.ts';
import { notCredible, pricedByRivals, restToTheHighest, strategyProofSoNotObviously } from './rival-prices.ts';

/**
 * The highest bids get the most clicked positions, and each pays what the bidders below it lose by its being there.
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
 * mechane.run('auction-sealed/position-vcg', { settings, reports }).outcome.payments; // => { ann: 600, bob: 200, cat: 0 }
 * ```
 */
export const positionVcg: PositionAuction<'auction-sealed/position-vcg'> = directMechanism({
  id: 'auction-sealed/position-vcg',
  summary: 'The highest bids get the best positions; each pays its externality (Vickrey, Clarke and Groves)',
  settings: positionSettings,
  report: clickBid,
  revisable: true,
  openEntry: true,
  outcome: positionOutcome,

  decide(bids, { settings: { clickThroughRates: rates, reserve }, participants, tieOrder }) {
    const ranked = rankedBids(bids, reserve, tieOrder);
    return positionsFilled(participants, ranked, externalities(ranked, rates, reserve));
  },

  mostPaid: ({ bid }, { settings }) => bid * (settings.clickThroughRates[0] as number),
  value: valueOfClicks,
  bestWelfare: bestClickWelfare,

  claims: ({ clickThroughRates: [, second = 0], reserve }) => [
    ...truthful('Vickrey 1961, Clarke 1971, Groves 1973: each pays its externality, which its bid does not move'),
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'Li 2017: truth may win nothing, which is less than what a lower bid may win, against other rivals',
      witness: {
        settings: { clickThroughRates: [1] },
        reports: { ann: { bid: 10 }, bob: { bid: 12 } },
        deviation: { ann: { bid: 9 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Ausubel and Milgrom 2006: a bidder lowers what those above it pay by bidding less',
      witness: {
        settings: { clickThroughRates: [200, 100] },
        reports: { ann: { bid: 10 }, bob: { bid: 4 } },
        deviation: { ann: { bid: 10 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    second === 0
      ? {
          law: 'false-name-proof',
          holds: true,
          because: 'Yokoo, Sakurai and Matsubara 2004: for one position it is the second-price auction',
        }
      : {
          law: 'false-name-proof',
          holds: false,
          because: 'By definition: a bidder gets a position for each of its names',
          witness: {
            settings: { clickThroughRates: [200, 100] },
            reports: { ann: { bid: 10 } },
            deviation: { ann: { bid: 10 }, 'ann-alias': { bid: 0 } },
          },
        },
    strategyProofSoNotObviously,
    ...pricedByRivals({ clickThroughRates: [2, 1] }, (bid) => ({ bid })),
    notCredible({ clickThroughRates: [2, 1] }, (bid) => ({ bid })),
    restToTheHighest,
    { law: 'individually-rational', holds: true, because: 'Clarke 1971: nobody’s externality exceeds its value' },
    { law: 'no-deficit', holds: true, because: 'Clarke 1971: externalities are never negative' },
    ...efficientWithoutReserve(
      reserve,
      {
        efficient: 'Groves 1973: the most clicked positions go to the highest values',
        core: 'Shapley and Shubik 1971, Leonard 1983: these are the lowest payments in the core of the assignment game',
      },
      turnedAwayClick,
    ),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
    {
      law: 'envy-free',
      holds: true,
      because: 'Leonard 1983; Edelman, Ostrovsky and Schwarz 2007: these are the lowest prices at which nobody envies',
    },
    { law: 'allocation-monotone', holds: true, because: 'By definition: a higher bid gets no worse a position' },
    {
      law: 'revenue-monotone',
      holds: true,
      because: 'By definition: a further bidder lowers no bid below a position, of which all prices are sums',
    },
  ],
});

/**
 * What each position costs: what the next one costs, and for the clicks it has more than that one the next bid, or the
 * reserve. Worked out from the last position upwards.
 */
function externalities(ranked: readonly Ranked[], rates: readonly number[], reserve: number): readonly Position[] {
  const parts = partsOfAClick(rates);
  let cost = 0;
  let clicksBelow = 0;
  const upwards = rates.toReversed().map((clicks, step) => {
    const counted = parts === 1 ? clicks : Math.round(clicks * parts);
    cost += (counted - clicksBelow) * (ranked[rates.length - step]?.bid ?? reserve);
    clicksBelow = counted;
    return { clicks, pricePerClick: clicks === 0 ? 0 : cost / counted, payment: cost / parts };
  });
  return upwards.reverse();
}

/** Powers of ten: rates with more decimals are doubles that nobody wrote. */
const divisions: readonly number[] = Array.from({ length: 10 }, (_, decimals) => 10 ** decimals);

/** Into how many parts a click is divided so that all rates are whole numbers of them: 100.1 is 0.1 more than 100 then, and no more; 1 where there are none. */
function partsOfAClick(rates: readonly number[]): number {
  return divisions.find((parts) => rates.every((rate) => Math.round(rate * parts) / parts === rate)) ?? 1;
}
