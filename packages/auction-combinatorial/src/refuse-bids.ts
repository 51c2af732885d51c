import type { ErrorDetails } from '@mechane/core';
import { goodAsDummy, goodNotForSale, valueTooLarge } from './errors.ts';
import { copiesOf, type GoodsForSale } from './goods.ts';
import { dummiesOf, listOf, type PackageBids } from './package-bids.ts';

/** Keeps sums of a hundred million values numbers. */
export const largestValue = 1e300;

/** What is wrong with well-formed bids in an auction of these goods. */
export function refuseBids(bids: PackageBids, { goods }: { readonly goods: GoodsForSale }): ErrorDetails | undefined {
  const copies = copiesOf(goods);
  const dummies = new Set(dummiesOf(bids));
  const language = 'xor' in bids ? 'xor' : 'or';
  for (const [index, dummy] of dummiesOf(bids).entries()) {
    if (copies.has(dummy)) return goodAsDummy(['dummies', index], dummy);
  }
  for (const [index, { bundle, value }] of listOf(bids).entries()) {
    const at = bundle.findIndex((good) => !copies.has(good) && !dummies.has(good));
    if (at >= 0) return goodNotForSale([language, index, 'bundle', at], bundle[at] as string, [...copies.keys()]);
    if (value > largestValue) return valueTooLarge([language, index, 'value'], largestValue);
  }
  return undefined;
}
