import type { FallingPriceSettings, FullFallingPriceSettings } from './falling-price.ts';

/**
 * How many units there are, how the price falls, and whether everybody pays its own price or all pay the last.
 *
 * @category Types of mechanisms
 */
export interface MultiUnitSettings extends FallingPriceSettings {
  units: number;
  pricing?: 'pay-as-bid' | 'uniform' | undefined;
}

/** The settings with defaults filled in. */
export interface FullMultiUnitSettings extends FullFallingPriceSettings {
  units: number;
  pricing: 'pay-as-bid' | 'uniform';
}
