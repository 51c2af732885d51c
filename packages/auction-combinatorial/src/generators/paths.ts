/*
 * Paths in space: lorries, trains, gas or bits from one place to another, over roads that are for sale. Leyton-Brown, Pearson and Shoham (2000).
 * A shipper values any way between its two cities at what the trip is worth less what the way costs. The number of cities follows from
 * the number of goods by `edgeDensity`, as in release 2.1 of the suite, whose defaults
 * these are.
 */
import { defineGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import { type CatsGenerator, catsSettings } from './cats-settings.ts';
import { cheapestPaths } from './cheapest-paths.ts';
import { collectBids, type DrawBidder } from './collect-bids.ts';
import { distanceBetween, type RoadMap, type RoadMapParameters, roadMap } from './road-map.ts';
import { uniform } from './variates.ts';
import { writeCats } from './write-cats.ts';

interface ShippingParameters {
  readonly shippingCostFactor: number;
  readonly maxBids: number;
}

type Names = Exclude<keyof RoadMapParameters, 'goods'> | keyof ShippingParameters;

export const catsPaths: CatsGenerator<Names> = defineGenerator({
  id: 'cats-paths',
  summary: 'Ways from city to city over roads that are for sale (Leyton-Brown, Pearson and Shoham 2000)',
  settings: catsSettings(
    {
      initialConnections: z
        .int()
        .min(1)
        .max(10)
        .default(2)
        .describe('To how many of the nearest cities each city has a road first'),
      edgeDensity: z.number().min(1).max(10).default(3).describe('How many roads there are for a city'),
      buildingPenalty: z
        .number()
        .min(1)
        .max(100)
        .default(1.7)
        .describe('A road that is not there yet counts so many times its length'),
      shippingCostFactor: z
        .number()
        .min(1)
        .max(10)
        .default(1.5)
        .describe('A trip is worth up to so many times the distance'),
      maxBids: z.int().min(1).max(100).default(5).describe('The most ways that a shipper bids on'),
    },
    { goods: z.int().min(2).max(1_000).default(64).describe('How many roads are for sale') },
  ),
  generate: (settings, random) =>
    collectBids(settings, random, (source) => shippers(settings, roadMap(settings, source), source)),
  formats: { cats: writeCats },
});

/** Each shipper bids on the cheapest ways between two cities, at what it gains by them. */
export function shippers(
  { shippingCostFactor, maxBids }: ShippingParameters,
  map: RoadMap,
  random: Random,
): DrawBidder {
  return () => {
    const [from, to] = [random.below(map.cities.length), random.below(map.cities.length)];
    if (from === to) return [];
    const worth = uniform(random, 1, shippingCostFactor) * distanceBetween(map, from, to);
    return cheapestPaths(map, from, to, maxBids, worth).map(({ roads, cost }) => ({
      goods: [...roads].sort((a, b) => a - b),
      value: worth - cost,
    }));
  };
}
