/*
 * Proximity in space: plots of land, licences for regions. Goods are on a grid, and bundles grow from neighbour to neighbour. Leyton-Brown, Pearson
 * and Shoham (2000). Release 2.1 of the suite builds the grid in another way (each border is left out with probability 0.1); that a region
 * inside borders on three others is from memory of the paper. All other defaults are those of the release too.
 */
import { defineGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import { type CatsGenerator, catsSettings } from './cats-settings.ts';
import { collectBids } from './collect-bids.ts';
import { type RelatedGoodsParameters, type Relations, relatedGoods, relatedGoodsSettings } from './related-goods.ts';
import { subset } from './variates.ts';
import { writeCats } from './write-cats.ts';

type Names = keyof RelatedGoodsParameters | 'threeNeighbours' | 'additionalNeighbour' | 'jump';

export const catsRegions: CatsGenerator<Names> = defineGenerator({
  id: 'cats-regions',
  summary: 'Bundles of neighbouring regions (Leyton-Brown, Pearson and Shoham 2000)',
  settings: catsSettings({
    ...relatedGoodsSettings,
    threeNeighbours: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('How likely a region inside borders on three others, not four'),
    additionalNeighbour: z
      .number()
      .min(0)
      .max(0.99)
      .default(0.2)
      .describe('How likely a region has one more diagonal neighbour'),
    jump: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('How likely a bundle grows by any region, not by a neighbour'),
  }),
  generate: (settings, random) =>
    collectBids(settings, random, (source) =>
      relatedGoods(settings, neighbours(regionMap(settings, source), settings.jump), source),
    ),
  formats: { cats: writeCats },
});

interface MapParameters {
  readonly goods: number;
  readonly threeNeighbours: number;
  readonly additionalNeighbour: number;
}

/**
 * For each region its neighbours. Regions fill a square grid row by row. One inside is made to border on three or four of those beside, above and below,
 * one at the edge on all of them; some get neighbours across a corner, but no two such borders cross.
 */
export function regionMap(
  { goods, threeNeighbours, additionalNeighbour }: MapParameters,
  random: Random,
): ReadonlySet<number>[] {
  const side = Math.ceil(Math.sqrt(goods));
  const borders: Set<number>[] = Array.from({ length: goods }, () => new Set());
  const connect = (one: number, other: number): void => {
    borders[one]?.add(other);
    borders[other]?.add(one);
  };
  for (let region = 0; region < goods; region++) {
    const beside = stepsFrom(region, side, goods, straight).map(([other]) => other);
    const kept = beside.length === 4 && random.next() < threeNeighbours ? subset(random, 3, 4) : beside.keys();
    for (const position of kept) connect(region, beside[position] as number);
  }
  for (let region = 0; region < goods; region++) {
    while (random.next() < additionalNeighbour) {
      const free = stepsFrom(region, side, goods, diagonal).filter(
        ([other, [down, right]]) => !borders[region]?.has(other) && !borders[region + down * side]?.has(region + right),
      );
      if (free.length === 0) break;
      const [other] = free[random.below(free.length)] as readonly [number, Step];
      connect(region, other);
    }
  }
  return borders;
}

type Step = readonly [down: number, right: number];

const straight: readonly Step[] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];
const diagonal: readonly Step[] = [
  [1, 1],
  [1, -1],
  [-1, -1],
  [-1, 1],
];

/** The regions that a step leads to, without leaving the map. */
function stepsFrom(region: number, side: number, goods: number, steps: readonly Step[]): (readonly [number, Step])[] {
  const column = region % side;
  return steps.flatMap((step) => {
    const [down, right] = step;
    const other = region + down * side + right;
    const within = column + right >= 0 && column + right < side && other >= 0 && other < goods;
    return within ? [[other, step] as const] : [];
  });
}

function neighbours(borders: readonly ReadonlySet<number>[], jump: number): Relations {
  return {
    goods: borders.length,
    jump,
    pull(good, pulls) {
      for (const other of borders[good] as ReadonlySet<number>) pulls[other] = (pulls[other] as number) + 1;
    },
  };
}
