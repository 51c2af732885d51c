import type { AgentId } from '@mechane/core';
import { clear } from './clearing.ts';
import type { FullOrder } from './order.ts';
import { orderFlow } from './order-flow.ts';

/** What trades in one half of MUDA at the other's price. */
export interface HalfTrades {
  /** Units by agent, bought positive. */
  readonly trades: ReadonlyMap<AgentId, number>;
  /** What agents pay beyond the price of their units: never negative. */
  readonly surcharges: ReadonlyMap<AgentId, number>;
}

type Orders = ReadonlyMap<AgentId, readonly FullOrder[]>;

/**
 * The price that clears a market: the middle of the interval in which it does; where only bids or only asks are there, the best of them;
 * `null` without orders.
 */
export function halfPrice(orders: Orders): number | null {
  const { nextBid, lastBid, nextAsk, lastAsk } = clear(orderFlow(orders, (own) => own));
  const low = Math.max(lastAsk, nextBid);
  const high = Math.min(lastBid, nextAsk);
  if (!Number.isFinite(low)) return Number.isFinite(high) ? high : null;
  return Number.isFinite(high) ? low + (high - low) / 2 : low;
}

/** Trades at a price as much as both sides want, the longer one rationed by the order in which its agents stand. */
export function tradeByLot(orders: Orders, price: number, inOrder: readonly AgentId[]): HalfTrades {
  const { demand, supply } = wantedAt(orders, price);
  const traded = Math.min(total(demand), total(supply));
  const trades = new Map<AgentId, number>();
  for (const [wanted, sign] of [
    [demand, 1],
    [supply, -1],
  ] as const) {
    let left = traded;
    for (const agent of inOrder) {
      const units = Math.min(left, wanted.get(agent) ?? 0);
      if (units > 0) trades.set(agent, sign * units);
      left -= units;
    }
  }
  return { trades, surcharges: new Map() };
}

/**
 * Trades at a price as much as both sides want. The longer side's units go to those who gain most by them, and who trades also pays what
 * others, who go without, would have gained (Vickrey's auction with the price as its reserve).
 */
export function tradeByValue(
  orders: Orders,
  price: number,
  preferred: (agent: AgentId, other: AgentId) => number,
): HalfTrades {
  const { demand, supply } = wantedAt(orders, price);
  const traded = Math.min(total(demand), total(supply));
  const trades = new Map<AgentId, number>();
  const surcharges = new Map<AgentId, number>();
  for (const side of ['buy', 'sell'] as const) {
    const sign = side === 'buy' ? 1 : -1;
    const wanted = gainsAt(orders, price, side);
    wanted.sort((one, other) => other.gain - one.gain || preferred(one.agent, other.agent));
    let left = traded;
    const without: Gain[] = [];
    for (const unit of wanted) {
      const served = Math.min(left, unit.units);
      if (served > 0) trades.set(unit.agent, (trades.get(unit.agent) ?? 0) + sign * served);
      if (served < unit.units) without.push({ ...unit, units: unit.units - served });
      left -= served;
    }
    for (const { agent } of wanted) {
      if (!surcharges.has(agent)) surcharges.set(agent, missedGains(without, agent, Math.abs(trades.get(agent) ?? 0)));
    }
  }
  return { trades, surcharges };
}

/** Units of one agent, and what each gains it at the price. */
interface Gain {
  readonly agent: AgentId;
  readonly gain: number;
  readonly units: number;
}

function gainsAt(orders: Orders, price: number, wanted: FullOrder['side']): Gain[] {
  return [...orders].flatMap(([agent, own]) =>
    own.flatMap(({ side, price: limit, quantity: units }) => {
      const gain = side === 'buy' ? limit - price : price - limit;
      return side === wanted && gain >= 0 ? [{ agent, gain, units }] : [];
    }),
  );
}

/** What so many units would gain those that go without, other than the agent. */
function missedGains(without: readonly Gain[], agent: AgentId, units: number): number {
  let left = units;
  let missed = 0;
  for (const other of without) {
    if (other.agent === agent) continue;
    const moved = Math.min(left, other.units);
    missed += moved * other.gain;
    left -= moved;
  }
  return missed;
}

function wantedAt(
  orders: Orders,
  price: number,
): { demand: ReadonlyMap<AgentId, number>; supply: ReadonlyMap<AgentId, number> } {
  const sums = (side: FullOrder['side']): ReadonlyMap<AgentId, number> => {
    const byAgent = new Map<AgentId, number>();
    for (const { agent, units } of gainsAt(orders, price, side)) byAgent.set(agent, (byAgent.get(agent) ?? 0) + units);
    return byAgent;
  };
  return { demand: sums('buy'), supply: sums('sell') };
}

function total(wanted: ReadonlyMap<AgentId, number>): number {
  return [...wanted.values()].reduce((sum, units) => sum + units, 0);
}
