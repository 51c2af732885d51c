/*
 * Bidding languages (Nisan, "Bidding and allocation in combinatorial auctions", 2000). XOR: at most one of the bids wins; says any
 * values. OR: any number of them that fit; says values without substitutes. OR*: OR with dummy goods, which nobody but the
 * bidder knows, so that bids that share one exclude each other; says both, often shorter.
 */
import { amount } from '@mechane/core';
import * as z from 'zod';
import { firstRepeated } from './goods.ts';

export const bundle: z.ZodArray<z.ZodString> = z
  .array(z.string())
  .min(1)
  .check(({ value, issues }) => {
    const again = firstRepeated(value);
    if (again < 0) return;
    issues.push({ code: 'custom', message: 'expected every good of a bundle once', path: [again], input: value });
  });

export const packageBid: z.ZodObject<{ bundle: typeof bundle; value: z.ZodNumber }, z.core.$strict> = z.strictObject({
  bundle: bundle.describe('The goods that are wanted together'),
  value: amount.describe('What they are worth together'),
});

const xorBids: z.ZodObject<{ xor: z.ZodArray<typeof packageBid> }, z.core.$strict> = z.strictObject({
  xor: z.array(packageBid).describe('Bids of which at most one wins'),
});

const orBids: z.ZodObject<
  { or: z.ZodArray<typeof packageBid>; dummies: z.ZodOptional<z.ZodArray<z.ZodString>> },
  z.core.$strict
> = z.strictObject({
  or: z.array(packageBid).describe('Bids of which any number may win'),
  dummies: z
    .array(z.string())
    .optional()
    .describe('Names in bundles that stand for no good: bids that share one exclude each other (OR*)'),
});

/** What an agent bids on packages. */
export const packageBids: z.ZodUnion<readonly [typeof xorBids, typeof orBids]> = z.union([xorBids, orBids]);

/** @category Types of mechanisms */
export type PackageBids = z.output<typeof packageBids>;
/** @category Types of mechanisms */
export type PackageBid = z.output<typeof packageBid>;

/** The bids, whatever the language. */
export function listOf(bids: PackageBids): readonly PackageBid[] {
  return 'xor' in bids ? bids.xor : bids.or;
}

/** The most that the bids can come to: of XOR bids one wins, of OR bids perhaps all. */
export function mostBid(bids: PackageBids): number {
  const isEither = 'xor' in bids;
  return listOf(bids).reduce((most, { value }) => (isEither ? Math.max(most, value) : most + value), 0);
}

/** Names that stand for no good. */
export function dummiesOf(bids: PackageBids): readonly string[] {
  return ('or' in bids ? bids.dummies : undefined) ?? [];
}
