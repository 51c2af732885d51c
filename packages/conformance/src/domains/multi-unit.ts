import * as fc from 'fast-check';
import type { Domain } from '../domain.ts';
import { isRecord } from '../game/leaves.ts';
import { same } from '../game/same.ts';
import { amountGiven, overfull } from './allocated.ts';
import { amounts, believed, isAmount, largestAmount } from './amounts.ts';

/**
 * How marginal values are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface MultiUnitOptions<Report = { bids: readonly number[] }, Settings = unknown> {
  /** Writes marginal values, never increasing, as a report: `{ bids: marginals }` unless given. */
  readonly report?: (marginals: readonly number[]) => Report;
  /** Reads them back: the first list in the report unless given. */
  readonly marginals?: (report: Report) => readonly number[];
  /** How many units there are: `settings.units` unless given. */
  readonly units?: (settings: Settings) => number;
  /** The marginal values of the grid: 0 to 3 unless given. */
  readonly grid?: readonly number[];
  /** The largest random value: 2⁶⁰ unless given, though most are small. */
  readonly largest?: number;
}

const longestGridReport = 2;
const longestReport = 4;

/**
 * Agents who want several units of one thing, each further unit worth no more than the one before.
 *
 * @category Domains
 * @example
 * ```ts
 * import { multiUnit } from '@mechane/conformance';
 *
 * multiUnit({ grid: [0, 1] }).grid({ units: 2 }); // => [{ bids: [0, 0] }, { bids: [1, 0] }, { bids: [1, 1] }]
 * ```
 */
export function multiUnit<Report = { bids: number[] }, Settings = { units: number }>(
  options: MultiUnitOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const {
    report = (bids) => ({ bids }) as Report,
    marginals = firstList,
    units = unitsOf,
    grid = [0, 1, 2, 3],
    largest = largestAmount,
  } = options;
  return {
    name: 'multi-unit',
    grid: (settings) => nonIncreasing(grid, Math.min(longestGridReport, units(settings))).map(report),
    types: (settings) =>
      fc
        .array(amounts(largest), { minLength: 1, maxLength: Math.min(longestReport, units(settings)) })
        .map((values) => report(values.toSorted((a, b) => b - a))),
    prior: (settings) =>
      fc
        .array(believed(largest), { minLength: 1, maxLength: Math.min(longestReport, units(settings)) })
        .map((values) => report(values.toSorted((a, b) => b - a))),
    isType(type) {
      const own = marginals(type);
      const falls = own.every(
        (value, unit) => isAmount(value, largest) && !(unit > 0 && value > (own[unit - 1] as number)),
      );
      return falls && same(report(own), type);
    },
    value(agent, type, outcome) {
      const { allocation } = outcome as { allocation?: unknown };
      return isRecord(allocation) ? worthOf(amountGiven(agent, outcome), marginals(type)) : undefined;
    },
    misreports(type) {
      const own = marginals(type);
      const fewer = own.map((_, wanted) => own.slice(0, wanted + 1));
      const hidden = own.map((_, wanted) => own.map((value, unit) => (unit <= wanted ? value : 0)));
      const shaded = own.map((value) => own.map((other) => Math.min(other, value)));
      return [...fewer, ...hidden, ...shaded].map(report);
    },
    bestWelfare(types, settings) {
      const supply = units(settings);
      let best = new Array<number>(supply + 1).fill(0);
      for (const type of types.values()) best = withOneMore(best, marginals(type));
      return Math.max(...best);
    },
    infeasible: (outcome, types, settings) => overfull(outcome, [...types.keys()], units(settings), 'unit'),
    share: amountGiven,
    raises(from, to) {
      const [lower, higher] = [marginals(from), marginals(to)];
      return lower.length <= higher.length && lower.every((value, unit) => value <= (higher[unit] as number));
    },
  };
}

/** What so many units are worth, the last perhaps in part. */
function worthOf(units: number, values: readonly number[]): number {
  let worth = 0;
  for (const [unit, value] of values.entries()) worth += value * Math.min(1, Math.max(0, units - unit));
  return worth;
}

/** The best welfare for every number of units, when one more agent may have any number of them. */
function withOneMore(best: readonly number[], values: readonly number[]): number[] {
  return best.map((without, supply) => {
    let most = without;
    let worth = 0;
    for (let taken = 1; taken <= Math.min(supply, values.length); taken++) {
      worth += values[taken - 1] as number;
      most = Math.max(most, worth + (best[supply - taken] as number));
    }
    return most;
  });
}

/** Lists of a length that never increase, the simplest first. */
function nonIncreasing(values: readonly number[], length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return values.flatMap((first) =>
    nonIncreasing(
      values.filter((value) => value <= first),
      length - 1,
    ).map((rest) => [first, ...rest]),
  );
}

function unitsOf(settings: unknown): number {
  return isRecord(settings) && typeof settings.units === 'number' ? settings.units : 1;
}

function firstList(report: unknown): readonly number[] {
  return [report, ...Object.values(report as object)].find(Array.isArray) ?? [];
}
