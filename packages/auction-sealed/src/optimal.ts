/*
 * The optimal auction: of all auctions of one item, the one with the highest expected revenue when the seller knows how
 * likely each value is. The item goes to the highest ironed virtual value, if that is 0 or more, for the smallest bid that
 * would still have won.
 *
 * Myerson, "Optimal auction design", Mathematics of Operations Research 6 (1981). It promises that bidding one's value is
 * optimal whatever the others bid; it is not efficient, for it keeps the item from bidders below their monopoly price.
 */
import {
  type AgentId,
  amount,
  type Certificate,
  type Certified,
  type Claim,
  certified,
  directMechanism,
  type Mechanism,
  perAgent,
  type ReportRequest,
  signedAmount,
  type TieOrder,
  truthful,
  unsold,
} from '@mechane/core';
import * as z from 'zod';
import { type Distribution, type DistributionByAgent, distribution, distributionByAgent } from './distribution.ts';
import { missingDistribution } from './errors.ts';
import { notCredible, pricedByRivals, restToTheHighest, strategyProofSoNotObviously } from './rival-prices.ts';
import {
  bestItemWelfare,
  type ItemBids,
  itemBid,
  type SealedBidOutcome,
  sealedBidOutcome,
  soldSealed,
  valueOfItem,
} from './single-item-bids.ts';
import { beats, type Contender, thresholdPayment } from './threshold-payment.ts';
import { type VirtualValue, virtualValueOf } from './virtual-value.ts';

/**
 * What the seller believes: one `distribution` for all, `distributions` by agent, or both, the former for whom the latter leave out.
 *
 * @category Types of mechanisms
 */
export interface OptimalSettings {
  reserve?: number | undefined;
  distribution?: Distribution | undefined;
  distributions?: DistributionByAgent | undefined;
}

const settings = z
  .strictObject({
    reserve: amount.default(0).describe('A floor under the price, besides what the distributions imply'),
    distribution: distribution.optional().describe('How likely each value is, for every bidder'),
    distributions: distributionByAgent.optional().describe('The same by agent, where bidders differ'),
  })
  .refine((given) => given.distribution !== undefined || given.distributions !== undefined, {
    path: ['distribution'],
    message: 'expected "distribution", or "distributions" by agent',
  });

type Beliefs = z.output<typeof settings>;

/** @category Types of mechanisms */
export type OptimalAuction = Mechanism<{
  id: 'auction-sealed/optimal';
  settings: OptimalSettings;
  report: z.input<typeof itemBid>;
  outcome: SealedBidOutcome;
  message: z.input<typeof itemBid>;
  ask: ReportRequest;
  certificate: VirtualValues;
}>;

/**
 * That the winner has the highest virtual value, and everybody's.
 *
 * @category Types of mechanisms
 */
export interface VirtualValues extends Certificate {
  readonly status: 'optimal';
  readonly virtualValues: Readonly<Record<AgentId, number | null>>;
}

/**
 * The highest ironed virtual value wins, if it is 0 or more, and pays the smallest bid that would still have won.
 * The certificate gives everybody's virtual value.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const settings = { distribution: { kind: 'uniform', low: 0, high: 100 } } as const;
 * const reports = { ann: { bid: 80 }, bob: { bid: 30 } };
 * mechane.run('auction-sealed/optimal', { settings, reports }).outcome.payment; // => 50
 * ```
 */
export const optimal: OptimalAuction = directMechanism({
  id: 'auction-sealed/optimal',
  summary: 'The highest virtual value wins and pays the smallest bid that still wins (Myerson 1981)',
  settings,
  report: itemBid,
  revisable: true,
  certificate: z.looseObject({ virtualValues: z.record(z.string(), signedAmount.nullable()) }),
  outcome: sealedBidOutcome,

  decide(bids, { settings: beliefs, participants, tieOrder }): Certified<SealedBidOutcome, VirtualValues> {
    const contenders = contendersAmong(bids, beliefs);
    const standing = contenders.filter(({ bid, level }) => bid >= beliefs.reserve && level >= 0);
    const winner = best(standing, tieOrder);
    // The proof of optimality: nobody who may win has a higher virtual value than the winner.
    const virtualValues = virtualValuesOf(contenders);
    if (winner === undefined) return certified(unsold(participants), { status: 'optimal', virtualValues });
    const rivals = standing.filter((contender) => contender !== winner);
    const payment = thresholdPayment(winner, best(rivals, tieOrder), beliefs.reserve, tieOrder);
    return certified(soldSealed(participants, bids, winner.agent, payment), { status: 'optimal', virtualValues });
  },

  mostPaid: ({ bid }) => bid,
  value: valueOfItem,
  bestWelfare: bestItemWelfare,

  claims: (beliefs) => [
    ...truthful('Myerson 1981, lemmas 2 and 3: allocation never falls in one’s bid, and the winner pays its threshold'),
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'Li 2017: truth may win nothing, which is less than what a lower bid may win, against other rivals',
      witness: {
        settings: uniformExample,
        reports: { ann: { bid: 8 }, bob: { bid: 9 } },
        deviation: { ann: { bid: 7 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Graham and Marshall 1987: bidders who pool withhold all but one serious bid, and pay less',
      witness: {
        settings: uniformExample,
        reports: { ann: { bid: 10 }, bob: { bid: 8 } },
        deviation: { ann: { bid: 10 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'Myerson 1981: the winner’s threshold is no more than its bid',
    },
    { law: 'no-deficit', holds: true, because: 'Myerson 1981: thresholds are values that bidders may have' },
    ...withheld,
    strategyProofSoNotObviously,
    ...pricedByRivals(uniformExample, (bid) => ({ bid })),
    notCredible(uniformExample, (bid) => ({ bid })),
    restToTheHighest,
    {
      law: 'allocation-monotone',
      holds: true,
      because: 'Myerson 1981, section 6: ironed virtual values never fall in the bid',
    },
    ...(beliefs.distributions === undefined ? equalBidders(beliefs) : differentBidders),
  ],
});

type OptimalClaim = Claim<OptimalSettings, z.input<typeof itemBid>>;

const uniformExample: OptimalSettings = { distribution: { kind: 'uniform', low: 0, high: 10 } };
const differentExample: OptimalSettings = {
  distributions: { ann: { kind: 'uniform', low: 0, high: 100 }, bob: { kind: 'uniform', low: 0, high: 200 } },
};

/** With one distribution for all it is a second-price auction of virtual values, and, where these rise throughout, of bids. */
function equalBidders({ distribution: common }: Beliefs): readonly OptimalClaim[] {
  return [
    { law: 'anonymous', holds: true, because: 'By definition: all bids are looked at alike, and ids only break ties' },
    {
      law: 'revenue-monotone',
      holds: true,
      because:
        'By definition: revenue is the threshold against the second highest virtual value, which no bidder lowers',
    },
    ...(common?.kind === 'empirical' ? atomicValues : continuousValues),
  ];
}

/** The item stays unsold although somebody values it. */
const withheld: readonly OptimalClaim[] = (['efficient', 'pareto-efficient', 'core'] as const).map((law) => ({
  law,
  holds: false,
  because: 'Myerson 1981, section 5: the item stays unsold where no virtual value reaches 0',
  witness: { settings: uniformExample, reports: { ann: { bid: 3 } }, agent: 'ann' },
}));

const continuousValues: readonly OptimalClaim[] = [
  {
    law: 'envy-free',
    holds: true,
    because: 'Myerson 1981, section 5: it is a second-price auction with a reserve',
  },
  {
    law: 'false-name-proof',
    holds: true,
    because: 'Yokoo, Sakurai and Matsubara 2004: who wants one item only gains a rival by a second name',
  },
];

/** Ironed virtual values are equal over whole ranges of bids, where ids decide. */
const lumpy: OptimalSettings = { distribution: { kind: 'empirical', samples: [5] } };
const atomicValues: readonly OptimalClaim[] = [
  {
    law: 'envy-free',
    holds: false,
    because: 'Myerson 1981, section 6: among equal ironed virtual values the highest bid need not win',
    witness: { settings: lumpy, reports: { ann: { bid: 6 }, bob: { bid: 9 } }, agent: 'bob' },
  },
  {
    law: 'false-name-proof',
    holds: false,
    because: 'By definition: among equal ironed virtual values ids decide, and a new name may come first',
    witness: {
      settings: lumpy,
      reports: { ann: { bid: 6 }, bob: { bid: 9 } },
      deviation: { bob: null, 'a second name of bob': { bid: 9 } },
      agent: 'bob',
    },
  },
];

const differentBidders: readonly OptimalClaim[] = [
  {
    law: 'envy-free',
    holds: false,
    because: 'Myerson 1981, section 5: the highest bid need not win where bidders differ',
    witness: { settings: differentExample, reports: { ann: { bid: 90 }, bob: { bid: 130 } }, agent: 'bob' },
  },
  {
    law: 'revenue-monotone',
    holds: false,
    because: 'Myerson 1981, section 5: a weaker bidder may win, and pay less than the stronger one would have',
    witness: {
      settings: differentExample,
      reports: { ann: { bid: 100 }, bob: { bid: 140 } },
      deviation: { ann: null },
    },
  },
];

/** Every bidder with its virtual value, worked out once for each distribution. */
function contendersAmong(bids: ItemBids, { distribution: common, distributions }: Beliefs): readonly Contender[] {
  const known = new Map<Distribution, VirtualValue>();
  const virtualOf = (agent: AgentId): VirtualValue => {
    const believed = distributions?.get(agent) ?? common;
    if (believed === undefined) throw missingDistribution(agent);
    const virtual = known.get(believed) ?? virtualValueOf(believed);
    known.set(believed, virtual);
    return virtual;
  };
  return [...bids].map(([agent, { bid }]) => {
    const virtual = virtualOf(agent);
    return { agent, bid, virtual, level: virtual.at(bid) };
  });
}

function best(contenders: readonly Contender[], tieOrder: TieOrder): Contender | undefined {
  return contenders.reduce<Contender | undefined>(
    (leader, contender) => (leader === undefined || beats(contender, leader, tieOrder) ? contender : leader),
    undefined,
  );
}

/** Every bidder's ironed virtual value; `null` for a bid below all that the seller deems possible. */
function virtualValuesOf(contenders: readonly Contender[]): Record<AgentId, number | null> {
  const levels = new Map(contenders.map(({ agent, level }) => [agent, Number.isFinite(level) ? level : null]));
  return perAgent(levels.keys(), (agent) => levels.get(agent) ?? null);
}
