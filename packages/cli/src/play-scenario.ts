import type { Mechane, Mechanism, RunResult } from '@mechane/core';
import { CliError } from './errors.ts';

/**
 * Plays a scenario whose result can be said in JSON, which has no infinite numbers and would say `null`, as if nothing had
 * been paid.
 *
 * @throws MechaneError for what is wrong in the scenario; CliError `overflow` when sums go beyond all doubles.
 */
export function playScenario(mechane: Mechane<Mechanism>, scenario: unknown): RunResult {
  const result = mechane.runScenario(scenario);
  const { welfare, efficiency, revenue } = result.metrics;
  if (isSayable(welfare) && isSayable(efficiency) && isSayable(revenue)) return result;
  throw new CliError('overflow', {
    problem: 'the amounts are so large that their sum is no finite number',
    path: ['reports'],
    expected: 'amounts whose sum stays below 1.8e308',
    fix: 'use a larger unit',
  });
}

function isSayable(metric: number | null): boolean {
  return metric === null || Number.isFinite(metric);
}
