import { validate } from '@mechane/core';
import * as z from 'zod';
import { aggregate } from './curve.ts';
import { meet, type PartialEquilibrium } from './partial-equilibrium.ts';
import { curveOf, demandSchedule, type Schedule, supplySchedule } from './schedule.ts';
import { applyShock, type Shock, shock } from './shock.ts';

/**
 * A market over periods, and what befalls it.
 *
 * @category Supply and demand
 */
export interface PeriodsSettings {
  /** The schedules of all buyers. */
  demand: Schedule[];
  /** The schedules of all sellers. */
  supply: Schedule[];
  /** How many periods there are. */
  periods: number;
  /** Several in one period add up, in this order. */
  shocks?: Shock[] | undefined;
}

/**
 * A period, counted from 1, and what cleared in it.
 *
 * @category Supply and demand
 */
export interface Period extends PartialEquilibrium {
  readonly period: number;
}

/** @category Supply and demand */
export interface PeriodsOutcome {
  readonly path: readonly Period[];
  /** Of the prices of the path: see {@link volatility}. */
  readonly volatility: number | null;
}

const settings = z.strictObject({
  demand: z.array(demandSchedule).min(1),
  supply: z.array(supplySchedule).min(1),
  periods: z.int().positive().max(1_000_000),
  shocks: z.array(shock).default([]),
});

/**
 * Clears a market period by period, while shocks come and go.
 *
 * @throws MechaneError `invalid-settings` or `unknown-key` with the path.
 * @category Supply and demand
 *
 * @example
 * ```ts
 * import { clearPeriods } from '@mechane/market';
 *
 * const { path } = clearPeriods({
 *   demand: [{ kind: 'linear', intercept: 100, slope: -2 }],
 *   supply: [{ kind: 'linear', intercept: 0, slope: 3 }],
 *   periods: 3,
 *   shocks: [{ kind: 'demand-surge', share: 0.5, from: 2, until: 2 }],
 * });
 * path.map(({ price }) => price); // => [20, 25, 20]
 * ```
 */
export function clearPeriods(given: PeriodsSettings): PeriodsOutcome {
  const { demand, supply, periods, shocks } = validate(settings, given, 'invalid-settings', ['settings']);
  const calm = {
    demand: aggregate(demand.map((schedule) => curveOf('demand', schedule))),
    supply: aggregate(supply.map((schedule) => curveOf('supply', schedule))),
  };
  const cleared = new Map<string, PartialEquilibrium>();
  const path = Array.from({ length: periods }, (_, index): Period => {
    const period = index + 1;
    const befalling = shocks.filter(({ from = 1, until = periods }) => from <= period && period <= until);
    const circumstances = befalling.map((one) => shocks.indexOf(one)).join();
    let equilibrium = cleared.get(circumstances);
    if (equilibrium === undefined) {
      const market = befalling.reduce(applyShock, calm);
      equilibrium = meet(market.demand, market.supply);
      cleared.set(circumstances, equilibrium);
    }
    return { period, ...equilibrium };
  });
  return { path, volatility: volatility(path.flatMap(({ price }) => price ?? [])) };
}

/**
 * The volatility of prices: the standard deviation of their logarithmic returns from one to the next, per period, with n − 1 in the
 * denominator (Hull, "Options, futures, and other derivatives"). `null` where there are fewer than two returns or a price is 0.
 *
 * @category Supply and demand
 * @example
 * ```ts
 * import { volatility } from '@mechane/market';
 *
 * volatility([1, 2, 4, 8]); // => 0
 * volatility([1, 2]); // => null
 * ```
 */
export function volatility(prices: readonly number[]): number | null {
  const returns = prices.slice(1).map((price, index) => Math.log(price / (prices[index] as number)));
  if (returns.length < 2 || !returns.every(Number.isFinite)) return null;
  const mean = returns.reduce((sum, own) => sum + own, 0) / returns.length;
  const squares = returns.reduce((sum, own) => sum + (own - mean) ** 2, 0);
  return Math.sqrt(squares / (returns.length - 1));
}
