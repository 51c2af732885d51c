import { readSettings } from '@mechane/core/host';
import { takesLimitOrders } from '../play/continuous-play.ts';
import type { ArmParts } from './ready-play.ts';

/** The decimal place of ticks, from that of the highest value on. */
const places = 3;

/**
 * An arm whose prices are fine enough for the values of those who trade. A market of limit orders takes prices in multiples of its tick, and what it
 * takes for one by itself knows nothing of the unit in which values are counted: where the arm does not say, it is a thousandth of the power of ten
 * below the highest value.
 */
export function withFittingTick(parts: ArmParts, highest: number): ArmParts {
  const { mechanism, settings = {} } = parts;
  if (!takesLimitOrders(mechanism) || typeof settings !== 'object' || settings === null) return parts;
  if ('tickSize' in settings) return parts;
  const read = readSettings(mechanism, settings).settings;
  if (typeof read !== 'object' || read === null || !('tickSize' in read)) return parts;
  const [, exponent] = highest.toExponential().split('e');
  return { ...parts, settings: { ...settings, tickSize: Number(`1e${Number(exponent) - places}`) } };
}
