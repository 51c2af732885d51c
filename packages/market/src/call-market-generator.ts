import { amount, count, defineGenerator, type InstanceGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import type { Order } from './order.ts';

/**
 * Which double auction to draw a market for.
 *
 * @category Instances
 */
export type CallMarketId = (typeof forOrders)[number] | (typeof forUnits)[number];

/**
 * How many traders there are, and where their prices and quantities lie.
 *
 * @category Instances
 */
export interface CallMarketGeneratorSettings {
  /** The mechanism of the scenario. */
  mechanism?: CallMarketId | undefined;
  buyers?: number | undefined;
  sellers?: number | undefined;
  /** Prices are whole numbers from `lowest` to `highest`, equally likely. */
  lowest?: number | undefined;
  highest?: number | undefined;
  /** Quantities are whole numbers from 1 to `units`, equally likely. */
  units?: number | undefined;
}

/**
 * A scenario for `mechane run`.
 *
 * @category Instances
 */
export interface CallMarketScenario {
  readonly mechanism: CallMarketId;
  readonly reports: Readonly<Record<string, Order>>;
}

const forOrders = ['market/call', 'market/vcg', 'market/muda'] as const;
const forUnits = ['market/mcafee', 'market/trade-reduction', 'market/strongly-budget-balanced'] as const;

const traders = z.int().nonnegative().max(1_000_000).default(10);
const most = 2 ** 31;

/**
 * Draws call markets of buyers and sellers whose values and costs are independent and evenly spread, the setting of Rustichini,
 * Satterthwaite and Williams (1994) and of most experiments.
 *
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const { instance } = mechane.generate('call-market', { settings: { buyers: 3, sellers: 2 }, seed: 1 });
 * Object.keys(instance.reports); // => ['buyer0', 'buyer1', 'buyer2', 'seller0', 'seller1']
 * ```
 */
export const callMarketGenerator: InstanceGenerator<CallMarketGeneratorSettings, CallMarketScenario> = defineGenerator({
  id: 'call-market',
  summary: 'Buyers and sellers with independent, evenly spread prices (Rustichini, Satterthwaite and Williams 1994)',
  settings: z
    .strictObject({
      mechanism: z.enum([...forOrders, ...forUnits]).default('market/call'),
      buyers: traders.describe('How many buyers there are'),
      sellers: traders.describe('How many sellers there are'),
      lowest: amount.int().max(most).default(1).describe('The lowest price'),
      highest: amount.int().max(most).default(100).describe('The highest price'),
      units: count.max(most).default(1).describe('The most units that somebody trades'),
    })
    .refine(({ lowest, highest }) => lowest <= highest, {
      path: ['highest'],
      message: 'expected a highest price that is no lower than the lowest',
    })
    .refine(({ mechanism, units }) => units === 1 || !forUnits.some((id) => id === mechanism), {
      path: ['units'],
      message: 'expected 1: the mechanism is for traders of a single unit',
    }),
  generate({ mechanism, buyers, sellers, lowest, highest, units }, random) {
    const trader = (side: Order['side']): Order => {
      const price = whole(random, lowest, highest);
      return units === 1 ? { side, price } : { side, price, quantity: whole(random, 1, units) };
    };
    const named = (name: string, count: number, side: Order['side']): [string, Order][] =>
      Array.from({ length: count }, (_, index) => [`${name}${index}`, trader(side)]);
    return {
      mechanism,
      reports: Object.fromEntries([...named('buyer', buyers, 'buy'), ...named('seller', sellers, 'sell')]),
    };
  },
});

function whole(random: Random, from: number, to: number): number {
  return from + random.below(to - from + 1);
}
