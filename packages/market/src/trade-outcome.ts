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
import type { OrderFlow } from './order-flow.ts';

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

/**
 * The outcome of trades, in lots, for which buyers pay one price for a unit and sellers receive one, perhaps another.
 *
 * @param parts into how many parts prices are divided: they count these
 */
export function tradedAt(
  participants: readonly AgentId[],
  trades: ReadonlyMap<AgentId, number>,
  traded: number,
  buyerPrice: number,
  sellerPrice: number,
  lots: number,
  parts = 1,
): TradeOutcome {
  return {
    trades: perAgent(trades.keys(), (agent) => (trades.get(agent) as number) / lots),
    payments: perAgent(participants, (agent) => {
      const bought = trades.get(agent) ?? 0;
      // Nothing for nothing is 0, not −0.
      return 0 + (bought * (bought > 0 ? buyerPrice : sellerPrice)) / (lots * parts);
    }),
    traded: traded / lots,
  };
}

/** What clears at one price, and what both sides gain together. */
export type Cleared = Pick<
  ClearedOutcome,
  'clearingPrice' | 'clearingInterval' | 'consumerSurplus' | 'producerSurplus'
>;

/** The price at a share of the way through the clearing interval, and what there is to gain at it. */
export function clearedAt(clearing: Clearing, share: number, lots: number): Cleared {
  const { traded, worth, cost } = clearing;
  const clearingInterval = clearingIntervalOf(clearing);
  const { numerator, denominator } = clearingInterval ? fractionWithin(clearingInterval, share) : free;
  return {
    clearingPrice: clearingInterval && numerator / denominator,
    clearingInterval,
    // Both are multiplied out before they are divided: the price may be no whole number where worth and cost are.
    consumerSurplus: (denominator * worth - numerator * traded) / (denominator * lots),
    producerSurplus: (numerator * traded - denominator * cost) / (denominator * lots),
  };
}

/** The price at a share of the way through an interval. */
export function priceWithin(interval: readonly [number, number], share: number): number {
  const { numerator, denominator } = fractionWithin(interval, share);
  return numerator / denominator;
}

interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

const free: Fraction = { numerator: 0, denominator: 1 };
const denominators: readonly number[] = [1, 2, 10, 100, 1000, 1e4, 1e5, 1e6];

/** The price at a share of the way through an interval, as a fraction: exact where the share is a short decimal and its ends are whole. */
function fractionWithin([low, high]: readonly [number, number], share: number): Fraction {
  const denominator = denominators.find((parts) => Math.round(share * parts) / parts === share);
  if (denominator !== undefined && Number.isInteger(low) && Number.isInteger(high)) {
    const parts = Math.round(share * denominator);
    const numerator = (denominator - parts) * low + parts * high;
    if (Number.isSafeInteger(numerator)) return { numerator, denominator };
  }
  return { numerator: share === 1 ? high : low + share * (high - low), denominator: 1 };
}

/** The outcome in which everybody trades at one price within the clearing interval. */
export function clearedOutcome(
  participants: readonly AgentId[],
  { owners, lots }: OrderFlow,
  fills: Float64Array,
  clearing: Clearing,
  share: number,
): ClearedOutcome {
  const cleared = clearedAt(clearing, share, lots);
  const { numerator, denominator } = cleared.clearingInterval ? fractionWithin(cleared.clearingInterval, share) : free;
  const trades = tradesBy(owners, fills);
  return {
    ...tradedAt(participants, trades, clearing.traded, numerator, numerator, lots, denominator),
    ...cleared,
  };
}
