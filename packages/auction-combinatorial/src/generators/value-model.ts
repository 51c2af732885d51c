import type { AgentId, Random } from '@mechane/core';
import * as z from 'zod';
import { type DrawnBid, type PackageScenario, packageScenario, usualMechanism } from './package-scenario.ts';
import { subset } from './variates.ts';

/** A bidder of a value model: the licences it is interested in, the most it can win, and what it makes of any of them. */
export interface ModelBidder {
  readonly agent: AgentId;
  readonly licences: readonly number[];
  readonly most: number;
  valueOf(bundle: readonly number[]): number;
}

export const valueModelSettings: {
  readonly bundles: z.ZodDefault<z.ZodInt>;
  readonly mechanism: z.ZodDefault<z.ZodString>;
} = {
  bundles: z.int().min(1).max(5_000).default(200).describe('The most bundles that a bidder bids on'),
  mechanism: z.string().default(usualMechanism).describe('The mechanism that the instance names'),
};

/** What a value model takes. */
export interface ValueModelSettings {
  readonly bundles?: number | undefined;
  readonly mechanism?: string | undefined;
}

/** Licences are called A, B, C and so on. */
export function licenceNames(count: number): string[] {
  return Array.from({ length: count }, (_, licence) => String.fromCharCode(65 + licence));
}

/** An auction in which every bidder bids its value on each bundle it may win, or on as many of them, evenly chosen, as it is allowed. */
export function modelScenario(
  { bundles, mechanism }: { readonly bundles: number; readonly mechanism: string },
  licences: number,
  bidders: readonly ModelBidder[],
  random: Random,
): PackageScenario {
  const bids = new Map(bidders.map((bidder) => [bidder.agent, bidsOf(bidder, bundles, random)]));
  return packageScenario(mechanism, licenceNames(licences), bids);
}

function bidsOf(bidder: ModelBidder, bundles: number, random: Random): DrawnBid[] {
  const possible = bundlesWithin(bidder.licences, bidder.most);
  const chosen =
    possible.length <= bundles
      ? possible
      : subset(random, bundles, possible.length).map((at) => possible[at] as number);
  return chosen
    .map((bits) => bidder.licences.filter((_, position) => bits & (1 << position)))
    .map((goods) => ({ goods, value: bidder.valueOf(goods) }));
}

/** All bundles of one licence or more, as bits: position i of `licences` is bit i. */
function bundlesWithin(licences: readonly number[], most: number): readonly number[] {
  const bundles: number[] = [];
  for (let bits = 1; bits < 1 << licences.length; bits++) if (sizeOf(bits) <= most) bundles.push(bits);
  return bundles;
}

function sizeOf(bits: number): number {
  let size = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}
