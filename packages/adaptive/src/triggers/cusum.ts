import { invalidReward } from '../errors.ts';
import type { ChangeDetector } from './change-detector.ts';

/** @category Change detectors */
export interface CusumOptions {
  /** What the series comes to while nothing has changed. */
  readonly target: number;
  /** Changes of up to this are let pass for ever; half of the change that is to be found is the usual choice. */
  readonly slack: number;
  /** How far sums may go before a change is called. */
  readonly threshold: number;
}

/**
 * Two-sided CUSUM (Page, "Continuous inspection schemes", Biometrika 41, 1954): for a mean that is known beforehand.
 *
 * @category Change detectors
 */
export function cusum({ target, slack, threshold }: CusumOptions): ChangeDetector {
  let above = 0;
  let below = 0;
  return {
    detects(value) {
      if (!Number.isFinite(value)) throw invalidReward(value, 'a finite number');
      above = Math.max(0, above + value - target - slack);
      below = Math.max(0, below + target - value - slack);
      if (above <= threshold && below <= threshold) return false;
      above = 0;
      below = 0;
      return true;
    },
  };
}
