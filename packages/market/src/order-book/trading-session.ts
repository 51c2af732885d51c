import { type AgentId, type ErrorDetails, type Payments, perAgent } from '@mechane/core';
import { inLots, lotsPerUnit } from '../lots.ts';
import type { OrderBook } from './book.ts';
import type { OrderBookMessage } from './order-message.ts';
import type { AmendRequest, OrderRequest, OrderTerms } from './order-request.ts';
import type { Receipt } from './receipt.ts';
import type { AgentTrade, OrderBookOutcome, RejectedMessage } from './session-outcome.ts';

/** A session of a book: messages in, trades and rejections out. Unlike the book it remembers ids, so none is used twice. */
export class TradingSession {
  readonly #book: OrderBook;
  readonly #used = new Set<string>();
  readonly #trades: AgentTrade[] = [];
  readonly #rejected: RejectedMessage[] = [];
  #heard = 0;

  constructor(book: OrderBook) {
    this.#book = book;
  }

  /** What is wrong with a message whatever the book holds. */
  flawOf(message: OrderBookMessage): ErrorDetails | undefined {
    if (message.type === 'cancel') return undefined;
    if (message.type === 'amend') return this.#book.flawOfAmendment(message as AmendRequest);
    return this.#book.flawOfOrder(message as OrderTerms);
  }

  hear(agent: AgentId, message: OrderBookMessage): void {
    const number = this.#heard++;
    const id = message.id === undefined ? null : String(message.id);
    const { trades, rejection } = this.#worked(agent, message, id);
    for (const { buyer, seller, price, quantity } of trades) this.#trades.push({ buyer, seller, price, quantity });
    if (rejection === undefined) return;
    const isClosed = rejection === 'unknown-order' && this.#used.has(id as string);
    this.#rejected.push({
      message: number,
      agent,
      type: message.type,
      id,
      reason: isClosed ? 'closed-order' : rejection,
    });
  }

  #worked(agent: AgentId, message: OrderBookMessage, id: string | null): Pick<Receipt, 'trades' | 'rejection'> {
    if (message.type === 'cancel') return this.#book.cancel(id as string, agent);
    if (message.type === 'amend')
      return this.#book.amend({ ...message, id: id as string, owner: agent } as AmendRequest);
    if (id === null) return this.#book.submit({ ...message, owner: agent } as OrderRequest);
    if (this.#used.has(id)) return { trades: [], rejection: 'duplicate-id' };
    const receipt = this.#book.submit({ ...message, id, owner: agent } as OrderRequest);
    if (receipt.rejection === undefined) this.#used.add(id);
    return receipt;
  }

  outcomeFor(participants: readonly AgentId[]): OrderBookOutcome {
    return {
      trades: this.#trades,
      book: this.#book.depth(),
      rejected: this.#rejected,
      payments: this.#payments(participants),
    };
  }

  /** Added up in lots: sums of whole numbers are exact. */
  #payments(participants: readonly AgentId[]): Payments {
    const lots = lotsPerUnit(this.#trades.map(({ quantity }) => quantity));
    const paid = new Map<AgentId, number>(participants.map((agent) => [agent, 0]));
    for (const { buyer, seller, price, quantity } of this.#trades) {
      const amount = price * inLots(quantity, lots);
      paid.set(buyer, (paid.get(buyer) as number) + amount);
      paid.set(seller, (paid.get(seller) as number) - amount);
    }
    return perAgent(participants, (agent) => (paid.get(agent) as number) / lots);
  }
}
