import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { xoshiro128 } from '../src/services/random.ts';

describe('the generator', () => {
  // Reference output of xoshiro128** for the state 1, 2, 3, 4, as tested by Rust's rand_xoshiro 0.7.
  test('gives the published words', () => {
    const word = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, word)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
  test('makes a number of two words: 27 bits of the first and 26 of the second, as all 53 of a double', () => {
    for (const seed of [0, 7, 2 ** 40 + 1]) {
      const [numbers, words] = [seededRandom(seed), seededRandom(seed)];
      for (let draw = 0; draw < 100; draw++) {
        const [high, low] = [words.below(2 ** 32), words.below(2 ** 32)];
        const bits = (BigInt(high >>> 5) << 26n) | BigInt(low >>> 6);
        expect(numbers.next()).toBe(Number(bits) / 2 ** 53);
      }
    }
  });
  test('gives the same stream for the same seed and another for another', () => {
    const stream = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(stream(7)).toEqual(stream(7));
    const seeds = [0, 1, -1, 7, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => stream(seed).join())).size).toBe(seeds.length);
  });
  test('is uniform: each of 10 tenths gets its share of 100,000 draws within 5 standard deviations', () => {
    const random = seededRandom(1);
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const tenth = Math.floor(random.next() * 10);
      tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
    }
    for (const drawn of tenths) expect(Math.abs(drawn - 10_000)).toBeLessThan(5 * Math.sqrt(100_000 * 0.1 * 0.9));
  });
  test('draws below a bound without bias, even where words must be drawn again', () => {
    const random = seededRandom(3);
    const bound = 3 * 2 ** 30;
    const thirds = [0, 0, 0];
    for (let draw = 0; draw < 30_000; draw++) {
      const third = Math.floor(random.below(bound) / 2 ** 30);
      thirds[third] = (thirds[third] ?? Number.NaN) + 1;
    }
    for (const drawn of thirds)
      expect(Math.abs(drawn - 10_000)).toBeLessThan(5 * Math.sqrt(30_000 * (1 / 3) * (2 / 3)));
  });
  test('shuffles all 6 orders of three equally often', () => {
    const random = seededRandom(5);
    const orders = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const order = random.shuffled(['a', 'b', 'c']).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(6);
    for (const drawn of orders.values())
      expect(Math.abs(drawn - 1000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
  });
});
