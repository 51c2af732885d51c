import type { Random } from '@mechane/core';
import { normal, whole } from './variates.ts';

/** Draws how many goods a bid asks for, from 1 to all of them. */
export type DrawSize = () => number;

/** Any number of goods, each as likely (Sandholm 1999, "random"). */
export function evenSize(goods: number, random: Random): DrawSize {
  return () => whole(random, 1, goods);
}

/** One good, and one more as long as a coin says so (Sandholm 1999, "decay"). */
export function decaySize(goods: number, random: Random, another: number): DrawSize {
  return () => {
    let size = 1;
    while (size < goods && random.next() < another) size += 1;
    return size;
  };
}

/** n goods with a probability in proportion to e^(−n/q) (Fujishima, Leyton-Brown and Shoham 1999, "exponential"). */
export function exponentialSize(goods: number, random: Random, q: number): DrawSize {
  const within = 1 - Math.exp(-goods / q);
  return () => Math.min(goods, 1 + Math.floor(-q * Math.log(1 - within * random.next())));
}

/** Each good with the same probability, but one at least (Fujishima, Leyton-Brown and Shoham 1999, "binomial"). */
export function binomialSize(goods: number, random: Random, each: number): DrawSize {
  return () => {
    for (;;) {
      let size = 0;
      for (let good = 0; good < goods; good++) if (random.next() < each) size += 1;
      if (size > 0) return size;
    }
  };
}

const tries = 100;

/** Normal, rounded, and drawn again where there are no so many goods. */
export function normalSize(goods: number, random: Random, mean: number, deviation: number): DrawSize {
  return () => {
    let size = mean;
    for (let attempt = 0; attempt < tries; attempt++) {
      size = Math.round(normal(random, mean, deviation));
      if (size >= 1 && size <= goods) return size;
    }
    return Math.min(goods, Math.max(1, Math.round(size)));
  };
}
