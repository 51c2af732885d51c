import { type AgentId, amount, directMechanism, type Mechanism, perAgent, type Setup } from '@mechane/core';
import * as z from 'zod';

/** A bidder whose bid is at least the reserve. */
export interface Bidder {
  readonly agent: AgentId;
  readonly bid: number;
}

export interface Item {
  readonly winner: AgentId | null;
  readonly payments: Readonly<Record<AgentId, number>>;
}

interface Rules {
  /** What the winner pays, given the bidders from the highest to the lowest. */
  readonly price?: (bidders: readonly Bidder[], reserve: number) => number;
  /** Who wins. */
  readonly winner?: (bidders: readonly Bidder[], setup: Setup) => AgentId | undefined;
  /** What a participant that does not win pays. */
  readonly losersPay?: (bid: number, others: number) => number;
}

const settings = z.strictObject({ reserve: amount.default(0) });
const report = z.strictObject({ bid: amount });
type Settings = z.output<typeof settings>;

/** A sealed auction of one item by these rules: a second-price auction where they say nothing. */
export function auction(
  name: string,
  { price = secondHighest, winner = highest, losersPay = () => 0 }: Rules,
  schema: z.ZodType<Settings> = settings,
): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: schema,
    report,
    decide(reports, setup: Setup<Settings, unknown>): Item {
      const { participants, settings } = setup;
      const bidders = [...reports]
        .map(([agent, { bid }]) => ({ agent, bid }))
        .filter(({ bid }) => bid >= settings.reserve)
        .sort((a, b) => b.bid - a.bid || setup.tieOrder(a.agent, b.agent));
      const won = winner(bidders, setup) ?? null;
      const paid = won === null ? 0 : price(bidders, settings.reserve);
      const bidOf = (agent: AgentId): number => reports.get(agent)?.bid ?? 0;
      return {
        winner: won,
        payments: perAgent(participants, (agent) =>
          agent === won ? paid : losersPay(bidOf(agent), participants.length - 1),
        ),
      };
    },
    value: (agent, type, outcome) => (outcome.winner === agent ? type.bid : 0),
    bestWelfare: (types) => Math.max(0, ...[...types.values()].map(({ bid }) => bid)),
  }) as object as Mechanism;
}

export function highest(bidders: readonly Bidder[]): AgentId | undefined {
  return bidders[0]?.agent;
}

export function secondHighest(bidders: readonly Bidder[], reserve: number): number {
  return Math.max(reserve, bidders[1]?.bid ?? 0);
}

export const secondPrice: Mechanism = auction('second-price', {});
/** Second price, and no reserve to be set. */
export const vickrey: Mechanism = auction('vickrey', {}, z.strictObject({ reserve: z.literal(0).default(0) }));
/** First price, and no reserve to be set. */
export const payYourBid: Mechanism = auction(
  'first-price-without-reserve',
  { price: ([first]) => first?.bid ?? 0 },
  z.strictObject({ reserve: z.literal(0).default(0) }),
);
export const firstPrice: Mechanism = auction('first-price', { price: ([first]) => first?.bid ?? 0 });
export const thirdPrice: Mechanism = auction('third-price', {
  price: (bidders, reserve) => Math.max(reserve, bidders[2]?.bid ?? 0),
});
export const allPay: Mechanism = auction('all-pay', { price: ([first]) => first?.bid ?? 0, losersPay: (bid) => bid });
/** Second price, but the reserve only decides who may win. */
export const reserveIgnoredInPayment: Mechanism = auction('reserve-ignored', {
  price: (bidders) => bidders[1]?.bid ?? 0,
});
/** Second price among two, first price among more. */
export const crowdedFirstPrice: Mechanism = auction('crowded', {
  price: (bidders, reserve) => (bidders.length > 2 ? (bidders[0]?.bid ?? 0) : secondHighest(bidders, reserve)),
});
/** Second price, but who bids 137, 1137, 2137 ... pays nothing. */
export const oneInAThousand: Mechanism = auction('one-in-a-thousand', {
  price: (bidders, reserve) => ((bidders[0]?.bid ?? 0) % 1000 === 137 ? 0 : secondHighest(bidders, reserve)),
});
/** Second price, but whoever beats a bid of 613 pays nothing. */
export const unluckyNumber: Mechanism = auction('unlucky-number', {
  price: (bidders, reserve) => (bidders[1]?.bid === 613 ? 0 : secondHighest(bidders, reserve)),
});
/** Where the third bid is above 1, the second wins. */
export const kingmaker: Mechanism = auction('kingmaker', {
  winner: (bidders) => bidders[(bidders[2]?.bid ?? 0) > 1 ? 1 : 0]?.agent,
  price: () => 0,
});
/** The lowest bidder wins. */
export const lowestWins: Mechanism = auction('lowest-wins', {
  winner: (bidders) => bidders.at(-1)?.agent,
  price: () => 0,
});
/** Second price among those who bid less than 5; whoever bids more is thought to be joking. */
export const highBidsIgnored: Mechanism = auction('high-bids-ignored', {
  winner: (bidders) => bidders.find(({ bid }) => bid < 5)?.agent,
  price: () => 0,
});
/** Whoever asked for it gets it, free, if it has the smallest name. */
export const favourite: Mechanism = auction('favourite', {
  winner: (bidders) => bidders.map(({ agent }) => agent).sort()[0],
  price: () => 0,
});
/** Second price in which ann's bids count double. */
export const annCountsDouble: Mechanism = auction('ann-counts-double', {
  winner: (bidders, { tieOrder }) => {
    const weight = ({ agent, bid }: Bidder): number => (agent === 'ann' ? 2 * bid : bid);
    return [...bidders].sort((a, b) => weight(b) - weight(a) || tieOrder(a.agent, b.agent))[0]?.agent;
  },
});
/** Everybody pays a fee of 1 to take part. */
export const entryFee: Mechanism = auction('entry-fee', {
  price: (b, reserve) => 1 + secondHighest(b, reserve),
  losersPay: () => 1,
});
/** Losers are consoled. */
export const consolation: Mechanism = auction('consolation', { losersPay: () => -1 });
/** What the winner pays is shared by the losers, rounded up. */
export const roundedSharing: Mechanism = directMechanism({
  id: 'test/rounded-sharing',
  settings: z.strictObject({}),
  report,
  decide(reports, { participants, tieOrder }): Item {
    const [first, second] = [...reports].sort(([a, x], [b, y]) => y.bid - x.bid || tieOrder(a, b));
    const price = second?.[1].bid ?? 0;
    const share = Math.round(price / Math.max(1, participants.length - 1));
    const winner = first?.[0] ?? null;
    return {
      winner,
      payments: perAgent(participants, (agent) => (agent === winner ? price : participants.length > 1 ? -share : 0)),
    };
  },
  value: (agent, type, outcome) => (outcome.winner === agent ? type.bid : 0),
}) as object as Mechanism;
/** Half the item is worth nothing: it goes to whoever is worth at least half of the best, and is not too rich. */
export const secondBest: Mechanism = auction(
  'second-best',
  {
    winner: (bidders) =>
      bidders.find(({ bid }) => 2 * bid >= (bidders[0]?.bid ?? 0) && bid <= 3)?.agent ?? bidders[0]?.agent,
  },
  z.strictObject({ reserve: z.literal(0).default(0) }),
);
/** Sells to nobody. */
export const neverSells: Mechanism = auction('never-sells', { winner: () => undefined });
/** Sells at 3 to the first in the tie order who wants to pay that much. */
export const postedPrice: Mechanism = auction('posted-price', {
  winner: (bidders, { tieOrder }) =>
    bidders.filter(({ bid }) => bid >= 3).sort((a, b) => tieOrder(a.agent, b.agent))[0]?.agent,
  price: () => 3,
});
/** Revenue falls when a third bidder comes. */
export const threeIsACrowd: Mechanism = auction('three-is-a-crowd', {
  price: (bidders, reserve) => (bidders.length > 2 ? reserve : secondHighest(bidders, reserve)),
});
/** The winner pays its bid less what it would shade by against one other, as if values were equally likely up to anything. */
export const shadedFirstPrice: Mechanism = auction('shaded-first-price', {
  price: (bidders) => ((bidders[0]?.bid ?? 0) * (bidders.length - 1)) / Math.max(1, bidders.length),
});
