/*
 * Arbitrary relationships: goods that complement each other, every two as much as chance has it. Leyton-Brown, Pearson and Shoham (2000): as regions, on a complete graph whose edges have weights. The defaults are
 * those of the suite's release 2.1.
 */
import { defineGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import { type CatsGenerator, catsSettings } from './cats-settings.ts';
import { collectBids } from './collect-bids.ts';
import { type RelatedGoodsParameters, type Relations, relatedGoods, relatedGoodsSettings } from './related-goods.ts';
import { writeCats } from './write-cats.ts';

export const catsArbitrary: CatsGenerator<keyof RelatedGoodsParameters> = defineGenerator({
  id: 'cats-arbitrary',
  summary: 'Bundles of goods that are related as chance has it (Leyton-Brown, Pearson and Shoham 2000)',
  settings: catsSettings(relatedGoodsSettings, {
    // There is a weight for every two goods.
    goods: z.int().min(2).max(1_000).default(64).describe('How many goods are for sale'),
  }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) => relatedGoods(settings, completeGraph(settings.goods, source), source)),
  formats: { cats: writeCats },
});

function completeGraph(goods: number, random: Random): Relations {
  const closeness = new Float64Array(goods * goods);
  for (let one = 0; one < goods; one++) {
    for (let other = 0; other < one; other++) {
      const drawn = random.next();
      closeness[one * goods + other] = drawn;
      closeness[other * goods + one] = drawn;
    }
  }
  return {
    goods,
    jump: 0,
    pull(good, pulls) {
      for (let other = 0; other < goods; other++) {
        pulls[other] = (pulls[other] as number) + (closeness[good * goods + other] as number);
      }
    },
  };
}
