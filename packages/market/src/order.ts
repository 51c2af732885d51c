import { amount, type ErrorDetails, positiveQuantity } from '@mechane/core';
import * as z from 'zod';
import { type RefuseUncountable, refuseUncountable } from './countable-units.ts';
import { severalUnits } from './errors.ts';

/**
 * To buy at most at a price or below, or to sell at most at a price or above.
 *
 * @category Types of mechanisms
 */
export interface Order {
  side: 'buy' | 'sell';
  /** Money per unit. */
  price: number;
  /** Units: whole or not, more than 0; 1 unless given. */
  quantity?: number | undefined;
}

/**
 * One order, or several of one agent.
 *
 * @category Types of mechanisms
 */
export type OrderReport = Order | { orders: Order[] };

/** An order with its quantity filled in. */
export interface FullOrder {
  side: 'buy' | 'sell';
  price: number;
  quantity: number;
}

/** A report as a mechanism reads it. */
export type FullOrderReport = FullOrder | { orders: FullOrder[] };

const order = z.strictObject({
  side: z.enum(['buy', 'sell']),
  price: amount.describe('Money per unit: the most a buyer pays, the least a seller takes'),
  quantity: positiveQuantity.default(1).describe('Units, whole or not'),
});
/**
 * A report of orders. What an agent buys must be worth less to it than what it sells, or its orders would trade with each other: such
 * a report is refused.
 */
export const orderReport: z.ZodType<FullOrderReport, OrderReport> = z.union([
  order,
  z.strictObject({
    orders: z.array(order).check(({ value, issues }) => {
      const crossing = selfCrossing(value);
      if (crossing === undefined) return;
      const message = `expected buy prices below all sell prices of the same agent, but it would buy at ${crossing.buy} from itself at ${crossing.sell}`;
      issues.push({ code: 'custom', message, path: [crossing.index, 'price'], input: value });
    }),
  }),
]);

/** What is wrong with a report where agents trade a single unit each. */
export function moreThanOneUnit(report: FullOrderReport): ErrorDetails | undefined {
  const orders = ordersOf(report);
  if (orders.length > 1) return severalUnits(`${orders.length} orders were given`, ['orders']);
  const [order] = orders;
  if (order === undefined || order.quantity === 1) return undefined;
  const path = 'orders' in report ? ['orders', 0, 'quantity'] : ['quantity'];
  return severalUnits(`the quantity ${order.quantity} was given`, path);
}

/** An order to buy one unit. */
export function buying(price: number): Order {
  return { side: 'buy', price };
}

/** An order to sell one unit. */
export function selling(price: number): Order {
  return { side: 'sell', price };
}

/** What all that a report would buy costs at its own prices. */
export function mostToBuy(report: FullOrderReport): number {
  const bought = ordersOf(report).filter(({ side }) => side === 'buy');
  return bought.reduce((cost, { price, quantity }) => cost + price * quantity, 0);
}

/** The orders of a report. */
export function ordersOf(report: FullOrderReport): readonly FullOrder[] {
  return 'orders' in report ? report.orders : [report];
}

/** What is wrong with orders for more units than can be counted. */
export const refuseUncountableOrders: RefuseUncountable<FullOrderReport> = refuseUncountable(
  ordersOf,
  (report, index) => ('orders' in report ? ['orders', index, 'quantity'] : ['quantity']),
);

/** The first order that would trade with an earlier one of the same agent. */
function selfCrossing(orders: readonly FullOrder[]): { index: number; buy: number; sell: number } | undefined {
  let buy = Number.NEGATIVE_INFINITY;
  let sell = Number.POSITIVE_INFINITY;
  for (const [index, { side, price }] of orders.entries()) {
    if (side === 'buy') buy = Math.max(buy, price);
    else sell = Math.min(sell, price);
    if (buy >= sell) return { index, buy, sell };
  }
  return undefined;
}
