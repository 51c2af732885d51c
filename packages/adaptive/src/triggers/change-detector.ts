/**
 * Watches a series and says when its mean has changed.
 *
 * @category Change detectors
 */
export interface ChangeDetector {
  /**
   * Takes the next number; `true` when a change is detected, and then it starts afresh.
   *
   * @throws MechaneError `invalid-value` for what is not finite
   */
  detects(value: number): boolean;
}
