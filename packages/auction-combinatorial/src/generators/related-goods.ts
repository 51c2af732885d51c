/*
 * What regions and arbitrary relationships have in common (Leyton-Brown, Pearson and Shoham 2000): goods have a value that is common to
 * all and one that is the bidder's own, bundles grow from good to related good, and larger ones are worth more than their parts.
 */
import { inMoney, type Random } from '@mechane/core';
import * as z from 'zod';
import type { DrawBidder } from './collect-bids.ts';
import type { DrawnBid } from './package-scenario.ts';
import { uniform, weighted } from './variates.ts';

export interface RelatedGoodsParameters {
  readonly maxGoodValue: number;
  readonly deviation: number;
  readonly additionalGood: number;
  readonly additivity: number;
  readonly maxSubstitutes: number;
  readonly budgetFactor: number;
  readonly resaleFactor: number;
}

type NumberWithDefault = z.ZodDefault<z.ZodNumber>;

export const relatedGoodsSettings: { readonly [Name in keyof RelatedGoodsParameters]: NumberWithDefault } = {
  maxGoodValue: inMoney(z.number().min(1).max(1e6)).default(100).describe('The most that a good is worth to everybody'),
  deviation: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('How far values differ by bidder, as a share of maxGoodValue'),
  additionalGood: z.number().min(0).max(0.99).default(0.9).describe('How likely a bundle grows by one more good'),
  additivity: z
    .number()
    .min(-1)
    .max(2)
    .default(0.2)
    .describe('n goods are worth n to the 1 + additivity more together'),
  maxSubstitutes: z.int().min(0).max(100).default(5).describe('The most other bundles that a bidder bids on'),
  budgetFactor: z.number().min(0).max(100).default(1.5).describe('Other bundles cost at most so many times the first'),
  resaleFactor: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Other bundles have at least this share of its common value'),
};

/** How closely goods are related: adds to `pulls`, for every other good, what having `good` does for wanting it. */
export interface Relations {
  readonly goods: number;
  pull(good: number, pulls: Float64Array): void;
  /** How likely a bundle grows by any good at all instead of a related one. */
  readonly jump: number;
}

export function relatedGoods(parameters: RelatedGoodsParameters, relations: Relations, random: Random): DrawBidder {
  const { maxGoodValue, deviation, additionalGood, additivity } = parameters;
  const { goods } = relations;
  const common = Float64Array.from({ length: goods }, () => uniform(random, 1, maxGoodValue));
  const commonValue = (bundle: readonly number[]): number =>
    bundle.reduce((sum, good) => sum + (common[good] as number), 0);

  return () => {
    for (;;) {
      const own = Float64Array.from(common, () => uniform(random, -deviation, deviation) * maxGoodValue);
      // The share of its range at which a private value stands; where there is no range, all goods are liked as much.
      const liking = own.map((value) => (deviation === 0 ? 1 : (value / maxGoodValue + deviation) / (2 * deviation)));
      const worthOf = (bundle: readonly number[]): number =>
        bundle.reduce(
          (sum, good) => sum + (own[good] as number),
          commonValue(bundle) + bundle.length ** (1 + additivity),
        );
      const first = new GrowingBundle(weighted(random, liking, sum(liking)), liking, relations, random);
      while (first.goods.length < goods && random.next() < additionalGood) if (!first.grow()) break;
      const value = worthOf(first.goods);
      if (value <= 0) continue;
      const budget = parameters.budgetFactor * value;
      const leastResale = parameters.resaleFactor * commonValue(first.goods);
      const others = first.goods
        .map((good) => grown(good, first.goods.length, liking, relations, random))
        .map((bundle): DrawnBid => ({ goods: bundle, value: worthOf(bundle) }))
        .filter((bid) => bid.value >= 0 && bid.value <= budget && commonValue(bid.goods) >= leastResale);
      return [{ goods: ascending(first.goods), value }, ...substitutes(first.goods, others, parameters.maxSubstitutes)];
    }
  };
}

/** The most valuable of the bundles that differ. */
function substitutes(first: readonly number[], others: readonly DrawnBid[], most: number): DrawnBid[] {
  const seen = new Set([ascending(first).join()]);
  return others
    .map(({ goods, value }) => ({ goods: ascending(goods), value }))
    .filter(({ goods }) => seen.size < seen.add(goods.join()).size)
    .sort((a, b) => b.value - a.value)
    .slice(0, most);
}

/** A bundle that has grown from a good to a size, or as far as it could. */
function grown(
  good: number,
  size: number,
  liking: Float64Array,
  relations: Relations,
  random: Random,
): readonly number[] {
  const bundle = new GrowingBundle(good, liking, relations, random);
  while (bundle.goods.length < size && bundle.grow());
  return bundle.goods;
}

class GrowingBundle {
  readonly goods: number[] = [];
  readonly #taken: Uint8Array;
  readonly #pulls: Float64Array;
  readonly #weights: Float64Array;
  readonly #liking: Float64Array;
  readonly #relations: Relations;
  readonly #random: Random;

  constructor(good: number, liking: Float64Array, relations: Relations, random: Random) {
    this.#taken = new Uint8Array(relations.goods);
    this.#pulls = new Float64Array(relations.goods);
    this.#weights = new Float64Array(relations.goods);
    this.#liking = liking;
    this.#relations = relations;
    this.#random = random;
    this.#take(good);
  }

  /** Takes in one more good, if there is one that is related to those it has. */
  grow(): boolean {
    const { jump } = this.#relations;
    if (jump > 0 && this.#random.next() < jump) {
      const rest = Array.from(this.#taken.keys()).filter((good) => this.#taken[good] === 0);
      this.#take(rest[this.#random.below(rest.length)] as number);
      return true;
    }
    let total = 0;
    // Plain loops: bundles grow some hundred times for a bidder, and every time all goods are looked at.
    for (let good = 0; good < this.#weights.length; good++) {
      const weight = this.#taken[good] === 0 ? (this.#pulls[good] as number) * (this.#liking[good] as number) : 0;
      this.#weights[good] = weight;
      total += weight;
    }
    if (total <= 0) return false;
    this.#take(weighted(this.#random, this.#weights, total));
    return true;
  }

  #take(good: number): void {
    this.goods.push(good);
    this.#taken[good] = 1;
    this.#relations.pull(good, this.#pulls);
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function ascending(goods: readonly number[]): number[] {
  return [...goods].sort((a, b) => a - b);
}
