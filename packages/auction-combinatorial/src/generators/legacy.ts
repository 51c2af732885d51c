/*
 * The legacy distributions: how researchers drew bids before the test suite, as Leyton-Brown, Pearson and Shoham (2000) collect and number
 * them. L1 to L4 are Sandholm's (1999), L6 and L7 those of Fujishima, Leyton-Brown and Shoham (1999), L5 is after Boutilier, Goldszmidt and
 * Sabata (1999; the attribution is from memory of the paper), L8 after de Vries and Vohra (2003). A size is drawn, so many goods are taken, every set as
 * likely, and a price is drawn; each bid is a bidder of its own.
 *
 * Prices are those of the paper. Files of the suite's release 2.1 differ by their scale: there `lowest` is 0 (L1, L3) or 1 (L2, L4, L6, L7) and `highest` is 1000.
 */
import { defineGenerator, inMoney, type Random } from '@mechane/core';
import * as z from 'zod';
import { binomialSize, type DrawSize, decaySize, evenSize, exponentialSize, normalSize } from './bundle-sizes.ts';
import { type CatsGenerator, catsSettings } from './cats-settings.ts';
import { collectBids, type DrawBidder } from './collect-bids.ts';
import { normal, subset, uniform } from './variates.ts';
import { writeCats } from './write-cats.ts';

type Prices = 'lowest' | 'highest';

const price = inMoney(z.number().min(0).max(1e9));

const prices = (lowest: number, highest: number, of: string) => ({
  lowest: price.default(lowest).describe(`The least ${of}`),
  highest: price.default(highest).describe(`The most ${of}`),
});
const ofBid = 'that a bid offers, whatever its size';
const ofGood = 'that a bid offers for each of its goods';
const constantSize = z.int().min(1).max(5_000).default(3).describe('How many goods every bid asks for');

/** Nearly all bids are dominated where the price has nothing to do with the size. */
const keepDominated = z
  .boolean()
  .default(false)
  .describe('Whether bids are left out that another one can take the place of');

export const catsL1: CatsGenerator<Prices> = defineGenerator({
  id: 'cats-l1',
  summary: 'Bids of any size at any price (Sandholm 1999)',
  settings: catsSettings(prices(0, 1, ofBid), { removeDominated: keepDominated }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      singleBids(settings.goods, source, evenSize(settings.goods, source), fixed(settings, source)),
    ),
  formats: { cats: writeCats },
});

export const catsL2: CatsGenerator<Prices> = defineGenerator({
  id: 'cats-l2',
  summary: 'Bids of any size at a price for each good (Sandholm 1999)',
  settings: catsSettings(prices(0, 1, ofGood)),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      singleBids(settings.goods, source, evenSize(settings.goods, source), linear(settings, source)),
    ),
  formats: { cats: writeCats },
});

export const catsL3: CatsGenerator<Prices | 'size'> = defineGenerator({
  id: 'cats-l3',
  summary: 'Bids of one size at any price (Sandholm 1999)',
  settings: catsSettings({ size: constantSize, ...prices(0, 1, ofBid) }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      singleBids(settings.goods, source, () => settings.size, fixed(settings, source)),
    ),
  formats: { cats: writeCats },
});

export const catsL4: CatsGenerator<Prices | 'alpha'> = defineGenerator({
  id: 'cats-l4',
  summary: 'Bids whose sizes decay, at a price for each good (Sandholm 1999)',
  settings: catsSettings({
    alpha: z.number().min(0).max(0.999).default(0.55).describe('How likely a bid asks for one more good'),
    ...prices(0, 1, ofGood),
  }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      singleBids(settings.goods, source, decaySize(settings.goods, source, settings.alpha), linear(settings, source)),
    ),
  formats: { cats: writeCats },
});

export const catsL5: CatsGenerator<'meanSize' | 'sizeDeviation' | 'meanPrice' | 'priceDeviation'> = defineGenerator({
  id: 'cats-l5',
  summary: 'Bids of normal sizes at normal prices (Boutilier, Goldszmidt and Sabata 1999)',
  settings: catsSettings(
    {
      meanSize: z.number().min(1).max(5_000).default(4).describe('How many goods a bid asks for on average'),
      sizeDeviation: z.number().min(0).max(5_000).default(1).describe('The standard deviation of sizes'),
      meanPrice: price.default(16).describe('What a bid offers on average'),
      priceDeviation: price.default(3).describe('The standard deviation of prices'),
    },
    { removeDominated: keepDominated },
  ),
  generate: (settings, random) =>
    collectBids(settings, random, (source) => {
      const { goods, meanSize, sizeDeviation, meanPrice, priceDeviation } = settings;
      const size = normalSize(goods, source, meanSize, sizeDeviation);
      // What becomes of a negative price is not stated in the paper: here it is nothing.
      return singleBids(goods, source, size, () => Math.max(0, normal(source, meanPrice, priceDeviation)));
    }),
  formats: { cats: writeCats },
});

export const catsL6: CatsGenerator<Prices | 'q'> = defineGenerator({
  id: 'cats-l6',
  summary: 'Bids of exponential sizes at a price for each good (Fujishima, Leyton-Brown and Shoham 1999)',
  settings: catsSettings({
    q: z.number().min(0.05).max(5_000).default(5).describe('A size n is in proportion to e to the −n/q'),
    ...prices(0.5, 1.5, ofGood),
  }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      singleBids(settings.goods, source, exponentialSize(settings.goods, source, settings.q), linear(settings, source)),
    ),
  formats: { cats: writeCats },
});

export const catsL7: CatsGenerator<Prices | 'probability'> = defineGenerator({
  id: 'cats-l7',
  summary: 'Bids of binomial sizes at a price for each good (Fujishima, Leyton-Brown and Shoham 1999)',
  settings: catsSettings({
    probability: z.number().min(0.001).max(1).default(0.2).describe('How likely a bid asks for any one good'),
    ...prices(0.5, 1.5, ofGood),
  }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) => {
      const size = binomialSize(settings.goods, source, settings.probability);
      return singleBids(settings.goods, source, size, linear(settings, source));
    }),
  formats: { cats: writeCats },
});

export const catsL8: CatsGenerator<'size' | 'highest'> = defineGenerator({
  id: 'cats-l8',
  summary: 'Bids of one size at quadratic prices (de Vries and Vohra 2003)',
  settings: catsSettings({
    size: constantSize,
    highest: price.default(1).describe('The most that one good is worth by itself'),
  }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      singleBids(
        settings.goods,
        source,
        () => settings.size,
        (size) => quadraticPrice(Array.from({ length: size }, () => uniform(source, 0, settings.highest))),
      ),
    ),
  formats: { cats: writeCats },
});

/** Goods by themselves, and every two of them together: Σ wᵢ + Σ wᵢwⱼ over i < j. That a pair counts once is not stated in the paper. */
export function quadraticPrice(worths: readonly number[]): number {
  const sum = worths.reduce((total, worth) => total + worth, 0);
  const squares = worths.reduce((total, worth) => total + worth ** 2, 0);
  return sum + (sum ** 2 - squares) / 2;
}

type DrawPrice = (size: number) => number;

interface PriceRange {
  readonly lowest: number;
  readonly highest: number;
}

function fixed({ lowest, highest }: PriceRange, random: Random): DrawPrice {
  return () => uniform(random, lowest, highest);
}

function linear({ lowest, highest }: PriceRange, random: Random): DrawPrice {
  return (size) => size * uniform(random, lowest, highest);
}

function singleBids(goods: number, random: Random, drawSize: DrawSize, drawPrice: DrawPrice): DrawBidder {
  return () => {
    const size = Math.min(goods, drawSize());
    const value = drawPrice(size);
    return [{ goods: subset(random, size, goods), value }];
  };
}
