import { type AgentId, perAgent } from '@mechane/core';
import type { PackageBid } from '../package-bids.ts';
import { toSixDigits } from './variates.ts';

/** A bid as a distribution draws it: goods by position. */
export interface DrawnBid {
  readonly goods: readonly number[];
  readonly value: number;
}

/**
 * An auction of packages with its bids, as a scenario to run.
 *
 * @category Instances
 */
export interface PackageScenario {
  readonly mechanism: string;
  readonly settings: { readonly goods: readonly string[] };
  readonly reports: Readonly<Record<AgentId, { readonly xor: readonly PackageBid[] }>>;
}

/** The mechanism that an instance names unless told. */
export const usualMechanism = 'auction-combinatorial/first-price';

/** Each bidder's bids as a report: at most one of them wins. */
export function packageScenario(
  mechanism: string,
  goods: readonly string[],
  bidders: ReadonlyMap<AgentId, readonly DrawnBid[]>,
): PackageScenario {
  const reports = perAgent([...bidders.keys()], (agent) => ({
    xor: (bidders.get(agent) as readonly DrawnBid[]).map(({ goods: bundle, value }) => ({
      bundle: bundle.map((good) => goods[good] as string),
      value: toSixDigits(value),
    })),
  }));
  return { mechanism, settings: { goods: [...goods] }, reports };
}

/** Names as reading a CATS file gives them: `bidder0`, `bidder1` and so on. */
export function numbered(bidders: readonly (readonly DrawnBid[])[]): ReadonlyMap<AgentId, readonly DrawnBid[]> {
  return new Map(bidders.map((bids, index) => [`bidder${index}`, bids]));
}
