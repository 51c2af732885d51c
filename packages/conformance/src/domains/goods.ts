import type { AgentId } from '@mechane/core';
import { isRecord } from '../game/leaves.ts';

/**
 * A set of goods and what it is worth.
 *
 * @category Domains
 */
export interface Bundle {
  readonly bundle: readonly string[];
  readonly value: number;
}

/**
 * How many copies of each good there are.
 *
 * @category Domains
 */
export type Supply = ReadonlyMap<string, number>;

/** Reads `settings.goods`: ids, or copies by id. */
export function supplyOf(settings: unknown): Supply {
  const { goods } = settings as { goods: readonly string[] | Readonly<Record<string, number>> };
  return new Map(Array.isArray(goods) ? goods.map((good: string) => [good, 1]) : Object.entries(goods));
}

/** Every bundle of one good or more, the smallest first. */
export function bundlesOf(goods: readonly string[]): readonly (readonly string[])[] {
  const bundles: (readonly string[])[] = [[]];
  for (const good of goods) bundles.push(...bundles.map((bundle) => [...bundle, good]));
  return bundles.filter((bundle) => bundle.length > 0).toSorted((a, b) => a.length - b.length);
}

/** The most that agents can be worth when each gets one of its bundles, or none: all ways are tried. */
export function bestPacking(agents: readonly (readonly Bundle[])[], supply: Supply): number {
  const known = new Map<string, number>();
  const best = (from: number, left: Supply): number => {
    const own = agents[from];
    if (own === undefined) return 0;
    const key = `${from} ${[...left.values()].join(' ')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let most = best(from + 1, left);
    for (const { bundle, value } of own) {
      const rest = taken(left, bundle);
      if (rest) most = Math.max(most, value + best(from + 1, rest));
    }
    known.set(key, most);
    return most;
  };
  return best(0, supply);
}

function taken(supply: Supply, bundle: readonly string[]): Supply | undefined {
  const left = new Map(supply);
  for (const good of bundle) {
    const copies = left.get(good) ?? 0;
    if (copies < 1) return undefined;
    left.set(good, copies - 1);
  }
  return left;
}

/** What is wrong when goods are given away: more than there are, or to somebody who is not there. */
export function overpacked(outcome: object, agents: readonly AgentId[], supply: Supply): string | undefined {
  const { allocation } = outcome as { allocation?: unknown };
  if (!isRecord(allocation)) return undefined;
  let left: Supply | undefined = supply;
  for (const [agent, goods] of Object.entries(allocation)) {
    if (!Array.isArray(goods) || goods.length === 0) continue;
    if (!agents.includes(agent)) return `${agent} gets goods without taking part`;
    left = left && taken(left, goods);
    if (!left) return `more is given away than there is, at the latest with ${goods.join(', ')} for ${agent}`;
  }
  return undefined;
}
