import {
  type AgentColumn,
  type AgentId,
  amount,
  type JsonValue,
  jsonValue,
  type Mechanism,
  type ReportRequest,
  type SingleItemOutcome,
  singleItemOutcome,
  sold,
  type Witness,
} from '@mechane/core';
import * as z from 'zod';

/** What the seller of one item sets: the reserve, 0 unless given. A bid below it is no bid. */
export const reserveSettings: z.ZodObject<{ reserve: z.ZodDefault<z.ZodNumber> }, z.core.$strict> = z.strictObject({
  reserve: amount.default(0).describe('The least the item sells for; a bid below it is no bid'),
});

/** A sealed bid for one item, with the parameter value the bidder proposes if it wins: any JSON. */
export const itemBid: z.ZodObject<{ bid: z.ZodNumber; value: z.ZodOptional<typeof jsonValue> }, z.core.$strict> =
  z.strictObject({
    bid: amount.describe('What the agent offers for the item'),
    value: jsonValue.optional().describe('What the agent proposes; the winner’s proposal is the winning value'),
  });

export type ItemBid = z.output<typeof itemBid>;
export type ItemBids = ReadonlyMap<AgentId, ItemBid>;

/**
 * The bids of a large single-item auction: `bids[i]` is what `ids[i]` bids. Ids in a plain array are checked for duplicates in
 * every run, those in core's `agentColumn` only once.
 *
 * @category Types of mechanisms
 */
export interface BidColumns {
  readonly ids: AgentColumn | readonly AgentId[];
  readonly bids: Float64Array;
}

/**
 * Who won the item, what it proposed, and who pays how much.
 *
 * @category Types of mechanisms
 */
export interface SealedBidOutcome extends SingleItemOutcome {
  /** The `value` of the winner's report; absent when it gave none. */
  readonly winningValue?: JsonValue;
}

export const sealedBidOutcome: z.ZodType<SealedBidOutcome> = singleItemOutcome.extend({
  winningValue: jsonValue.exactOptional(),
});

/**
 * A sealed-bid auction of one item that also takes its bids in columns.
 *
 * @category Types of mechanisms
 */
export type SealedBidAuction<Id extends string> = Mechanism<{
  id: Id;
  settings: z.input<typeof reserveSettings>;
  report: z.input<typeof itemBid>;
  outcome: SealedBidOutcome;
  message: z.input<typeof itemBid>;
  ask: ReportRequest;
  columns: BidColumns;
}>;

/** The item goes to the winner with what it proposed; it alone pays. */
export function soldSealed(
  participants: readonly AgentId[],
  bids: ItemBids,
  winner: AgentId,
  payment: number,
): SealedBidOutcome {
  const { allocation, payments } = sold(participants, winner, payment);
  const winningValue = bids.get(winner)?.value;
  return winningValue === undefined
    ? { winner, payment, allocation, payments }
    : { winner, winningValue, payment, allocation, payments };
}

/** The item is worth its bid to an agent that is truthful, and only if it gets it. */
export function valueOfItem(agent: AgentId, type: ItemBid, { winner }: SealedBidOutcome): number {
  return winner === agent ? type.bid : 0;
}

/** The best anyone could do with the item. Types below the reserve count: an unsold item is lost welfare. */
export function bestItemWelfare(types: ItemBids): number {
  let best = 0;
  for (const { bid } of types.values()) if (bid > best) best = bid;
  return best;
}

/** A bidder whom a reserve turns away: what shows that an auction of one item with a reserve is not efficient. */
export const turnedAwayItem: Witness<z.input<typeof reserveSettings>, z.input<typeof itemBid>> = {
  settings: { reserve: 5 },
  reports: { ann: { bid: 3 } },
  agent: 'ann',
};
