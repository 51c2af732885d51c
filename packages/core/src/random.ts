/** A reproducible stream of random numbers. */
export interface Random {
  /** A double in [0, 1) with 53 random bits. */
  next(): number;
  /** A whole number in [0, bound), without bias. `bound` is at most 2³². */
  below(bound: number): number;
  /** The values in a random order, as a new array. */
  shuffled<Value>(values: readonly Value[]): Value[];
}

/**
 * The stream that belongs to a seed: xoshiro128** (Blackman and Vigna, 2021), its state filled by SplitMix32.
 * Not for secrets.
 *
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
  return new Xoshiro128(seed);
}

const two32 = 2 ** 32;

class Xoshiro128 implements Random {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    let word = (seed >>> 0) ^ Math.imul(Math.floor(seed / two32) | 0, 0x9e3779b1);
    this.#state = Uint32Array.from({ length: 4 }, () => {
      word = (word + 0x9e3779b9) | 0;
      let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    });
  }

  #word(): number {
    const state = this.#state as Uint32Array & [number, number, number, number];
    const scrambled = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotateLeft(state[3], 11);
    return scrambled;
  }

  next(): number {
    return ((this.#word() >>> 5) * 2 ** 26 + (this.#word() >>> 6)) / 2 ** 53;
  }

  below(bound: number): number {
    const unbiased = two32 - (two32 % bound);
    for (;;) {
      const word = this.#word();
      if (word < unbiased) return word % bound;
    }
  }

  shuffled<Value>(values: readonly Value[]): Value[] {
    const shuffled = [...values];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as Value, shuffled[last] as Value];
    }
    return shuffled;
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** A seed nobody could foresee, for runs that were given none. */
export function freshSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] as number) >>> 0;
}
