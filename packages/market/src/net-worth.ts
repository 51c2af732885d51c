import type { AgentId } from '@mechane/core';
import { clear } from './clearing.ts';
import { rounding } from './crossing.ts';
import { beyondDoubles } from './errors.ts';
import type { FullOrder } from './order.ts';
import { orderFlow } from './order-flow.ts';
import type { TradeOutcome } from './trade-outcome.ts';

/**
 * What an outcome is worth to an agent with these orders: what it would pay at most for the units it gets, the dearest first, or, below
 * zero, what it would take at least for those it gives, the cheapest first. Units beyond its buy orders are worth nothing. Who
 * is to give more than it offers cannot deliver, and loses whatever it receives.
 */
export function worthOf(orders: readonly FullOrder[], agent: AgentId, { trades, payments }: Traded): number {
  const bought = trades[agent] ?? 0;
  if (bought === 0) return 0;
  const side = bought > 0 ? 'buy' : 'sell';
  const own = orders.filter((order) => order.side === side);
  own.sort((one, other) => (side === 'buy' ? other.price - one.price : one.price - other.price));
  let left = Math.abs(bought);
  let worth = 0;
  for (const { price, quantity } of own) {
    const units = Math.min(left, quantity);
    worth += units * price;
    left -= units;
    if (left === 0) break;
  }
  if (side === 'buy') return worth;
  const forfeited = left > rounding * Math.abs(bought) ? Math.abs(payments[agent] as number) : 0;
  return 0 - worth - forfeited;
}

/** Who trades how much, and who pays what. */
type Traded = Pick<TradeOutcome, 'trades' | 'payments'>;

/**
 * The largest gains from trade there can be.
 *
 * @throws MechaneError `overflow` when they leave the range of doubles.
 */
export function bestGains<Report>(
  types: ReadonlyMap<AgentId, Report>,
  orders: (report: Report) => readonly FullOrder[],
): number {
  const flow = orderFlow(types, orders);
  const { worth, cost } = clear(flow);
  const gains = (worth - cost) / flow.lots;
  if (!Number.isFinite(gains)) throw beyondDoubles(['reports']);
  return gains;
}
