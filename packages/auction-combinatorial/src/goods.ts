import { count } from '@mechane/core';
import * as z from 'zod';

const goodsList: z.ZodArray<z.ZodString> = z
  .array(z.string())
  .min(1)
  .check(({ value, issues }) => {
    const again = firstRepeated(value);
    if (again < 0) return;
    issues.push({ code: 'custom', message: 'expected every good once', path: [again], input: value });
  });

const goodsWithCopies: z.ZodRecord<z.ZodString, z.ZodInt> = z
  .record(z.string(), count)
  .refine((goods) => Object.keys(goods).length > 0, 'expected one good or more');

/** What is for sale: ids, or copies by id. */
export const goodsForSale: z.ZodUnion<readonly [typeof goodsList, typeof goodsWithCopies]> = z.union([
  goodsList,
  goodsWithCopies,
]);

export type GoodsForSale = z.output<typeof goodsForSale>;

const knownCopies = new WeakMap<GoodsForSale, ReadonlyMap<string, number>>();

/** The goods in the order of the settings, with their copies; made once for all who ask. */
export function copiesOf(goods: GoodsForSale): ReadonlyMap<string, number> {
  const known = knownCopies.get(goods);
  if (known) return known;
  const copies = new Map(Array.isArray(goods) ? goods.map((good) => [good, 1]) : Object.entries(goods));
  knownCopies.set(goods, copies);
  return copies;
}

/** The names of the goods that an auction sells. */
export function goodsOf({ goods }: { readonly goods: GoodsForSale }): readonly string[] {
  return [...copiesOf(goods).keys()];
}

/** The position of the first entry that came before; -1 where all are different. */
export function firstRepeated(entries: readonly string[]): number {
  const seen = new Set<string>();
  return entries.findIndex((entry) => seen.size === seen.add(entry).size);
}

/** What every auction of this package sets. */
export const auctionSettings: z.ZodObject<
  {
    goods: typeof goodsForSale;
    timeLimit: z.ZodOptional<z.ZodNumber>;
    nodeLimit: z.ZodOptional<z.ZodInt>;
  },
  z.core.$strict
> = z.strictObject({
  goods: goodsForSale.describe('What is for sale: a list of ids, or copies by id'),
  timeLimit: z.number().nonnegative().optional().describe('Seconds that the search for the best allocation may take'),
  nodeLimit: z.int().nonnegative().optional().describe('Nodes that the search for the best allocation may visit'),
});

export type AuctionSettings = z.output<typeof auctionSettings>;
