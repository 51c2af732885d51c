import { type AgentId, amount, type History } from '@mechane/core';
import * as z from 'zod';
import type { PackageBid } from '../package-bids.ts';
import { pricedPackage } from './priced-package.ts';

/** A bid that an agent made in a round. */
export interface PlacedPackageBid extends PackageBid {
  readonly agent: AgentId;
}

/**
 * What was bid in a round that did not stand before, and who was to win after it.
 *
 * @category Types of mechanisms
 */
export interface PackageRound {
  readonly round: number;
  readonly bids: readonly PlacedPackageBid[];
  /** In tie order. */
  readonly winners: readonly AgentId[];
  /** What they would pay together. */
  readonly revenue: number;
}

export const packageRound: z.ZodType<PackageRound> = z.strictObject({
  round: z.int().positive(),
  bids: z.array(pricedPackage.extend({ agent: z.string() })),
  winners: z.array(z.string()),
  revenue: amount,
});

/** Takes a round down. */
export function addRound(history: History<PackageRound>, round: PackageRound): void {
  history.add(round, round.winners.length + round.bids.reduce((sum, { bundle }) => sum + 2 + bundle.length, 1));
}
