import type { ErrorDetails } from '@mechane/core';
import { goodAsDummy, goodNotForSale } from './errors.ts';
import { copiesOf, type GoodsForSale } from './goods.ts';
import { dummiesOf, listOf, type PackageBids } from './package-bids.ts';

/** What is wrong with well-formed bids in an auction of these goods. */
export function refuseBids(bids: PackageBids, { goods }: { readonly goods: GoodsForSale }): ErrorDetails | undefined {
  const copies = copiesOf(goods);
  const dummies = new Set(dummiesOf(bids));
  const language = 'xor' in bids ? 'xor' : 'or';
  for (const [index, dummy] of dummiesOf(bids).entries()) {
    if (copies.has(dummy)) return goodAsDummy(['dummies', index], dummy);
  }
  for (const [index, { bundle }] of listOf(bids).entries()) {
    const at = bundle.findIndex((good) => !copies.has(good) && !dummies.has(good));
    if (at >= 0) return goodNotForSale([language, index, 'bundle', at], bundle[at] as string, [...copies.keys()]);
  }
  return undefined;
}
