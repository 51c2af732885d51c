/*
 * The random sampling optimal price auction (RSOP) for goods in unlimited supply: bidders fall into two halves at random, and
 * each half is offered the price that would have earned most from the other.
 *
 * Goldberg, Hartline and Wright, "Competitive auctions and digital goods", SODA 2001; Goldberg, Hartline, Karlin, Saks and
 * Wright, "Competitive auctions", Games and Economic Behavior 55 (2006). It promises that bidding one's value is optimal
 * whatever the others bid and however the halves fall, and revenue within a constant factor of the best single price that
 * sells to two or more.
 */
import {
  type AgentId,
  amount,
  byCodeUnit,
  type Claim,
  directMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
  quantity,
  type ReportRequest,
  truthful,
} from '@mechane/core';
import * as z from 'zod';
import { pricedByRivals } from './rival-prices.ts';

/**
 * A bid for a copy.
 *
 * @category Types of mechanisms
 */
export interface CopyBid {
  bid: number;
}

const copyBid = z.strictObject({ bid: amount.describe('What the agent offers for a copy') });

/**
 * Half of the bidders, and the price they were offered.
 *
 * @category Types of mechanisms
 */
export interface SampledHalf {
  readonly agents: readonly AgentId[];
  /** The best single price for the other half. */
  readonly price: number;
}

/** @category Types of mechanisms */
export interface RandomSamplingOutcome {
  /** 1 for everybody who gets a copy. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
  readonly halves: readonly [SampledHalf, SampledHalf];
}

const half = z.strictObject({ agents: z.array(z.string()), price: amount });

/** @category Types of mechanisms */
export type RandomSamplingAuction = Mechanism<{
  id: 'auction-sealed/random-sampling';
  settings: Record<string, never>;
  report: CopyBid;
  outcome: RandomSamplingOutcome;
  message: CopyBid;
  ask: ReportRequest;
}>;

/** A seed that puts the first and the third agent into one half and the second into the other. */
const apart = 5;
/** A seed that puts the first agent into one half and the next two into the other. */
const alone = 4;

function wasteful(law: 'efficient' | 'pareto-efficient'): Claim<Record<string, never>, CopyBid> {
  return {
    law,
    holds: false,
    because: 'By definition: copies cost nothing, and not everybody who values one gets it',
    witness: { seed: apart, reports: { ann: { bid: 10 }, bob: { bid: 8 } }, agent: 'bob' },
  };
}

/**
 * Each random half of the bidders is offered the single price that would have earned most from the other half.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const reports = { ann: { bid: 10 }, bob: { bid: 8 } };
 * mechane.run('auction-sealed/random-sampling', { reports, seed: 5 }).outcome.payments; // => { ann: 8, bob: 0 }
 * ```
 */
export const randomSampling: RandomSamplingAuction = directMechanism({
  id: 'auction-sealed/random-sampling',
  summary:
    'Each random half of the bidders is offered the best price for the other (Goldberg, Hartline and Wright 2001)',
  settings: z.strictObject({}),
  report: copyBid,
  revisable: true,
  openEntry: true,
  outcome: z.strictObject({
    allocation: z.record(z.string(), quantity),
    payments: paymentsByAgent,
    halves: z.tuple([half, half]),
  }),

  decide(bids, { participants, random }): RandomSamplingOutcome {
    // Everybody draws, in the order of ids: no report and no order of arrival moves anyone to the other half.
    const halves: [AgentId[], AgentId[]] = [[], []];
    for (const agent of [...participants].sort(byCodeUnit)) halves[random.below(2) === 0 ? 0 : 1].push(agent);
    const bidsOf = (agents: readonly AgentId[]): number[] => agents.flatMap((agent) => bids.get(agent)?.bid ?? []);
    const [first, second] = halves;
    const firstOffer = { agents: first, price: bestSinglePrice(bidsOf(second)) };
    const secondOffer = { agents: second, price: bestSinglePrice(bidsOf(first)) };
    const sold = new Map<AgentId, number>();
    for (const { agents, price } of [firstOffer, secondOffer]) {
      for (const agent of agents) {
        const bid = bids.get(agent)?.bid;
        if (bid !== undefined && bid >= price) sold.set(agent, price);
      }
    }
    return {
      allocation: perAgent(sold.keys(), () => 1),
      payments: perAgent(participants, (agent) => sold.get(agent) ?? 0),
      halves: [firstOffer, secondOffer],
    };
  },

  // A second copy would be worth nothing.
  mostPaid: ({ bid }) => bid,
  value: (agent, type, { allocation }) => ((allocation[agent] ?? 0) > 0 ? type.bid : 0),
  bestWelfare: (types) => [...types.values()].reduce((best, { bid }) => best + bid, 0),

  claims: [
    ...truthful('Goldberg, Hartline and Wright 2001: the price an agent is offered does not depend on its bid'),
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because: 'Li 2017: truth may win nothing, which is less than what a lower bid may win, against other rivals',
      witness: {
        seed: apart,
        reports: { ann: { bid: 10 }, bob: { bid: 12 } },
        deviation: { ann: { bid: 9 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'group-strategy-proof',
      holds: false,
      because: 'Goldberg and Hartline 2005: who bids less lowers what the other half pays',
      witness: {
        seed: apart,
        reports: { ann: { bid: 10 }, bob: { bid: 8 } },
        deviation: { ann: { bid: 10 }, bob: { bid: 0 } },
        agent: 'ann',
      },
    },
    {
      law: 'false-name-proof',
      holds: false,
      because: 'By definition: a second name in the other half lowers the price of one’s own',
      witness: {
        seed: alone,
        reports: { ann: { bid: 10 }, bob: { bid: 12 } },
        deviation: { ann: { bid: 10 }, 'ann-alias': { bid: 6 } },
        agent: 'ann',
      },
    },
    ...pricedByRivals({}, (bid) => ({ bid }), apart),
    {
      law: 'non-bossy-in-allocation',
      holds: false,
      because: 'By definition: a bid may set a price at which somebody of the other half goes without',
      witness: {
        seed: apart,
        reports: { ann: { bid: 3 }, bob: { bid: 3 } },
        deviation: { ann: { bid: 5 } },
        agent: 'ann',
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'Goldberg, Hartline and Wright 2001: nobody pays above its bid',
    },
    { law: 'no-deficit', holds: true, because: 'By definition: prices are bids, which are never negative' },
    wasteful('efficient'),
    wasteful('pareto-efficient'),
    {
      law: 'envy-free',
      holds: false,
      because: 'Goldberg and Hartline 2003: a truthful auction that competes with a single price has several',
      witness: {
        seed: apart,
        reports: { ann: { bid: 7 }, bob: { bid: 10 }, cat: { bid: 4 } },
        agent: 'ann',
      },
    },
    { law: 'allocation-monotone', holds: true, because: 'By definition: a higher bid still takes the same offer' },
    {
      law: 'revenue-monotone',
      holds: false,
      because: 'By definition: a low bid may make a low price the best one for its half',
      witness: {
        seed: apart,
        reports: { ann: { bid: 10 }, bob: { bid: 10 }, cat: { bid: 6 } },
        deviation: { cat: null },
      },
    },
  ],
});

/** The lowest of the prices that earn most from these bids; 0 where there are none. */
export function bestSinglePrice(bids: readonly number[]): number {
  const descending = Float64Array.from(bids).sort().reverse();
  let best = 0;
  let revenue = 0;
  descending.forEach((price, index) => {
    if (price * (index + 1) < revenue) return;
    best = price;
    revenue = price * (index + 1);
  });
  return best;
}
