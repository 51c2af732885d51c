import type { AgentId } from '@mechane/core';
import type { Domain } from '../domain.ts';
import { same } from '../game/same.ts';
import { amounts, believed, isAmount, largestAmount } from './amounts.ts';
import { firstNumber } from './single-item.ts';

/**
 * How values per click are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface PositionsOptions<Report = { bid: number }, Settings = unknown> {
  /** Writes a value per click as a report: `{ bid: value }` unless given. */
  readonly report?: (value: number) => Report;
  /** Reads it back: the first number in the report unless given. */
  readonly value?: (report: Report) => number;
  /** Clicks that each position gets, the best first: `settings.clickThroughRates` unless given. */
  readonly clicks?: (settings: Settings) => readonly number[];
  /** The values of the grid: 0 to 4 unless given. */
  readonly grid?: readonly number[];
  /** The largest random value: 2⁶⁰ unless given, though most are small. */
  readonly largest?: number;
}

/**
 * Advertisers who want a position, each click worth its own number to them (Edelman, Ostrovsky and Schwarz 2007).
 *
 * @category Domains
 * @example
 * ```ts
 * import { positions } from '@mechane/conformance';
 *
 * const types = new Map([['ann', { bid: 4 }], ['bob', { bid: 10 }]]);
 * positions().bestWelfare?.(types, { clickThroughRates: [2, 1] }); // => 24
 * ```
 */
export function positions<Report = { bid: number }, Settings = { clickThroughRates: number[] }>(
  options: PositionsOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const {
    report = (value) => ({ bid: value }) as Report,
    value = firstNumber,
    clicks = clicksOf,
    grid = [0, 1, 2, 3, 4],
    largest = largestAmount,
  } = options;
  return {
    name: 'positions',
    grid: () => grid.map(report),
    types: () => amounts(largest).map(report),
    prior: () => believed(largest).map(report),
    isType: (type) => isAmount(value(type), largest) && same(report(value(type)), type),
    value(agent, type, outcome, settings) {
      if (!('slots' in outcome)) return undefined;
      return clicksFor(agent, outcome, clicks(settings)) * value(type);
    },
    bestWelfare(types, settings) {
      const values = [...types.values()].map(value);
      return values.length > mostTried
        ? bestInOrder(values, clicks(settings))
        : bestAssignment(values, clicks(settings));
    },
    infeasible(outcome, types, settings) {
      const slots = slotsOf(outcome);
      const shown = slots.filter((agent) => agent !== null);
      if (slots.length > clicks(settings).length)
        return `${slots.length} positions are given and there are ${clicks(settings).length}`;
      const stranger = shown.find((agent) => !types.has(agent));
      if (stranger !== undefined) return `${stranger} gets a position without taking part`;
      return new Set(shown).size < shown.length ? 'an agent gets two positions' : undefined;
    },
    share: (agent, outcome, settings) => clicksFor(agent, outcome, clicks(settings)),
    raises: (from, to) => value(to) > value(from),
  };
}

/** With more agents, not all ways to give them positions are tried. */
const mostTried = 6;

/** The best clicks to the best value: what is best by the rearrangement inequality (Hardy, Littlewood and Pólya 1934). */
function bestInOrder(values: readonly number[], clicks: readonly number[]): number {
  const [ranked, rates] = [values, clicks].map((numbers) => numbers.toSorted((a, b) => b - a)) as [number[], number[]];
  return rates.reduce((sum, rate, rank) => sum + rate * (ranked[rank] ?? 0), 0);
}

/** The best of all ways to give positions to agents. */
function bestAssignment(values: readonly number[], [clicks, ...rest]: readonly number[]): number {
  if (clicks === undefined) return 0;
  const given = values.map((value, agent) => clicks * value + bestAssignment(values.toSpliced(agent, 1), rest));
  return Math.max(0, bestAssignment([], rest), ...given);
}

/** The clicks of all positions that an agent has: of one, unless it takes part under several names. */
function clicksFor(agent: AgentId, outcome: object, rates: readonly number[]): number {
  return slotsOf(outcome).reduce((sum, held, slot) => (held === agent ? sum + (rates[slot] ?? 0) : sum), 0);
}

function slotsOf(outcome: object): readonly (AgentId | null)[] {
  return 'slots' in outcome && Array.isArray(outcome.slots) ? outcome.slots : [];
}

function clicksOf(settings: unknown): readonly number[] {
  return (settings as { clickThroughRates: readonly number[] }).clickThroughRates;
}
