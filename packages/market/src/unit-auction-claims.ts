import type { Claim } from '@mechane/core';
import { buying, type OrderReport, selling } from './order.ts';

const onePair = { bob: buying(9), sue: selling(3) };
const twoPairs = { bob: buying(9), dan: buying(8), sue: selling(3), sam: selling(4) };

type UnitClaim = Claim<Record<string, never>, OrderReport>;

/** What truthful double auctions for one unit each promise, with the paper that shows it. */
export function truthfulForUnits(paper: string): readonly UnitClaim[] {
  return [
    { law: 'strategy-proof', holds: true, because: `${paper}: nobody's price depends on its own order` },
    { law: 'individually-rational', holds: true, because: `${paper}: prices lie between the orders that trade` },
    { law: 'no-deficit', holds: true, because: `${paper}: no seller receives more than its buyer pays` },
    { law: 'allocation-monotone', holds: true, because: 'Myerson 1981: what is strategy-proof is monotone' },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'By definition: the marginal buyer, who goes without, may lower the price for another at no cost',
      witness: {
        reports: twoPairs,
        deviation: { bob: buying(9), dan: buying(5) },
        agent: 'bob',
      },
    },
    {
      law: 'core',
      holds: false,
      because: 'By definition: the pair that is given up would gain by trading with each other',
      witness: { reports: onePair },
    },
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'Li 2017: truth may trade nothing, which is less than what another order may gain among others',
      witness: {
        reports: { bob: buying(9), dan: buying(0), sue: selling(8), sam: selling(9) },
        deviation: { bob: buying(10), dan: buying(8), sue: selling(1), sam: selling(2) },
        agent: 'bob',
      },
    },
  ];
}

/** What a market maker may do that lets no lot decide, and keeps what is left over: invent the orders at the margin. */
export const pricedAtTheMargin: readonly UnitClaim[] = [
  {
    law: 'not-obviously-manipulable',
    holds: true,
    because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
  },
  {
    law: 'credible',
    holds: false,
    because:
      'Akbarpour and Li 2020, of sealed reports: who trades cannot tell an invented order at the margin from a true one',
    witness: { reports: twoPairs },
  },
];

/** What those at the margin do to others who go without themselves. */
export function bossyAtTheMargin(seed?: number): readonly UnitClaim[] {
  const drawn = seed === undefined ? {} : { seed };
  return [
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: the marginal buyer, who goes without, sets what another pays',
      witness: { reports: twoPairs, deviation: { dan: buying(7) }, agent: 'dan', ...drawn },
    },
    {
      law: 'non-bossy-in-allocation',
      holds: false,
      because:
        'By definition: where the marginal buyer bids too little to trade, another pair becomes marginal and goes without',
      witness: { reports: twoPairs, deviation: { dan: buying(1) }, agent: 'dan', ...drawn },
    },
  ];
}

/** What they give up: one unit at most, which is all there is where there is one. */
export function losesTheMarginalTrade(because: string): readonly UnitClaim[] {
  const witness = { reports: onePair };
  return [
    { law: 'efficient', holds: false, because, witness },
    { law: 'pareto-efficient', holds: false, because, witness },
  ];
}

/** Two names that bid more than one: they become the marginal pair that sets the price and goes without. */
export const aliasAtTheMargin: UnitClaim = {
  law: 'false-name-proof',
  holds: false,
  because:
    'Yokoo, Sakurai and Matsubara 2005: a second name that takes the place at the margin saves the trade of the first',
  witness: {
    reports: { bob: buying(9), sue: selling(3), sam: selling(4) },
    deviation: { bob: buying(9), 'bob-alias': buying(8) },
    agent: 'bob',
  },
};

/** What a market maker who keeps the difference of two prices may say, and what may hurt it. */
export function keepsTheDifference(because: string): readonly UnitClaim[] {
  return [
    { law: 'budget-balanced', holds: false, because, witness: { reports: twoPairs } },
    {
      law: 'revenue-monotone',
      holds: false,
      because: 'By definition: a further bid may bring a dearer pair to the margin, and the two prices together',
      witness: {
        reports: {
          ann: buying(20),
          bob: buying(20),
          dan: buying(19),
          sue: selling(0),
          sam: selling(0),
          tom: selling(18),
        },
        deviation: { dan: null },
      },
    },
    {
      law: 'envy-free',
      holds: true,
      because: 'By definition: who goes without would not gain at the prices of the others',
    },
    { law: 'anonymous', holds: true, because: 'By definition: names matter to ties only' },
  ];
}
