import type { AgentId } from '@mechane/core';
import * as z from 'zod';
import type { PackageBid } from '../package-bids.ts';

/** A bid that an agent made in a round. */
export interface PlacedPackageBid extends PackageBid {
  readonly agent: AgentId;
}

/** What was bid in a round that did not stand before, and who was to win after it. */
export interface PackageRound {
  readonly round: number;
  readonly bids: readonly PlacedPackageBid[];
  /** In tie order. */
  readonly winners: readonly AgentId[];
  /** What they would pay together. */
  readonly revenue: number;
}

export const packageRound: z.ZodType<PackageRound> = z.object({
  round: z.int(),
  bids: z.array(z.object({ agent: z.string(), bundle: z.array(z.string()), value: z.number() })),
  winners: z.array(z.string()),
  revenue: z.number(),
});
