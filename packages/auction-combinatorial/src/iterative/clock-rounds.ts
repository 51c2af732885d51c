/** What bidders of the clock-proxy auction are asked and say, and what is kept of it. */
import { type AgentId, amount, historyOmitted, type Told } from '@mechane/core';
import * as z from 'zod';
import { firstRepeated } from '../goods.ts';
import { type PackageOutcome, packageOutcome } from '../package-auction.ts';
import type { PackageBid } from '../package-bids.ts';
import { packageMessage } from './package-message.ts';
import { pricedPackage } from './priced-package.ts';

/**
 * What every bidder is asked: while the clock runs, what it demands at these prices; after that, which bids it makes on packages. `bids`
 * are those that it has made by demanding.
 *
 * @category Types of mechanisms
 */
export type ClockProxyAsk =
  | { readonly phase: 'clock'; readonly round: number; readonly prices: Readonly<Record<string, number>> }
  | {
      readonly phase: 'supplementary';
      readonly round: number;
      readonly prices: Readonly<Record<string, number>>;
      readonly bids: readonly PackageBid[];
    };

const round = z.int().positive();
const prices = z.record(z.string(), amount);

export const clockProxyAsk: z.ZodType<ClockProxyAsk> = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('clock'), round, prices }),
  z.strictObject({ phase: z.literal('supplementary'), round, prices, bids: z.array(pricedPackage) }),
]);

/**
 * The goods demanded at the prices called, or bids of which at most one wins.
 *
 * @category Types of mechanisms
 */
export type ClockProxyMessage = { demand: string[] } | { bids: PackageBid[] };

const demand = z.array(z.string()).refine((goods) => firstRepeated(goods) < 0, 'expected every good once');

export const clockProxyMessage: z.ZodType<ClockProxyMessage, ClockProxyMessage> = z.union([
  z.strictObject({ demand: demand.describe('The goods wanted at the prices called') }),
  packageMessage,
]);

/**
 * Prices called, and who demanded what.
 *
 * @category Types of mechanisms
 */
export interface ClockRound {
  readonly round: number;
  readonly prices: Readonly<Record<string, number>>;
  /** By agent; whoever is missing demanded nothing. */
  readonly demand: Readonly<Record<AgentId, readonly string[]>>;
}

/**
 * Who gets what for how much, and how prices rose in the first 10,000 rounds.
 *
 * @category Types of mechanisms
 */
export interface ClockProxyOutcome extends PackageOutcome, Told<ClockRound> {
  readonly rounds: number;
}

export const clockProxyOutcome: z.ZodType<ClockProxyOutcome> = packageOutcome.extend({
  rounds: z.int().nonnegative(),
  history: z.array(z.strictObject({ round, prices, demand: z.record(z.string(), z.array(z.string())) })),
  historyOmitted,
});
