/**
 * A reproducible stream of random numbers.
 *
 * @category Services
 */
export interface Random {
  /** A double in [0, 1) with 53 random bits. */
  next(): number;
  /** A whole number in [0, bound), without bias. `bound` is at most 2³². */
  below(bound: number): number;
  /** The values in a random order, as a new array. */
  shuffled<Value>(values: readonly Value[]): Value[];
}

/**
 * The stream that belongs to a seed: xoshiro128** (Blackman and Vigna, 2021), its state filled by SplitMix32 from the
 * seed's two halves, so that no two seeds share a stream.
 * Not for secrets.
 *
 * @category Services
 * @example
 * ```ts
 * import { seededRandom } from '@mechane/core';
 *
 * const [one, two] = [seededRandom(7), seededRandom(7)];
 * one.next() === two.next(); // => true
 * seededRandom(7).shuffled(['a', 'b', 'c']).length; // => 3
 * ```
 */
export function seededRandom(seed: number): Random {
  const low = splitMix32(seed >>> 0);
  const high = splitMix32(Math.floor(seed / two32) >>> 0);
  return fromWords(xoshiro128([low(), low(), high(), high()]));
}

function splitMix32(seed: number): () => number {
  let word = seed;
  return () => {
    word = (word + 0x9e3779b9) | 0;
    const once = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97);
    return twice ^ (twice >>> 15);
  };
}

const two32 = 2 ** 32;

/** The generator itself: 32 random bits a call, from a state of four words that are not all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [s0, s1, s2, s3] = state;
  return () => {
    const scrambled = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return scrambled;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function fromWords(word: () => number): Random {
  const below = (bound: number): number => {
    const unbiased = two32 - (two32 % bound);
    for (;;) {
      const drawn = word();
      if (drawn < unbiased) return drawn % bound;
    }
  };
  return {
    next: () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53,
    below,
    shuffled(values) {
      const shuffled = [...values];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [shuffled[last], shuffled[other]] = [
          shuffled[other] as (typeof shuffled)[number],
          shuffled[last] as (typeof shuffled)[number],
        ];
      }
      return shuffled;
    },
  };
}

/** A seed nobody could foresee, for runs that were given none. */
export function freshSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] as number) >>> 0;
}
