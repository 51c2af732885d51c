import { type AgentId, amount, directMechanism, type Mechanism, perAgent } from '@mechane/core';
import * as z from 'zod';

const report = z.strictObject({ side: z.enum(['buy', 'sell']), price: amount });

interface Book {
  readonly buyers: readonly (readonly [AgentId, number])[];
  readonly sellers: readonly (readonly [AgentId, number])[];
  /** How many trades are worth making. */
  readonly worthwhile: number;
}

/** How many trade, and what a buyer pays and a seller gets. */
type Clearing = (book: Book) => { trades: number; buyersPay: number; sellersGet: number };

function market(name: string, clear: Clearing): Mechanism {
  return directMechanism({
    id: `test/${name}`,
    settings: z.strictObject({}),
    report,
    decide(reports, { participants, tieOrder }) {
      const on = (side: 'buy' | 'sell', sign: number): Book['buyers'] =>
        [...reports]
          .filter(([, order]) => order.side === side)
          .map(([agent, { price }]) => [agent, price] as const)
          .sort(([a, x], [b, y]) => sign * (x - y) || tieOrder(a, b));
      const [buyers, sellers] = [on('buy', -1), on('sell', 1)];
      const worthwhile = buyers.filter(
        ([, price], rank) => price >= (sellers[rank]?.[1] ?? Number.POSITIVE_INFINITY),
      ).length;
      const { trades, buyersPay, sellersGet } = clear({ buyers, sellers, worthwhile });
      const bought = new Set(buyers.slice(0, trades).map(([agent]) => agent));
      const sold = new Set(sellers.slice(0, trades).map(([agent]) => agent));
      return {
        trades: perAgent(participants, (agent) => (bought.has(agent) ? 1 : sold.has(agent) ? -1 : 0)),
        payments: perAgent(participants, (agent) =>
          bought.has(agent) ? buyersPay : sold.has(agent) ? -sellersGet : 0,
        ),
      };
    },
    value: (agent, { price }, { trades }) => price * (trades[agent] ?? 0),
    bestWelfare: (types) => {
      const prices = (side: 'buy' | 'sell'): number[] =>
        [...types.values()].filter((type) => type.side === side).map(({ price }) => price);
      const [bids, asks] = [prices('buy').sort((a, b) => b - a), prices('sell').sort((a, b) => a - b)];
      return bids.reduce((sum, bid, rank) => sum + Math.max(0, bid - (asks[rank] ?? bid)), 0);
    },
  }) as object as Mechanism;
}

const at = (side: Book['buyers'], rank: number): number | undefined => side[rank]?.[1];

/** One price, half way between the lowest and the highest at which supply meets demand. */
export const halfWay: Mechanism = market('half-way', ({ buyers, sellers, worthwhile }) => {
  const low = Math.max(at(sellers, worthwhile - 1) ?? 0, at(buyers, worthwhile) ?? 0);
  const high = Math.min(at(buyers, worthwhile - 1) ?? 0, at(sellers, worthwhile) ?? Number.POSITIVE_INFINITY);
  const price = (low + high) / 2;
  return { trades: worthwhile, buyersPay: price, sellersGet: price };
});
/** One price, half way between the last pair that trades, whoever is left out. */
export const lastPair: Mechanism = market('last-pair', ({ buyers, sellers, worthwhile }) => {
  const price = ((at(buyers, worthwhile - 1) ?? 0) + (at(sellers, worthwhile - 1) ?? 0)) / 2;
  return { trades: worthwhile, buyersPay: price, sellersGet: price };
});
/** The same in whole coins: buyers' price rounded down, sellers' up. */
export const wholeCoins: Mechanism = market('whole-coins', ({ buyers, sellers, worthwhile }) => {
  const price = ((at(buyers, worthwhile - 1) ?? 0) + (at(sellers, worthwhile - 1) ?? 0)) / 2;
  return { trades: worthwhile, buyersPay: Math.floor(price), sellersGet: Math.ceil(price) };
});
/** The last pair that would trade does not, and sets the prices (McAfee 1992, without the median price). */
export const tradeReduction: Mechanism = market('trade-reduction', ({ buyers, sellers, worthwhile }) => ({
  trades: Math.max(0, worthwhile - 1),
  buyersPay: at(buyers, worthwhile - 1) ?? 0,
  sellersGet: at(sellers, worthwhile - 1) ?? 0,
}));
/** Vickrey payments on both sides. */
export const marketVcg: Mechanism = market('market-vcg', ({ buyers, sellers, worthwhile }) => ({
  trades: worthwhile,
  buyersPay: Math.max(at(buyers, worthwhile) ?? 0, at(sellers, worthwhile - 1) ?? 0),
  sellersGet: Math.min(
    at(sellers, worthwhile) ?? Number.POSITIVE_INFINITY,
    at(buyers, worthwhile - 1) ?? Number.POSITIVE_INFINITY,
  ),
}));
/** Nobody trades. */
export const closed: Mechanism = market('closed', () => ({ trades: 0, buyersPay: 0, sellersGet: 0 }));
/** Buyers pay what sellers get and a fee of 1. */
export const brokered: Mechanism = market('brokered', ({ sellers, worthwhile }) => {
  const price = at(sellers, worthwhile - 1) ?? 0;
  return { trades: worthwhile, buyersPay: price + 1, sellersGet: price };
});
