import type { Domain } from '../domain.ts';
import { same } from '../game/same.ts';
import { amounts, believed, isAmount } from './amounts.ts';
import { firstNumber } from './single-item.ts';

/**
 * How peaks are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface SinglePeakedOptions<Report = { peak: number }> {
  /** Writes a peak as a report: `{ peak }` unless given. */
  readonly report?: (peak: number) => Report;
  /** Reads it back: the first number in the report unless given. */
  readonly peak?: (report: Report) => number;
  /** Writes a location as an outcome: `{ location }` unless given. */
  readonly outcome?: (location: number) => object;
  /** Reads it back: `location` in the outcome unless given; `undefined` where there is none. */
  readonly location?: (outcome: object) => number | undefined;
  /** The peaks of the grid: 0 to 5 unless given. */
  readonly grid?: readonly number[];
  /** The largest random peak: 2⁵³ unless given, though most are small. */
  readonly largest?: number;
}

/**
 * Agents on a line who each want a facility as near as can be (Moulin 1980). Welfare is the distance they walk, below zero.
 *
 * @category Domains
 * @example
 * ```ts
 * import { singlePeaked } from '@mechane/conformance';
 *
 * const types = new Map([['ann', { peak: 0 }], ['bob', { peak: 2 }], ['cat', { peak: 9 }]]);
 * singlePeaked().bestWelfare?.(types, {}); // => -9
 * ```
 */
export function singlePeaked<Report = { peak: number }>(
  options: SinglePeakedOptions<Report> = {},
): Domain<unknown, Report> {
  const {
    report = (peak) => ({ peak }) as Report,
    peak = firstNumber,
    outcome = (location) => ({ location }),
    location = locationIn,
    grid = [0, 1, 2, 3, 4, 5],
    largest = 2 ** 53,
  } = options;
  return {
    name: 'single-peaked',
    grid: () => grid.map(report),
    types: () => amounts(largest).map(report),
    prior: () => believed(largest).map(report),
    isType: (type) => isAmount(peak(type), largest) && same(report(peak(type)), type),
    value(_agent, type, result) {
      const site = location(result);
      return site === undefined ? undefined : 0 - Math.abs(peak(type) - site);
    },
    // The facility is there for whoever stays away, too.
    outsideOption: () => Number.NEGATIVE_INFINITY,
    misreports: () => [report(0), report(Math.min(largest, 10_000))],
    bestWelfare(types) {
      const peaks = [...types.values()].map(peak);
      const walks = peaks.map((location) => peaks.reduce((walk, home) => walk + Math.abs(home - location), 0));
      return 0 - Math.min(...walks, ...(walks.length === 0 ? [0] : []));
    },
    *alternatives(types) {
      const peaks = [...types.values()].map(peak);
      for (const one of peaks) for (const other of peaks) yield outcome((one + other) / 2);
    },
  };
}

function locationIn(outcome: object): number | undefined {
  const { location } = outcome as { location?: unknown };
  return typeof location === 'number' ? location : undefined;
}
