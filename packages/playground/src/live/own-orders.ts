import { type AnyRecord, isRecord } from './records.ts';

/** A price, and how much is shown at it. */
export type Level = readonly [price: number, quantity: number];

/** What is told of a book of orders. */
export interface Book {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly lastPrice: number | undefined;
}

/** An order that one has placed, and that may rest in the book. */
export interface OwnOrder {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly quantity: number;
}

/**
 * Which of one's orders the book may still hold: those at a price at which it shows something, or beyond the prices that are told. Whether one has
 * traded that shares its price with others, nobody is told before the end.
 *
 * @param said all that one has said, in order
 * @param most so many prices of a side are told at most
 */
export function restingOrders(said: readonly unknown[], book: Book, most = 5): readonly OwnOrder[] {
  const orders = new Map<string, OwnOrder>();
  for (const message of said) {
    if (!isRecord(message)) continue;
    if (message.type === 'cancel') orders.delete(String(message.id));
    const order = orderIn(message);
    if (order !== undefined) orders.set(order.id, order);
  }
  return [...orders.values()].flatMap((order) => {
    const { side, price, quantity } = order;
    const levels = side === 'buy' ? book.bids : book.asks;
    const shown = levels.find(([at]) => at === price)?.[1];
    if (shown !== undefined) return [{ ...order, quantity: Math.min(quantity, shown) }];
    const last = levels.at(-1)?.[0];
    const isBeyond = levels.length >= most && last !== undefined && (side === 'buy' ? price < last : price > last);
    return isBeyond ? [order] : [];
  });
}

function orderIn({ type, id, side, price, quantity }: AnyRecord): OwnOrder | undefined {
  const isOrder =
    type === 'limit' && id !== undefined && typeof price === 'number' && (side === 'buy' || side === 'sell');
  return isOrder ? { id: String(id), side, price, quantity: Number(quantity) } : undefined;
}

/** How many prices a ladder shows beyond those that are told, on either side. */
const beyond = 3;
/** A ladder has no more steps than this, unless orders stand on more. */
const mostSteps = 21;

/** The prices of a ladder, the highest first: all at which something is, and round steps between and around them. */
export function ladderPrices(book: Book, own: readonly OwnOrder[]): readonly number[] {
  const told = [...book.bids, ...book.asks].map(([price]) => price).concat(own.map(({ price }) => price));
  if (book.lastPrice !== undefined) told.push(book.lastPrice);
  if (told.length === 0) return [];
  const [low, high] = [Math.min(...told), Math.max(...told)];
  const places = Math.max(...told.map(decimals));
  let step = 10 ** -places;
  for (let factors = [2, 2.5, 2], turn = 0; (high - low) / step + 1 + 2 * beyond > mostSteps; turn++)
    step *= factors[turn % 3] as number;
  const prices = new Set(told);
  const from = Math.ceil(low / step) - beyond;
  const to = Math.floor(high / step) + beyond;
  for (let at = from; at <= to; at++) if (at >= 0) prices.add(Number((at * step).toFixed(places)));
  return [...prices].sort((one, other) => other - one);
}

function decimals(price: number): number {
  return /\.(\d+)$/.exec(String(price))?.[1]?.length ?? 0;
}
