import { definePlugin, type Plugin } from '@mechane/core';
import { clock } from './clock.ts';
import { gradual } from './gradual.ts';
import { multiUnit } from './multi-unit.ts';
import { version } from './version.ts';

export type { ClockAsk, ClockMessage, DutchClock } from './clock.ts';
export type { ClockOutcome } from './clock-outcome.ts';
export type { FallingPriceSettings } from './falling-price.ts';
export type {
  GradualAsk,
  GradualDutch,
  GradualOutcome,
  GradualSale,
  GradualSettings,
  PurchaseOrder,
} from './gradual.ts';
export type { DutchMultiUnit, MultiUnitAsk, MultiUnitMessage } from './multi-unit.ts';
export type { MultiUnitOutcome, Sale } from './multi-unit-outcome.ts';
export type { MultiUnitSettings } from './multi-unit-settings.ts';
export type { SalesSchedule } from './schedule.ts';
export type { Threshold, ThresholdColumns } from './thresholds.ts';
export type { UnitThresholds } from './unit-thresholds.ts';
export { clock, gradual, multiUnit };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type DutchAuction = typeof clock | typeof multiUnit | typeof gradual;

/**
 * All descending auctions.
 *
 * @category Plugin
 * @example
 * ```ts
 * import { dutchAuctions } from '@mechane/auction-dutch';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(dutchAuctions);
 * const reports = { ann: { threshold: 12.5 }, bob: { threshold: 9 } };
 * const settings = { startingPrice: 20, decrement: 1 };
 * mechane.run('auction-dutch/clock', { settings, reports }).metrics.rounds; // => 9
 * ```
 */
export const dutchAuctions: Plugin<DutchAuction> = definePlugin<DutchAuction>({
  name: '@mechane/auction-dutch',
  version,
  mechanisms: [clock, multiUnit, gradual],
});
