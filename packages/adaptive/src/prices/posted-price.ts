/*
 * Posted prices that are learnt from play: copies are sold round after round, at the price that would have earned most from the bids so far.
 *
 * Learning the best price of a population: Kleinberg and Leighton, "The value of knowing a demand curve", FOCS 2003; from samples: Cole and
 * Roughgarden, "The sample complexity of revenue maximization", STOC 2014. That a buyer who comes back should hide its value from a seller
 * who learns is the ratchet effect: Amin, Rostamizadeh and Syed, "Learning prices for repeated auctions with strategic buyers", NIPS 2013.
 * Learning each buyer's price from the others only is the sample splitting of Goldberg, Hartline and Wright, "Competitive auctions and digital
 * goods", SODA 2001; it promises that a truthful bid is optimal in every round.
 */
import {
  type AgentId,
  amount,
  type Claim,
  count,
  defineMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  perAgent,
} from '@mechane/core';
import * as z from 'zod';
import { bestSinglePrice } from './best-single-price.ts';

export interface PostedPriceSettings {
  /** How many rounds there are, with a copy for everybody in each. */
  rounds?: number | undefined;
  /** The price while nothing has been learnt. */
  initialPrice?: number | undefined;
  /** Whether an agent's price is learnt from all bids, its own included, or from those of the others only. */
  learnFrom?: 'all' | 'others' | undefined;
}

interface FullPostedPriceSettings {
  rounds: number;
  initialPrice: number;
  learnFrom: 'all' | 'others';
}

/** What a copy is worth to an agent, in each round. */
export interface CopyValue {
  value: number;
}

/** The price at which an agent is offered a copy. */
export interface Offer {
  readonly round: number;
  readonly price: number;
}

/** The most an agent pays for a copy. */
export interface CopyBid {
  bid: number;
}

export interface PostedPriceOutcome {
  /** How many copies everybody has bought who bought any. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
  /** What a copy cost each agent, round by round. */
  readonly offers: Readonly<Record<AgentId, readonly number[]>>;
  /** The price learnt: the best one for all bids there were. */
  readonly price: number;
}

export type PostedPrice = Mechanism<{
  id: 'adaptive/posted-price';
  settings: PostedPriceSettings;
  report: CopyValue;
  outcome: PostedPriceOutcome;
  message: CopyBid;
  ask: Offer;
}>;

const settings: z.ZodType<FullPostedPriceSettings, PostedPriceSettings> = z.strictObject({
  rounds: z
    .int()
    .positive()
    .max(1_000_000)
    .default(2)
    .describe('How many rounds there are, with a copy for everybody in each'),
  initialPrice: amount.default(0).describe('The price while nothing has been learnt'),
  learnFrom: z
    .enum(['all', 'others'])
    .default('all')
    .describe('Whether an agent’s price is learnt from all bids, or from those of the others only'),
});

/**
 * Sells copies in rounds, each at the price that would have earned most from the bids so far. With `learnFrom: 'all'`, whoever bids high pays for it
 * later; with `'others'`, nobody's own bids move its price.
 *
 * Silence means buying nothing, and teaches nothing.
 *
 * @example
 * ```ts
 * import { adaptive } from '@mechane/adaptive';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(adaptive);
 * const reports = { ann: { value: 10 }, bob: { value: 8 } };
 * const settings = { rounds: 2, initialPrice: 1 };
 * mechane.run('adaptive/posted-price', { settings, reports }).outcome.payments; // => { ann: 9, bob: 9 }
 * const split = { ...settings, learnFrom: 'others' as const };
 * mechane.run('adaptive/posted-price', { settings: split, reports }).outcome.payments; // => { ann: 9, bob: 1 }
 * ```
 */
export const postedPrice: PostedPrice = defineMechanism({
  id: 'adaptive/posted-price',
  summary: 'Copies sold in rounds at the best price for the bids so far (Kleinberg and Leighton 2003)',
  settings,
  report: z.strictObject({ value: amount.describe('What a copy is worth to the agent, in each round') }),
  message: z.strictObject({ bid: amount.describe('The most the agent pays for a copy') }),
  ask: z.strictObject({ round: z.int().positive(), price: amount }),
  outcome: z.strictObject({
    allocation: z.record(z.string(), count),
    payments: paymentsByAgent,
    offers: z.record(z.string(), z.array(amount)),
    price: amount,
  }),

  *conduct({ settings: { rounds, initialPrice, learnFrom }, participants, askEach }) {
    // What each agent has bid so far, bought, paid and been offered, in the order of participants.
    const ledgers = participants.map((agent) => ({
      agent,
      bids: [] as number[],
      bought: 0,
      paid: 0,
      offers: [] as number[],
    }));
    const ledgerOf = new Map(ledgers.map((ledger) => [ledger.agent, ledger] as const));
    type Ledger = (typeof ledgers)[number];
    const own = (agent: AgentId): Ledger => ledgerOf.get(agent) as Ledger;
    const best = (of: readonly Ledger[]): number =>
      bestSinglePrice(
        of.flatMap(({ bids }) => bids),
        initialPrice,
      );
    for (let round = 1; round <= rounds && participants.length > 0; round++) {
      const common = best(ledgers);
      const prices = ledgers.map((ledger) =>
        learnFrom === 'all' ? common : best(ledgers.filter((other) => other !== ledger)),
      );
      ledgers.forEach(({ offers }, index) => {
        offers.push(prices[index] as number);
      });
      const replies = yield* askEach(
        participants,
        (agent): Offer => ({ round, price: own(agent).offers.at(-1) as number }),
      );
      for (const [agent, { bid }] of replies) {
        const ledger = own(agent);
        const price = ledger.offers.at(-1) as number;
        ledger.bids.push(bid);
        if (bid < price) continue;
        ledger.bought += 1;
        ledger.paid += price;
      }
    }
    const buyers = ledgers.filter(({ bought }) => bought > 0).map(({ agent }) => agent);
    return {
      allocation: perAgent(buyers, (agent) => own(agent).bought),
      payments: perAgent(participants, (agent) => own(agent).paid),
      offers: perAgent(participants, (agent): readonly number[] => own(agent).offers),
      price: best(ledgers),
    };
  },

  proxy:
    ({ value }) =>
    () => ({ bid: value }),

  value: (agent, { value }, { allocation }) => value * (allocation[agent] ?? 0),
  bestWelfare(types, { rounds }) {
    let sum = 0;
    for (const { value } of types.values()) sum += value * rounds;
    return sum;
  },

  claims: ({ rounds, learnFrom }) => [
    ...(learnFrom === 'all' && rounds > 1 ? ratchet : truthful),
    {
      law: 'individually-rational',
      holds: true,
      because: 'By definition: nobody buys at a price above its bid',
    },
    { law: 'no-deficit', holds: true, because: 'By definition: prices are bids or the first price, never negative' },
    { law: 'anonymous', holds: true, because: 'By definition: prices come from bids, not from names' },
  ],
});

type PostedPriceClaim = Claim<PostedPriceSettings, CopyValue>;

/** Learning from somebody's own past bids makes it hide its value: in the first of two rounds a bid of the price is enough. */
const ratchet: readonly PostedPriceClaim[] = [
  {
    law: 'strategy-proof',
    holds: false,
    because:
      'Amin, Rostamizadeh and Syed 2013: a truthful bid in the first round raises the price of the second for whoever made it',
    witness: {
      settings: { rounds: 2, initialPrice: 1, learnFrom: 'all' },
      reports: { ann: { value: 10 } },
      deviation: { ann: { value: 1 } },
    },
  },
];

const truthful: readonly PostedPriceClaim[] = [
  {
    law: 'strategy-proof',
    holds: true,
    because:
      'Goldberg, Hartline and Wright 2001: the price an agent is offered does not depend on its own bids, in any round',
  },
  {
    law: 'group-strategy-proof',
    holds: false,
    because: 'Goldberg and Hartline 2005: who bids less lowers what the others pay in the rounds after',
    witness: {
      settings: { rounds: 2, learnFrom: 'others' },
      reports: { ann: { value: 10 }, bob: { value: 8 } },
      deviation: { ann: { value: 10 }, bob: { value: 0 } },
      agent: 'ann',
    },
  },
];
