import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import type { Domain } from '../domain.ts';
import { same } from '../game/same.ts';
import { amounts, largestAmount } from './amounts.ts';

/**
 * What each alternative is worth to an agent.
 *
 * @category Domains
 */
export type Valuation = Readonly<Record<string, number>>;

/**
 * How valuations are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface PublicChoiceOptions<Report = { values: Valuation }, Settings = unknown> {
  /** Writes a valuation as a report: `{ values }` unless given. */
  readonly report?: (values: Valuation) => Report;
  /** Reads it back: the report's first entry unless given. */
  readonly values?: (report: Report) => Valuation;
  /** What can be chosen: `settings.alternatives` unless given. */
  readonly alternatives?: (settings: Settings) => readonly string[];
  /** The values of the grid: 0, 1 and 2 unless given. */
  readonly grid?: readonly number[];
  /** The largest random value, and below 0 the largest cost: 2⁶⁰ unless given, though most are small. */
  readonly largest?: number;
  /** Whether values may be below 0: they may unless this says no. */
  readonly negative?: boolean;
}

const largestGrid = 27;

/**
 * Agents who have to live with one choice among several, each alternative worth something to each of them (Clarke 1971; Groves 1973).
 *
 * @category Domains
 * @example
 * ```ts
 * import { publicChoice } from '@mechane/conformance';
 *
 * const types = new Map([['ann', { values: { park: 5, road: 0 } }], ['bob', { values: { park: -2, road: 1 } }]]);
 * publicChoice().bestWelfare?.(types, { alternatives: ['park', 'road'] }); // => 3
 * ```
 */
export function publicChoice<Report = { values: Record<string, number> }, Settings = { alternatives: string[] }>(
  options: PublicChoiceOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const {
    report = (values) => ({ values }) as Report,
    values = firstEntry,
    alternatives = alternativesOf,
    grid = [0, 1, 2],
    largest = largestAmount,
    negative = true,
  } = options;
  return {
    name: 'public-choice',
    grid(settings) {
      const names = alternatives(settings);
      const valuations = names.reduce<readonly Valuation[]>(
        (some, name) => some.flatMap((valuation) => grid.map((value) => ({ ...valuation, [name]: value }))),
        [{}],
      );
      const everyNth = Math.ceil(valuations.length / largestGrid);
      return valuations.filter((_, index) => index % everyNth === 0).map(report);
    },
    types: (settings) => valuations(settings, signed(amounts(largest))),
    prior: (settings) => valuations(settings, fc.integer({ min: negative ? -100 : 0, max: 100 })),
    isType(type, settings) {
      const own = values(type);
      const names = alternatives(settings);
      const fits = (value: unknown): boolean =>
        typeof value === 'number' && value <= largest && value >= (negative ? -largest : 0);
      return Object.keys(own).every((name) => names.includes(name) && fits(own[name])) && same(report(own), type);
    },
    value(_agent, type, outcome) {
      const { chosen } = outcome as { chosen?: unknown };
      if (chosen === null) return 0;
      return typeof chosen === 'string' ? Number(values(type)[chosen] ?? 0) : undefined;
    },
    misreports(type, settings) {
      const own = values(type);
      const stake = Math.min(largest, 1_000);
      return alternatives(settings).flatMap((name) =>
        [-stake, stake].map((value) => report({ ...own, [name]: negative ? value : Math.max(0, value) })),
      );
    },
    bestWelfare: (types, settings) =>
      alternatives(settings).reduce((best, name) => {
        let welfare = 0;
        for (const type of types.values()) welfare += Number(values(type)[name] ?? 0);
        return Math.max(best, welfare);
      }, Number.NEGATIVE_INFINITY),
    infeasible(outcome, _types, settings) {
      const { chosen } = outcome as { chosen?: unknown };
      return typeof chosen === 'string' && !alternatives(settings).includes(chosen)
        ? `${chosen} is chosen and is no alternative`
        : undefined;
    },
    *alternatives(types, settings) {
      const payments = Object.fromEntries([...types.keys()].map((agent) => [agent, 0]));
      for (const chosen of alternatives(settings)) yield { chosen, payments };
    },
  };

  function signed(value: Arbitrary<number>): Arbitrary<number> {
    return negative ? fc.tuple(value, fc.boolean()).map(([size, isCost]) => (isCost ? 0 - size : size)) : value;
  }

  function valuations(settings: Settings, value: Arbitrary<number>): Arbitrary<Report> {
    return fc.record(Object.fromEntries(alternatives(settings).map((name) => [name, value]))).map(report);
  }
}

function alternativesOf(settings: unknown): readonly string[] {
  return (settings as { alternatives: readonly string[] }).alternatives;
}

function firstEntry(report: unknown): Valuation {
  return Object.values(report as object)[0];
}
