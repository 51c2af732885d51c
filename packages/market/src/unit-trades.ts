import { type AgentId, amount } from '@mechane/core';
import * as z from 'zod';
import { type Clearing, clear, fillsOf } from './clearing.ts';
import type { FullOrderReport } from './order.ts';
import { ordersOf } from './order.ts';
import { type OrderFlow, orderFlow, priorityAmong, type TieRule } from './order-flow.ts';
import { type TradeOutcome, tradedAt, tradeShape, tradesBy } from './trade-outcome.ts';

/**
 * An outcome in which all buyers pay one price and all sellers receive one, perhaps a lower.
 *
 * @category Types of mechanisms
 */
export interface TwoPriceOutcome extends TradeOutcome {
  /** What a buyer pays, `null` where nothing trades. */
  readonly buyerPrice: number | null;
  /** What a seller receives. */
  readonly sellerPrice: number | null;
  /** The price at which all trade, where there is one. */
  readonly clearingPrice: number | null;
}

/** The shape of a {@link TwoPriceOutcome}. */
export const twoPriceShape: z.ZodType<TwoPriceOutcome> = z.strictObject({
  ...tradeShape,
  buyerPrice: amount.nullable(),
  sellerPrice: amount.nullable(),
  clearingPrice: amount.nullable(),
});

/** The efficient trades among traders of one unit each, from which truthful double auctions start. */
export interface UnitTrades {
  readonly flow: OrderFlow;
  readonly clearing: Clearing;
  /** Rows that trade, the best price first; at equal prices as the tie order has it. */
  readonly buyers: readonly number[];
  readonly sellers: readonly number[];
}

/** Finds the efficient trades. */
export function efficientUnitTrades(reports: ReadonlyMap<AgentId, FullOrderReport>, ties: TieRule): UnitTrades {
  const flow = orderFlow(reports, ordersOf);
  const clearing = clear(flow);
  const preferred = priorityAmong(flow.owners, ties);
  const fills = fillsOf(flow, clearing, preferred);
  const { prices } = flow;
  const price = (row: number): number => prices[row] as number;
  const trading = [...prices.keys()].filter((row) => fills[row] !== 0);
  return {
    flow,
    clearing,
    buyers: trading
      .filter((row) => (fills[row] as number) > 0)
      .sort((row, other) => price(other) - price(row) || preferred(row, other)),
    sellers: trading
      .filter((row) => (fills[row] as number) < 0)
      .sort((row, other) => price(row) - price(other) || preferred(row, other)),
  };
}

/** What orders trade when these rows do. */
export function unitFills(flow: OrderFlow, buyers: readonly number[], sellers: readonly number[]): Float64Array {
  const fills = new Float64Array(flow.prices.length);
  for (const row of buyers) fills[row] = 1;
  for (const row of sellers) fills[row] = -1;
  return fills;
}

/** The outcome in which orders are filled so, buyers at one price and sellers at one. */
export function twoPriceOutcome(
  participants: readonly AgentId[],
  { owners, lots }: OrderFlow,
  fills: Float64Array,
  buyerPrice: number,
  sellerPrice: number,
): TwoPriceOutcome {
  const trades = tradesBy(owners, fills);
  const traded = fills.reduce((sum, fill) => sum + Math.max(0, fill), 0);
  if (traded === 0) {
    return {
      ...tradedAt(participants, trades, 0, 0, 0, lots),
      buyerPrice: null,
      sellerPrice: null,
      clearingPrice: null,
    };
  }
  return {
    ...tradedAt(participants, trades, traded, buyerPrice, sellerPrice, lots),
    buyerPrice,
    sellerPrice,
    clearingPrice: buyerPrice === sellerPrice ? buyerPrice : null,
  };
}
