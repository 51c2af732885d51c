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
import { BidTally } from './bid-tally.ts';

/** @category Mechanisms */
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

/**
 * What a copy is worth to an agent, in each round.
 *
 * @category Mechanisms
 */
export interface CopyValue {
  value: number;
}

/**
 * The price at which an agent is offered a copy.
 *
 * @category Mechanisms
 */
export interface Offer {
  readonly round: number;
  readonly price: number;
}

/**
 * The most an agent pays for a copy.
 *
 * @category Mechanisms
 */
export interface CopyBid {
  bid: number;
}

/** @category Mechanisms */
export interface PostedPriceOutcome {
  /** How many copies everybody has bought who bought any. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
  /** What a copy cost each agent, round by round: the first 10,000. */
  readonly offers: Readonly<Record<AgentId, readonly number[]>>;
  /** How many rounds came after those; left out where none did. */
  readonly historyOmitted?: number;
  /** The price learnt: the best one for all bids there were. */
  readonly price: number;
}

/** @category Mechanisms */
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

/** The most offers that are listed. */
const mostOffers = 10_000;

/** What an agent has bid so far, by amount, bought and paid, and what it was offered. */
interface Ledger {
  readonly bids: Map<number, number>;
  readonly offers: number[];
  price: number;
  bought: number;
  paid: number;
}

function openLedger(): Ledger {
  return { bids: new Map(), offers: [], price: 0, bought: 0, paid: 0 };
}

function sameForAll(all: BidTally, initialPrice: number): () => number {
  const price = all.bestPrice(initialPrice);
  return () => price;
}

/** The best price without an agent's own bids; those who have said the same all along, as proxies do, share one pass over all bids. */
function learntFromOthers(all: BidTally, initialPrice: number): (ledger: Ledger) => number {
  const withoutRepeated = all.bestPricesWithoutRepeated(initialPrice);
  return ({ bids }) => {
    if (bids.size > 1) return all.bestPriceWithout(bids, initialPrice);
    const [[amount, times] = [0, 0]] = bids;
    return withoutRepeated(amount, times);
  };
}

/**
 * Sells copies in rounds, each at the price that would have earned most from the bids so far. With `learnFrom: 'all'`, whoever bids high pays for it
 * later; with `'others'`, nobody's own bids move its price.
 *
 * Silence means buying nothing, and teaches nothing.
 *
 * @category Mechanisms
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
    historyOmitted: z.int().exactOptional(),
    price: amount,
  }),

  *conduct({ settings: { rounds, initialPrice, learnFrom }, participants, askEach }) {
    const ledgers = new Map(participants.map((agent) => [agent, openLedger()] as const));
    const ledgerOf = (agent: AgentId): Ledger => ledgers.get(agent) as Ledger;
    const all = new BidTally();
    for (let round = 1; round <= rounds && participants.length > 0; round++) {
      const priceFor = learnFrom === 'all' ? sameForAll(all, initialPrice) : learntFromOthers(all, initialPrice);
      for (const ledger of ledgers.values()) {
        ledger.price = priceFor(ledger);
        if (round <= mostOffers) ledger.offers.push(ledger.price);
      }
      const replies = yield* askEach(participants, (agent): Offer => ({ round, price: ledgerOf(agent).price }));
      for (const [agent, { bid }] of replies) {
        const ledger = ledgerOf(agent);
        all.add(bid);
        ledger.bids.set(bid, (ledger.bids.get(bid) ?? 0) + 1);
        if (bid < ledger.price) continue;
        ledger.bought += 1;
        ledger.paid += ledger.price;
      }
    }
    const buyers = participants.filter((agent) => ledgerOf(agent).bought > 0);
    return {
      allocation: perAgent(buyers, (agent) => ledgerOf(agent).bought),
      payments: perAgent(participants, (agent) => ledgerOf(agent).paid),
      offers: perAgent(participants, (agent): readonly number[] => ledgerOf(agent).offers),
      ...(rounds > mostOffers && participants.length > 0 ? { historyOmitted: rounds - mostOffers } : {}),
      price: all.bestPrice(initialPrice),
    };
  },

  proxy:
    ({ value }) =>
    () => ({ bid: value }),

  mostPaid: ({ bid }, { before }) => before + bid,
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
    rounds === 1
      ? { law: 'credible', holds: true, because: 'Akbarpour and Li 2020: a price that is posted is the same for all' }
      : {
          law: 'credible',
          holds: false,
          because: 'Akbarpour and Li 2020: who is asked a price cannot tell what the others bid in the rounds before',
          witness: {
            settings: { rounds: 2, initialPrice: 1, learnFrom },
            reports: { ann: { value: 0 }, bob: { value: 5 } },
          },
        },
    {
      law: 'non-bossy-in-allocation',
      holds: false,
      because: 'By definition: who buys at any price may set one at which another goes without',
      witness: {
        settings: { rounds: 2, initialPrice: 1, learnFrom },
        reports: { ann: { value: 1 }, bob: { value: 1 } },
        deviation: { ann: { value: 3 } },
        agent: 'ann',
      },
    },
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
  {
    law: 'not-obviously-manipulable',
    holds: false,
    because:
      'Amin, Rostamizadeh and Syed 2013: whoever is alone raises its own price by the truth, and not by a lower bid',
    witness: {
      settings: { rounds: 2, initialPrice: 1, learnFrom: 'all' },
      reports: { ann: { value: 10 } },
      deviation: { ann: { value: 1 } },
      agent: 'ann',
    },
  },
];

const truthful: readonly PostedPriceClaim[] = [
  {
    law: 'not-obviously-manipulable',
    holds: true,
    because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
  },
  {
    law: 'strategy-proof',
    holds: true,
    because:
      'Goldberg, Hartline and Wright 2001: the price an agent is offered does not depend on its own bids, in any round',
  },
  {
    law: 'shill-proof',
    holds: false,
    because: 'By definition: what a shill bids in one round is the price of the others in the next',
    witness: {
      settings: { rounds: 2, initialPrice: 1, learnFrom: 'others' },
      reports: { ann: { value: 2 } },
      deviation: { shill: { value: 2 } },
    },
  },
  {
    law: 'non-bossy',
    holds: false,
    because:
      'By definition: who bids more makes others pay more, or go without, and its own price is none of its doing',
    witness: {
      settings: { rounds: 2, learnFrom: 'others' },
      reports: { ann: { value: 0 }, bob: { value: 0 } },
      deviation: { ann: { value: 1 } },
      agent: 'ann',
    },
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
