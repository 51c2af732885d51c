import type { Arbitrary } from 'fast-check';
import type { Domain } from '../domain.ts';
import { numbersIn } from '../game/leaves.ts';
import { same } from '../game/same.ts';
import { amountGiven, overfull, shareHeld } from './allocated.ts';
import { amounts, believed, isAmount, largestAmount } from './amounts.ts';

/**
 * How values are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface SingleItemOptions<Report = { bid: number }, Settings = unknown> {
  /** Writes a value as the report of an agent to whom the item is worth that: `{ bid: value }` unless given. */
  readonly report?: (value: number) => Report;
  /** Reads the value back: the first number in the report unless given. */
  readonly value?: (report: Report) => number;
  /** The values of the grid: 0 to 5 unless given. */
  readonly grid?: readonly number[];
  /** The largest random value: 2⁶⁰ unless given, though most are small. Lower it for mechanisms that count a price up step by step. */
  readonly largest?: number;
  /** What agents believe of each other's values: whole numbers from 0 to 100, equally likely, unless given. */
  readonly prior?: (settings: Settings) => Arbitrary<number>;
}

/**
 * Agents who want one item, each worth its own number to them. Types include ties, zeros, large values and fractions.
 *
 * @category Domains
 * @example
 * ```ts
 * import { singleItem } from '@mechane/conformance';
 *
 * singleItem().grid({}).slice(0, 3); // => [{ bid: 0 }, { bid: 1 }, { bid: 2 }]
 * singleItem({ report: (value) => ({ value }) }).grid({})[1]; // => { value: 1 }
 * ```
 */
export function singleItem<Report = { bid: number }, Settings = unknown>(
  options: SingleItemOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const {
    report = (value) => ({ bid: value }) as Report,
    value = firstNumber,
    grid = [0, 1, 2, 3, 4, 5],
    largest = largestAmount,
    prior = () => believed(largest),
  } = options;
  return {
    name: 'single-item',
    grid: () => grid.map(report),
    types: () => amounts(largest).map(report),
    prior: (settings) => prior(settings).map(report),
    isType: (type) => isAmount(value(type), largest) && same(report(value(type)), type),
    value(agent, type, outcome) {
      const share = shareHeld(agent, outcome);
      return share && share * value(type);
    },
    bestWelfare(types) {
      let best = 0;
      for (const type of types.values()) best = Math.max(best, value(type));
      return best;
    },
    infeasible: (outcome, types) => overfull(outcome, [...types.keys()], 1, 'item'),
    share: amountGiven,
    raises: (from, to) => value(to) > value(from),
  };
}

export function firstNumber(report: unknown): number {
  const [first] = numbersIn(report);
  return first?.[1] ?? 0;
}
