import type { AgentId } from '@mechane/core';
import * as z from 'zod';
import { crossedSnapshot, foreignSnapshot, impossibleOrder, noSnapshot, snapshotOffGrid } from '../errors.ts';
import type { OrderBookSettings } from './book-settings.ts';
import type { BookSide } from './book-side.ts';
import { BookState } from './book-state.ts';
import { anyPrice, type IncomingOrder, timeInForceOf } from './incoming-order.ts';
import type { Increment } from './increment.ts';
import type { MatchingRules } from './matching.ts';
import { none } from './order-pool.ts';
import type { BookOrderSide, OrderId, TimeInForce } from './order-request.ts';
import { selfTradePreventions } from './self-trade.ts';

/**
 * An open order.
 *
 * @category Order book
 */
export interface SnapshotOrder {
  readonly id: OrderId;
  readonly owner: AgentId;
  readonly price: number;
  /** What is open, hidden quantity included. */
  readonly quantity: number;
  /** How much an iceberg shows now. */
  readonly shown?: number | undefined;
  readonly displayQuantity?: number | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  /** When it came, as a number that rises. */
  readonly arrival: number;
}

/**
 * A stop that waits; without a price it becomes a market order.
 *
 * @category Order book
 */
export interface SnapshotStop extends Omit<SnapshotOrder, 'price' | 'shown' | 'displayQuantity'> {
  readonly stopPrice: number;
  readonly price?: number | undefined;
}

/**
 * All that a book holds: its orders by priority.
 *
 * @category Order book
 */
export interface BookSnapshot {
  readonly format: 1;
  readonly settings: Required<OrderBookSettings>;
  readonly arrivals: number;
  readonly lastPrice: number | null;
  readonly bids: readonly SnapshotOrder[];
  readonly asks: readonly SnapshotOrder[];
  readonly buyStops: readonly SnapshotStop[];
  readonly sellStops: readonly SnapshotStop[];
}

export function snapshotOf(
  state: BookState,
  settings: Required<OrderBookSettings>,
  rules: MatchingRules,
): BookSnapshot {
  const { ticks } = rules;
  return {
    format: 1,
    settings,
    arrivals: state.arrivals,
    lastPrice: Number.isNaN(state.lastPrice) ? null : ticks.amountOf(state.lastPrice),
    bids: ordersOf(state, state.buy, rules),
    asks: ordersOf(state, state.sell, rules),
    buyStops: stopsOf(state, 'buy', rules),
    sellStops: stopsOf(state, 'sell', rules),
  };
}

function ordersOf({ orders }: BookState, side: BookSide, { ticks, lots }: MatchingRules): SnapshotOrder[] {
  const written: SnapshotOrder[] = [];
  side.visitOrders((order) => {
    const display = orders.displayOf(order);
    const timeInForce = timeInForceOf(orders, order);
    written.push({
      id: orders.ids[order] as OrderId,
      owner: orders.owners[order] as AgentId,
      price: ticks.amountOf(side.priceOf(orders.levelOf(order))),
      quantity: lots.amountOf(orders.openOf(order)),
      ...(display > 0 && { shown: lots.amountOf(orders.shownOf(order)), displayQuantity: lots.amountOf(display) }),
      ...(timeInForce !== 'GTC' && { timeInForce }),
      arrival: orders.arrivalOf(order),
    });
  });
  return written;
}

function stopsOf({ orders, stops }: BookState, side: BookOrderSide, { ticks, lots }: MatchingRules): SnapshotStop[] {
  const written: SnapshotStop[] = [];
  stops[side].visitOrders((order) => {
    const limit = orders.limitOf(order);
    written.push({
      id: orders.ids[order] as OrderId,
      owner: orders.owners[order] as AgentId,
      stopPrice: ticks.amountOf(stops.stopPriceOf(order, side)),
      ...(Number.isFinite(limit) && { price: ticks.amountOf(limit) }),
      quantity: lots.amountOf(orders.openOf(order)),
      timeInForce: timeInForceOf(orders, order),
      arrival: orders.arrivalOf(order),
    });
  });
  return written;
}

const basics = {
  id: z.union([z.string(), z.int().positive()]),
  owner: z.string(),
  quantity: z.number().positive(),
  arrival: z.int().positive(),
  timeInForce: z.enum(['GTC', 'IOC', 'FOK', 'post-only']).optional(),
};
const order = z.strictObject({
  ...basics,
  price: z.number().nonnegative(),
  timeInForce: z.enum(['GTC', 'post-only']).optional(),
  shown: z.number().positive().optional(),
  displayQuantity: z.number().positive().optional(),
});
const stop = z.strictObject({
  ...basics,
  stopPrice: z.number().nonnegative(),
  price: z.number().nonnegative().optional(),
});
const snapshotSchema: z.ZodType<BookSnapshot> = z.strictObject({
  format: z.literal(1),
  settings: z.strictObject({
    tickSize: z.number(),
    lotSize: z.number(),
    selfTradePrevention: z.enum(selfTradePreventions),
  }),
  arrivals: z.int().nonnegative(),
  lastPrice: z.number().nonnegative().nullable(),
  bids: z.array(order),
  asks: z.array(order),
  buyStops: z.array(stop),
  sellStops: z.array(stop),
});

type Place = readonly (string | number)[];

/** @throws MechaneError `invalid-snapshot` */
export function restoredState(
  candidate: unknown,
  settings: Required<OrderBookSettings>,
  { ticks, lots }: MatchingRules,
): BookState {
  const snapshot = parsed(candidate);
  for (const field of ['tickSize', 'lotSize', 'selfTradePrevention'] as const) {
    const [theirs, own] = [snapshot.settings[field], settings[field]];
    if (theirs !== own) throw foreignSnapshot(field, theirs, own);
  }
  const state = new BookState();
  state.arrivals = snapshot.arrivals;
  if (snapshot.lastPrice !== null) state.lastPrice = steps(ticks, snapshot.lastPrice, ['snapshot', 'lastPrice']);
  const enter = (
    entry: SnapshotOrder | SnapshotStop,
    incoming: Omit<IncomingOrder, 'id' | 'owner'>,
    at: Place,
  ): void => {
    const { id, owner, arrival } = entry;
    if (state.byId.find(id) !== none) throw impossibleOrder('taken-id', at);
    if (arrival > state.arrivals || (typeof id === 'number' && id > state.arrivals)) {
      throw impossibleOrder('late-order', at);
    }
    if (!state.hasRoom(incoming.side, incoming.quantity)) throw impossibleOrder('too-much', at);
    state.enter({ id, owner, ...incoming }, arrival);
  };
  for (const [name, side] of [
    ['bids', 'buy'],
    ['asks', 'sell'],
  ] as const) {
    for (const [index, entry] of snapshot[name].entries()) {
      const at = ['snapshot', name, index];
      const { price, displayQuantity, shown, timeInForce = 'GTC' } = entry;
      const display = displayQuantity === undefined ? 0 : steps(lots, displayQuantity, [...at, 'displayQuantity']);
      const quantity = steps(lots, entry.quantity, [...at, 'quantity']);
      enter(
        entry,
        { side, limit: steps(ticks, price, [...at, 'price']), quantity, display, timeInForce, stop: none },
        at,
      );
      if (display > 0) showing(state, entry.id, side, steps(lots, shown ?? 0, [...at, 'shown']), at);
    }
  }
  for (const [name, side] of [
    ['buyStops', 'buy'],
    ['sellStops', 'sell'],
  ] as const) {
    for (const [index, entry] of snapshot[name].entries()) {
      const at = ['snapshot', name, index];
      const { price, timeInForce = 'GTC' } = entry;
      const limit = price === undefined ? anyPrice(side) : steps(ticks, price, [...at, 'price']);
      const stopAt = steps(ticks, entry.stopPrice, [...at, 'stopPrice']);
      const quantity = steps(lots, entry.quantity, [...at, 'quantity']);
      enter(entry, { side, limit, quantity, display: 0, timeInForce, stop: stopAt }, at);
    }
  }
  refuseCrossed(state);
  return state;
}

/** An iceberg shows what it showed, which may be less than it would show at first. */
function showing(state: BookState, id: OrderId, side: BookOrderSide, shown: number, at: Place): void {
  const order = state.byId.find(id);
  const open = state.orders.openOf(order);
  if (shown < 1 || shown > Math.min(open, state.orders.displayOf(order))) {
    throw impossibleOrder('wrongly-shown', at);
  }
  state[side].reduce(order, shown, open - shown);
}

function refuseCrossed({ buy, sell }: BookState): void {
  const [bid, ask] = [buy.bestLevel(), sell.bestLevel()];
  if (bid === none || ask === none || buy.priceOf(bid) < sell.priceOf(ask)) return;
  throw crossedSnapshot();
}

function steps(increment: Increment, amount: number, path: Place): number {
  const counted = increment.stepsIn(amount);
  if (counted !== undefined) return counted;
  throw snapshotOffGrid(amount, increment.size, path);
}

function parsed(candidate: unknown): BookSnapshot {
  const read = snapshotSchema.safeParse(candidate);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));
  throw noSnapshot(issue?.message ?? 'it is no snapshot', ['snapshot', ...path]);
}
