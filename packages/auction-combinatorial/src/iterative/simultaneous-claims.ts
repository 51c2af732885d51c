import type { Claim } from '@mechane/core';
import { untruthful } from '@mechane/core';
import { copiesOf, type GoodsForSale } from '../goods.ts';
import type { PackageBids } from '../package-bids.ts';
import { notObviouslyManipulable, pricedByRivals } from '../rival-prices.ts';
import { mostRounds } from './iterative-settings.ts';

interface Settings {
  goods: GoodsForSale;
  increment: number;
}

const low = (value: number): PackageBids => ({ xor: [{ bundle: ['A'], value }] });

/** What bids on single goods promise, and what they do to those who want packages. */
export function simultaneousClaims(
  goods: GoodsForSale,
  increment: number,
  maxRounds: number,
): readonly Claim<Settings, PackageBids>[] {
  const copies = [...copiesOf(goods).values()].reduce((sum, count) => sum + count, 0);
  const exposure = {
    settings: { goods: ['A', 'B'], increment: 1 },
    reports: {
      ann: { xor: [{ bundle: ['A', 'B'], value: 10 }] },
      bob: { xor: [{ bundle: ['B'], value: 12 }] },
    },
  };
  return [
    ...untruthful<Settings, PackageBids>(
      'Ausubel and Cramton 2002: to want less leaves the rivals a good of their own, and the rest is cheap',
      {
        settings: { goods: ['A', 'B'], increment: 1 },
        reports: {
          ann: {
            xor: [
              { bundle: ['A'], value: 10 },
              { bundle: ['B'], value: 10 },
              { bundle: ['A', 'B'], value: 20 },
            ],
          },
          bob: {
            xor: [
              { bundle: ['A'], value: 8 },
              { bundle: ['B'], value: 8 },
            ],
          },
        },
        deviation: { ann: { xor: [{ bundle: ['A'], value: 10 }] } },
        agent: 'ann',
      },
    ),
    { ...notObviouslyManipulable, domain: 'unit-demand' },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      domain: 'xor-bids',
      because:
        'Milgrom 2000, the exposure problem: at worst the truth pays for a part of its package, and staying low nothing',
      witness: {
        settings: { goods: ['A', 'B'], increment: 1 },
        reports: { ann: { xor: [{ bundle: ['A', 'B'], value: 3 }] }, bob: { xor: [{ bundle: ['A'], value: 3 }] } },
        deviation: { ann: { xor: [{ bundle: ['A', 'B'], value: 1 }] }, bob: { xor: [{ bundle: ['A'], value: 1 }] } },
        agent: 'ann',
      },
    },
    ...pricedByRivals({ goods: ['A'], increment: 1 }),
    {
      law: 'non-bossy-in-allocation',
      holds: false,
      because:
        'By definition: a bidder that wins nothing may decide whose turn it is when the price is reached that nobody tops',
      witness: {
        settings: { goods: ['A'], increment: 1 },
        reports: { ann: low(0), bob: low(8), cat: low(8) },
        deviation: { ann: low(8) },
        agent: 'ann',
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      domain: 'unit-demand',
      because: 'Milgrom 2000: who wants one good bids on one at a time, at no more than it is worth',
    },
    {
      law: 'individually-rational',
      holds: false,
      domain: 'xor-bids',
      because:
        'Milgrom 2000, the exposure problem: a bidder holds a part of its package when the rest becomes too dear',
      witness: { ...exposure, agent: 'ann' },
    },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    {
      law: 'efficient',
      holds: false,
      because: 'Milgrom 2000: it is efficient up to the increment only, and that for substitutes',
      witness: {
        settings: { goods: ['A'], increment: 2 },
        reports: { ann: { xor: [{ bundle: ['A'], value: 1 }] } },
      },
    },
    ...(maxRounds < mostRounds ? [] : [withinAnIncrement(increment * copies)]),
    {
      law: 'core',
      holds: false,
      domain: 'xor-bids',
      because:
        'Milgrom 2000: with complements there may be no competitive prices, and the goods go to those who want them less',
      witness: {
        settings: { goods: ['A', 'B'], increment: 0.5 },
        reports: {
          ann: { xor: [{ bundle: ['A', 'B'], value: 6 }] },
          bob: {
            xor: [
              { bundle: ['A'], value: 4 },
              { bundle: ['B'], value: 4 },
            ],
          },
        },
      },
    },
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
  ];
}

/** Where rounds do not run out. */
function withinAnIncrement(increments: number): Claim<Settings, PackageBids> {
  return {
    law: 'core',
    holds: { approximately: increments },
    domain: 'unit-demand',
    because: 'Milgrom 2000: for substitutes, what stands is within an increment of competitive prices for each good',
  };
}
