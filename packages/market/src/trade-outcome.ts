import {
  type AgentId,
  amount,
  type Payments,
  paymentsByAgent,
  perAgent,
  quantity,
  signedAmount,
  signedQuantity,
} from '@mechane/core';
import * as z from 'zod';
import { type Clearing, clearingIntervalOf } from './clearing.ts';

/**
 * Who trades how much, and who pays what.
 *
 * @category Types of mechanisms
 */
export interface TradeOutcome {
  /** Units by agent, bought positive and sold negative; who is missing does not trade. */
  readonly trades: Readonly<Record<AgentId, number>>;
  /** What each participant pays; what it receives is negative. */
  readonly payments: Payments;
  /** Units that change hands. */
  readonly traded: number;
}

/**
 * An outcome in which all trade at one price.
 *
 * @category Types of mechanisms
 */
export interface ClearedOutcome extends TradeOutcome {
  /** Money per unit; `null` where nothing trades. */
  readonly clearingPrice: number | null;
  /** The lowest and the highest price at which just these trades come about. */
  readonly clearingInterval: readonly [number, number] | null;
  /** What buyers would have paid at most, less what they pay, by their orders. */
  readonly consumerSurplus: number;
  /** What sellers receive, less what they would have taken at least, by their orders. */
  readonly producerSurplus: number;
}

/** The shape of a {@link TradeOutcome}. */
export const tradeShape: {
  trades: z.ZodRecord<z.ZodString, z.ZodNumber>;
  payments: typeof paymentsByAgent;
  traded: z.ZodNumber;
} = { trades: z.record(z.string(), signedQuantity), payments: paymentsByAgent, traded: quantity };

/** What one price for all adds to it. */
export const clearingShape: {
  clearingPrice: z.ZodNullable<z.ZodNumber>;
  clearingInterval: z.ZodNullable<z.ZodTuple<[z.ZodNumber, z.ZodNumber], null>>;
  consumerSurplus: z.ZodNumber;
  producerSurplus: z.ZodNumber;
} = {
  clearingPrice: amount.nullable(),
  clearingInterval: z.tuple([amount, amount]).nullable(),
  consumerSurplus: signedAmount,
  producerSurplus: signedAmount,
};

/** The shape of a {@link ClearedOutcome}. */
export const clearedOutcomeShape: z.ZodType<ClearedOutcome> = z.strictObject({ ...tradeShape, ...clearingShape });

/** Sums by agent of what its orders trade; whoever trades nothing is left out. */
export function tradesBy(owners: readonly AgentId[], fills: Float64Array): ReadonlyMap<AgentId, number> {
  const trades = new Map<AgentId, number>();
  fills.forEach((fill, row) => {
    const owner = owners[row] as AgentId;
    if (fill !== 0) trades.set(owner, (trades.get(owner) ?? 0) + fill);
  });
  return trades;
}

/** The outcome of trades for which buyers pay one price and sellers receive one, perhaps another. */
export function tradedAt(
  participants: readonly AgentId[],
  trades: ReadonlyMap<AgentId, number>,
  traded: number,
  buyerPrice: number,
  sellerPrice: number,
): TradeOutcome {
  return {
    trades: perAgent(trades.keys(), (agent) => trades.get(agent) as number),
    payments: perAgent(participants, (agent) => {
      const bought = trades.get(agent) ?? 0;
      // Nothing for nothing is 0, not −0.
      return 0 + bought * (bought > 0 ? buyerPrice : sellerPrice);
    }),
    traded,
  };
}

/** The price at a share of the way through an interval. */
export function priceWithin([low, high]: readonly [number, number], share: number): number {
  return share === 1 ? high : low + share * (high - low);
}

/** The outcome in which everybody trades at one price within the clearing interval. */
export function clearedOutcome(
  participants: readonly AgentId[],
  owners: readonly AgentId[],
  fills: Float64Array,
  clearing: Clearing,
  share: number,
): ClearedOutcome {
  const { traded, worth, cost } = clearing;
  const clearingInterval = clearingIntervalOf(clearing);
  const clearingPrice = clearingInterval && priceWithin(clearingInterval, share);
  const price = clearingPrice ?? 0;
  return {
    ...tradedAt(participants, tradesBy(owners, fills), traded, price, price),
    clearingPrice,
    clearingInterval,
    consumerSurplus: worth - price * traded,
    producerSurplus: price * traded - cost,
  };
}
