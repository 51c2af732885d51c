import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';
import type { Domain } from '../domain.ts';
import { isRecord } from '../game/leaves.ts';
import { same } from '../game/same.ts';
import { amountGiven } from './allocated.ts';
import { amounts, believed, isAmount, largestAmount } from './amounts.ts';
import { type Bundle, bestPacking, bundlesOf, overpacked, type Supply, supplyOf } from './goods.ts';

/**
 * How bundles are written in a mechanism's format, and which there are.
 *
 * @category Domains
 */
export interface BundleOptions<Report = { xor: Bundle[] }, Settings = unknown> {
  /** Writes bundles, of which the agent wants one, as a report: `{ xor: bundles }` unless given. */
  readonly report?: (bundles: readonly Bundle[]) => Report;
  /** Reads them back: the first list in the report unless given. */
  readonly bundles?: (report: Report) => readonly Bundle[];
  /** Copies of each good: `settings.goods` unless given. */
  readonly goods?: (settings: Settings) => Supply;
  /** The values of the grid. */
  readonly grid?: readonly number[];
  /** The largest random value: 2⁶⁰ unless given, though most are small. */
  readonly largest?: number;
}

/** Goods that the grid's bundles are made of; with more, it would be too large to go through. */
const gridGoods = 2;
const mostBundles = 3;

/**
 * Agents who want one of several bundles of goods. The grid has two goods, random types have all of them.
 *
 * @category Domains
 * @example
 * ```ts
 * import { xorBids } from '@mechane/conformance';
 *
 * const both = { xor: [{ bundle: ['A', 'B'], value: 3 }] };
 * const either = { xor: [{ bundle: ['A'], value: 2 }, { bundle: ['B'], value: 2 }] };
 * const types = new Map([['ann', both], ['bob', either], ['cat', either]]);
 * xorBids().bestWelfare?.(types, { goods: ['A', 'B'] }); // => 4
 * ```
 */
export function xorBids<Report = { xor: Bundle[] }, Settings = { goods: string[] | Record<string, number> }>(
  options: BundleOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const { report = asXor<Report>, goods = supplyOf, grid = [1, 3], largest = largestAmount } = options;
  return {
    ...bundleDomain(options),
    name: 'xor-bids',
    grid(settings) {
      const all = bundlesOf([...goods(settings).keys()].slice(0, gridGoods));
      const singles = all.flatMap((bundle) => grid.map((value) => [{ bundle, value }]));
      const choices = all.slice(1).map((bundle, index) => [
        { bundle: all[index] as readonly string[], value: grid[0] as number },
        { bundle, value: grid.at(-1) as number },
      ]);
      return [...singles, ...choices].map(report);
    },
    types: (settings) => several(settings, amounts(largest)),
    prior: (settings) => several(settings, believed(largest)),
  };

  function several(settings: Settings, values: Arbitrary<number>): Arbitrary<Report> {
    return fc
      .uniqueArray(bundle([...goods(settings).keys()], values), {
        minLength: 1,
        maxLength: mostBundles,
        selector: (wanted) => wanted.bundle.join('\n'),
      })
      .map(report);
  }
}

/**
 * Agents who want one certain bundle of goods and nothing else (Lehmann, O'Callaghan and Shoham 2002).
 *
 * @category Domains
 * @example
 * ```ts
 * import { singleMinded } from '@mechane/conformance';
 *
 * singleMinded({ grid: [1] }).grid({ goods: ['A'] }); // => [{ xor: [{ bundle: ['A'], value: 1 }] }]
 * ```
 */
export function singleMinded<Report = { xor: Bundle[] }, Settings = { goods: string[] | Record<string, number> }>(
  options: BundleOptions<Report, Settings> = {},
): Domain<Settings, Report> {
  const { report = asXor<Report>, goods = supplyOf, grid = [1, 2, 3], largest = largestAmount } = options;
  const { isType, ...shared } = bundleDomain(options);
  const { bundles = firstBundles } = options;
  return {
    ...shared,
    isType: (type, settings) => bundles(type).length === 1 && isType?.(type, settings) === true,
    name: 'single-minded',
    grid: (settings) =>
      bundlesOf([...goods(settings).keys()].slice(0, gridGoods))
        .flatMap((bundle) => grid.map((value) => [{ bundle, value }]))
        .map(report),
    types: (settings) => bundle([...goods(settings).keys()], amounts(largest)).map((wanted) => report([wanted])),
    prior: (settings) => bundle([...goods(settings).keys()], believed(largest)).map((wanted) => report([wanted])),
  };
}

/** What is true of bundles however many an agent wants. */
function bundleDomain<Report, Settings>({
  report = asXor<Report>,
  bundles = firstBundles,
  goods = supplyOf,
  largest = largestAmount,
}: BundleOptions<Report, Settings>): Pick<
  Domain<Settings, Report>,
  'isType' | 'value' | 'misreports' | 'bestWelfare' | 'infeasible' | 'share' | 'raises'
> {
  return {
    isType(type) {
      const own = bundles(type);
      return own.every(({ value }) => isAmount(value, largest)) && same(report(own), type);
    },
    value(agent, type, outcome) {
      const { allocation } = outcome as { allocation?: unknown };
      if (!isRecord(allocation)) return undefined;
      const given = allocation[agent];
      const held = Array.isArray(given) ? given : [];
      const within = bundles(type).filter(({ bundle }) => bundle.every((good) => held.includes(good)));
      return within.reduce((best, { value }) => Math.max(best, value), 0);
    },
    misreports(type, settings) {
      const own = bundles(type);
      const everything = [...goods(settings).keys()];
      const single = own.map((wanted) => [wanted]);
      const larger = own.flatMap(({ bundle, value }) =>
        everything.filter((good) => !bundle.includes(good)).map((good) => [{ bundle: [...bundle, good], value }]),
      );
      const smaller = own.flatMap(({ bundle, value }) =>
        bundle.length < 2 ? [] : bundle.map((good) => [{ bundle: bundle.filter((other) => other !== good), value }]),
      );
      return [...single, ...larger, ...smaller].map(report);
    },
    bestWelfare: (types, settings) => bestPacking([...types.values()].map(bundles), goods(settings)),
    infeasible: (outcome, types, settings) => overpacked(outcome, [...types.keys()], goods(settings)),
    share: amountGiven,
    raises(from, to) {
      const [lower, higher] = [bundles(from), bundles(to)];
      return (
        lower.length === higher.length &&
        lower.every(({ bundle, value }, index) => {
          const raised = higher[index] as Bundle;
          return raised.bundle.join('\n') === bundle.join('\n') && raised.value >= value;
        })
      );
    },
  };
}

function bundle(goods: readonly string[], value: Arbitrary<number>): Arbitrary<Bundle> {
  return fc.record({ bundle: fc.subarray([...goods], { minLength: 1 }), value });
}

function asXor<Report>(xor: readonly Bundle[]): Report {
  return { xor } as Report;
}

function firstBundles(report: unknown): readonly Bundle[] {
  return Object.values(report as object).find(Array.isArray) ?? [];
}
