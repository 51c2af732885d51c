/*
 * The variable rate gradual Dutch auction: a posted price that decays while nobody buys and rises with every sale, so that sales
 * follow a schedule.
 *
 * White, Frankie and transmissions11, "Variable Rate GDAs", Paradigm (2022). It promises pace, not truth: a buyer that can wait
 * may pay less later.
 */
import {
  type AgentId,
  amount,
  count,
  defineMechanism,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  positiveAmount,
  quantity,
} from '@mechane/core';
import * as z from 'zod';
import { earlierThanBefore } from './errors.ts';
import { type SalesSchedule, salesSchedule, targetSaleTime } from './schedule.ts';
import { sumsByAgent } from './sums-by-agent.ts';

/**
 * The price of a unit sold on schedule, the share by which it falls per unit of time without a sale, and the schedule.
 *
 * @category Types of mechanisms
 */
export interface GradualSettings {
  targetPrice: number;
  decay: number;
  schedule: SalesSchedule;
  /** How many milliseconds a unit of the schedule's time is, where the host says when orders come. */
  timeUnit?: number | undefined;
}

/**
 * An order for one unit: the most it pays and, in a scenario, when it comes, in units of the schedule's time. Live, the host says when.
 *
 * @category Types of mechanisms
 */
export interface PurchaseOrder {
  at?: number | undefined;
  maxPrice: number;
}

/**
 * What buyers know: how many units have been sold, and when the last order came.
 *
 * @category Types of mechanisms
 */
export interface GradualAsk {
  readonly sold: number;
  readonly since: number;
}

/**
 * A unit sold: to whom, when, at what price.
 *
 * @category Types of mechanisms
 */
export interface GradualSale {
  readonly agent: AgentId;
  readonly at: number;
  readonly price: number;
}

/**
 * The sales in order, and what they come to.
 *
 * @category Types of mechanisms
 */
export interface GradualOutcome {
  readonly sales: readonly GradualSale[];
  /** Units by agent; whoever is missing bought none. */
  readonly allocation: Readonly<Record<AgentId, number>>;
  readonly payments: Payments;
}

const time = z.number().nonnegative();

/** @category Types of mechanisms */
export type GradualDutch = Mechanism<{
  id: 'auction-dutch/gradual';
  settings: GradualSettings;
  report: never;
  outcome: GradualOutcome;
  message: PurchaseOrder;
  ask: GradualAsk;
}>;

/**
 * The gradual Dutch auction. Sale n (from 0) at time t costs `targetPrice · (1 − decay)^(t − f⁻¹(n + 1))`, where f⁻¹(n) is the time by
 * which the schedule wants n units sold: `n / perTimeUnit`, or `−ln(2 · limit / (n + limit) − 1) / timeScale`. An order buys one unit at
 * that price, or nothing where its `maxPrice` is below. On a logistic schedule fewer than `limit` units are sold.
 *
 * Orders come as messages, in the order of their times; it ends when nobody sends another. An order of a scenario with a time before that of
 * an earlier one is refused with `invalid-message`. Live, an order comes when it comes, by the host's clock, of which `timeUnit` milliseconds are a unit
 * of time, and one that says its own time is refused. Anyone may come in.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { dutchAuctions } from '@mechane/auction-dutch';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(dutchAuctions);
 * const settings = { targetPrice: 64, decay: 0.5, schedule: { kind: 'linear', perTimeUnit: 1 } } as const;
 * const messages = [['ann', { at: 1, maxPrice: 70 }], ['bob', { at: 1, maxPrice: 70 }], ['bob', { at: 3, maxPrice: 70 }]] as const;
 * const { outcome } = mechane.run('auction-dutch/gradual', { settings, messages });
 * outcome.sales; // => [{ agent: 'ann', at: 1, price: 64 }, { agent: 'bob', at: 3, price: 32 }]
 * ```
 */
export const gradual: GradualDutch = defineMechanism({
  id: 'auction-dutch/gradual',
  summary:
    'A posted price decays in time and rises with sales, to keep to a schedule (variable rate GDA, Paradigm 2022)',
  settings: z.strictObject({
    targetPrice: positiveAmount.describe('The price of a unit that is sold when the schedule wants it to be'),
    decay: z.number().gt(0).lt(1).describe('The share by which the price falls in a unit of time without a sale'),
    schedule: salesSchedule.describe('How many units should be sold by when'),
    timeUnit: z.number().positive().default(1).describe('Milliseconds in a unit of time, where the host says the time'),
  }),
  message: z.strictObject({
    at: time.optional().describe('When the order comes, from the start of the auction; only in a scenario'),
    maxPrice: amount.describe('The most that the agent pays for the unit'),
  }),
  ask: z.strictObject({ sold: quantity.int(), since: time }),
  outcome: z.strictObject({
    sales: z.array(z.strictObject({ agent: z.string(), at: time, price: amount })),
    allocation: z.record(z.string(), count),
    payments: paymentsByAgent,
  }),

  openEntry: true,
  timeIn: ({ at }) => at,

  *conduct({ settings: { targetPrice, decay, schedule, timeUnit }, participants, listen }) {
    const sales: GradualSale[] = [];
    let since = 0;
    for (;;) {
      const content: GradualAsk = { sold: sales.length, since };
      const last = since;
      const refuse = (_: AgentId, { at = last }: PurchaseOrder) =>
        at < last ? earlierThanBefore(at, last) : undefined;
      const replies = yield* listen(participants, content, { refuse });
      const [order] = replies;
      if (order === undefined) break;
      const [agent, { at = (replies.at?.(agent) ?? since * timeUnit) / timeUnit, maxPrice }] = order;
      since = at;
      const price = targetPrice * (1 - decay) ** (at - targetSaleTime(schedule, sales.length + 1));
      if (price <= maxPrice) sales.push({ agent, at, price });
    }
    return {
      sales,
      allocation: sumsByAgent([], sales, () => 1),
      payments: sumsByAgent(participants, sales, ({ price }) => price),
    };
  },

  mostPaid: ({ maxPrice }, { before }) => before + maxPrice,
  claims: [{ law: 'no-deficit', holds: true, because: 'Prices are positive and nobody is paid anything' }],
});
