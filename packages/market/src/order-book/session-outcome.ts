import type { AgentId, Payments } from '@mechane/core';
import type { Depth } from './depth.ts';
import type { OrderBookMessage } from './order-message.ts';
import type { RejectionCode } from './receipt.ts';

/**
 * A trade between two agents.
 *
 * @category Order book
 */
export interface AgentTrade {
  readonly buyer: AgentId;
  readonly seller: AgentId;
  readonly price: number;
  readonly quantity: number;
}

/**
 * A message that the book as it stood turned away; it changed nothing.
 *
 * @category Order book
 */
export interface RejectedMessage {
  /** Which one, counted from 0. */
  readonly message: number;
  readonly agent: AgentId;
  readonly type: OrderBookMessage['type'];
  readonly id: string | null;
  readonly reason: RejectionCode | 'closed-order';
}

/**
 * The trades in order, and the book that is left.
 *
 * @category Order book
 */
export interface OrderBookOutcome {
  readonly trades: readonly AgentTrade[];
  readonly book: Depth;
  readonly rejected: readonly RejectedMessage[];
  readonly payments: Payments;
}
