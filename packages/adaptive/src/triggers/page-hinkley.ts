import { invalidReward } from '../errors.ts';
import type { ChangeDetector } from './change-detector.ts';

/** @category Change detectors */
export interface PageHinkleyOptions {
  /** Changes of less than this are let pass. */
  readonly slack: number;
  /** How far the sum of deviations may come away from its extreme before a change is called. */
  readonly threshold: number;
}

/**
 * The Page–Hinkley test, two-sided (Hinkley, "Inference about the change-point from cumulative sum tests", Biometrika 58, 1971): for a mean that
 * is estimated on the way.
 *
 * @category Change detectors
 */
export function pageHinkley({ slack, threshold }: PageHinkleyOptions): ChangeDetector {
  const fresh = { count: 0, mean: 0, rise: 0, lowest: 0, fall: 0, highest: 0 };
  let state = { ...fresh };
  return {
    detects(value) {
      if (!Number.isFinite(value)) throw invalidReward(value, 'a finite number');
      state.count += 1;
      state.mean += (value - state.mean) / state.count;
      state.rise += value - state.mean - slack;
      state.fall += value - state.mean + slack;
      state.lowest = Math.min(state.lowest, state.rise);
      state.highest = Math.max(state.highest, state.fall);
      if (state.rise - state.lowest <= threshold && state.highest - state.fall <= threshold) return false;
      state = { ...fresh };
      return true;
    },
  };
}
