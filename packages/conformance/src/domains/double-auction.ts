import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import type { Domain } from '../domain.ts';
import { isRecord } from '../game/leaves.ts';
import { same } from '../game/same.ts';
import { amountGiven } from './allocated.ts';
import { amounts, believed, isAmount, largestAmount } from './amounts.ts';

/**
 * Somebody who would buy at most, or sell at least, at a price.
 *
 * @category Domains
 */
export interface Trader {
  readonly side: 'buy' | 'sell';
  readonly price: number;
  /** Units; 1 unless given. */
  readonly quantity?: number;
}

/**
 * How traders are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface DoubleAuctionOptions<Report = Trader> {
  /** Writes a trader as a report: the trader itself unless given. */
  readonly report?: (trader: Trader) => Report;
  /** Reads it back. */
  readonly trader?: (report: Report) => Trader;
  /** The most units a random trader wants: 1 unless given. */
  readonly units?: number;
  /** The prices of the grid: 0 to 3 unless given. */
  readonly grid?: readonly number[];
  /** The largest random price: 2⁶⁰ unless given, though most are small. */
  readonly largest?: number;
}

/**
 * Buyers and sellers of one thing. Welfare is gains from trade. Who has the thing to sell is public: nobody lies about its side.
 *
 * @category Domains
 * @example
 * ```ts
 * import { doubleAuction } from '@mechane/conformance';
 *
 * const types = new Map([
 *   ['ann', { side: 'buy', price: 9 }],
 *   ['bob', { side: 'sell', price: 4 }],
 *   ['cat', { side: 'sell', price: 6 }],
 * ]);
 * doubleAuction().bestWelfare?.(types, {}); // => 5
 * ```
 */
export function doubleAuction<Report = Trader>(options: DoubleAuctionOptions<Report> = {}): Domain<unknown, Report> {
  const {
    report = (trader) => trader as Report,
    trader = (report) => report as Trader,
    units = 1,
    grid = [0, 1, 2, 3],
    largest = largestAmount,
  } = options;
  return {
    name: 'double-auction',
    grid: () => grid.flatMap((price) => [report({ side: 'buy', price }), report({ side: 'sell', price })]),
    types: () => traders(amounts(largest)),
    prior: () => traders(believed(largest)),
    isType(type) {
      const { price, quantity = 1 } = trader(type);
      const isCount = Number.isInteger(quantity) && quantity >= 1 && quantity <= units;
      return isAmount(price, largest) && isCount && same(report(trader(type)), type);
    },
    value(agent, type, outcome) {
      const { trades } = outcome as { trades?: unknown };
      if (!isRecord(trades)) return undefined;
      const { side, price, quantity = 1 } = trader(type);
      const traded = Number(trades[agent] ?? 0);
      return side === 'buy' ? worthToBuyer(price, quantity, traded) : costToSeller(price, quantity, -traded);
    },
    misreports(type) {
      const { quantity = 1, ...own } = trader(type);
      return Array.from({ length: quantity - 1 }, (_, fewer) => report({ ...own, quantity: fewer + 1 }));
    },
    mayReport(type, report) {
      const [truth, lie] = [trader(type), trader(report)];
      if (truth.side !== lie.side) return false;
      return truth.side === 'buy' || (lie.quantity ?? 1) <= (truth.quantity ?? 1);
    },
    bestWelfare: (types) => bestTrade([...types.values()].map(trader)),
    infeasible(outcome, types) {
      const { trades } = outcome as { trades?: unknown };
      if (!isRecord(trades)) return undefined;
      let balance = 0;
      for (const [agent, bought] of Object.entries(trades as Readonly<Record<string, number>>)) {
        const type = types.get(agent);
        if (type === undefined) return `${agent} trades without taking part`;
        const { side, quantity = 1 } = trader(type);
        if (side === 'buy' ? bought < 0 : bought > 0) return `${agent} wants to ${side} and does the opposite`;
        if (Math.abs(bought) > quantity * (1 + 1e-9))
          return `${agent} trades ${Math.abs(bought)} units and wants ${quantity}`;
        balance += bought;
      }
      return Math.abs(balance) > 1e-9 ? `${balance} more units are bought than sold` : undefined;
    },
    share: amountGiven,
    raises(from, to) {
      const [one, other] = [trader(from), trader(to)];
      if (one.side !== other.side || (one.quantity ?? 1) !== (other.quantity ?? 1)) return false;
      return one.side === 'buy' ? other.price > one.price : other.price < one.price;
    },
  };

  function traders(prices: Arbitrary<number>): Arbitrary<Report> {
    return fc
      .record({ side: fc.constantFrom('buy', 'sell'), price: prices, quantity: fc.integer({ min: 1, max: units }) })
      .map(({ side, price, quantity }) => report(units === 1 ? { side, price } : { side, price, quantity }));
  }
}

/** A buyer has no use for more than it wants, and nothing to sell. */
function worthToBuyer(price: number, quantity: number, bought: number): number {
  return bought < 0 ? Number.NEGATIVE_INFINITY : price * Math.min(bought, quantity);
}

/** A seller parts with what it has, at its cost, and has no use for more. */
function costToSeller(price: number, quantity: number, sold: number): number {
  if (sold > quantity * (1 + 1e-9)) return Number.NEGATIVE_INFINITY;
  return sold > 0 ? -price * sold : 0;
}

/** The best balance of buying and selling, unit by unit: `best` by how many more were bought than sold. */
function bestTrade(traders: readonly Trader[]): number {
  let best = new Map<number, number>([[0, 0]]);
  for (const { side, price, quantity = 1 } of traders) {
    const [step, worth] = side === 'buy' ? [1, price] : [-1, -price];
    for (let unit = 0; unit < quantity; unit++) {
      const next = new Map(best);
      for (const [balance, gains] of best) {
        next.set(balance + step, Math.max(next.get(balance + step) ?? Number.NEGATIVE_INFINITY, gains + worth));
      }
      best = next;
    }
  }
  return best.get(0) as number;
}
