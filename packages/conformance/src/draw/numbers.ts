import type { Random } from '@mechane/core';
import { numbersIn } from '../game/leaves.ts';

const mostSeen = 96;

/** Where representations of numbers end, and where what people write does not fit them. */
const notable: readonly number[] = [
  0,
  1,
  2,
  3,
  0.1,
  0.2,
  0.3,
  0.7,
  0.01,
  0.001,
  0.005,
  0.015,
  0.0001,
  1e-7,
  1.005,
  2.675,
  99.99,
  100,
  255,
  256,
  999,
  1_000,
  1_024,
  65_535,
  65_536,
  99_999,
  100_000,
  1e6,
  1e6 + 1,
  2 ** 24 + 1,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 32 + 1,
  1e9,
  1e9 + 0.5,
  1e12,
  1e12 + 1,
  1e15,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 54 + 4,
  1e17,
  2 ** 60,
  Number.MIN_VALUE,
  2 ** -1022,
  1e-300,
];
/** How far from a number that matters it is worth looking. */
const besides: readonly number[] = [
  0, 0, 0, 1, -1, 1, -1, 2, 0.5, -0.5, 0.25, 0.01, -0.01, 0.001, -0.001, 0.004, 0.006, 1e-4, -1e-4, 1e-6, 5, -5, 10,
];

/** Numbers worth trying: those that types have, those that settings, texts and earlier outcomes show, and what stands beside them. */
export class Numbers {
  readonly #constants: readonly number[];
  readonly #seen: number[] = [];

  constructor(constants: Iterable<number>) {
    this.#constants = [...new Set([...constants].filter(Number.isFinite))];
  }

  /** Notes the numbers of an outcome. */
  note(outcome: unknown, random: Random): void {
    for (const [, number] of numbersIn(outcome)) {
      if (number === 0 || !Number.isFinite(number)) continue;
      if (this.#seen.length < mostSeen) this.#seen.push(Math.abs(number));
      else this.#seen[random.below(mostSeen)] = Math.abs(number);
    }
  }

  /** One number, perhaps near one of these. */
  draw(random: Random, near: readonly number[]): number {
    switch (random.below(14)) {
      case 0:
      case 1:
        return random.below(11);
      case 2:
        return random.below(101);
      case 3:
        return random.below(1_001);
      case 4:
        return random.below(10_000) / 100;
      case 5:
        return random.below(100_000) / 1_000;
      case 6:
        return notable[random.below(notable.length)] as number;
      case 7:
      case 8:
        return this.#constants.length === 0 ? random.below(6) : beside(pick(this.#constants, random), random);
      case 9:
      case 10:
        return this.#seen.length === 0 ? random.below(21) : beside(pick(this.#seen, random), random);
      default:
        return near.length === 0 ? random.below(31) : beside(pick(near, random), random);
    }
  }
}

function pick(numbers: readonly number[], random: Random): number {
  return numbers[random.below(numbers.length)] as number;
}

/** A number beside another: equal, a step of some size away, or the very next that a double can be. */
export function beside(number: number, random: Random): number {
  if (random.below(10) === 0) return random.below(2) === 0 ? next(number) : -next(-number);
  const moved = number + (besides[random.below(besides.length)] as number);
  // A tenth and a fifth are three tenths to people, and are drawn as such.
  return Math.abs(moved) < 1e9 ? Number(moved.toFixed(9)) : moved;
}

const bits = new DataView(new ArrayBuffer(8));

/** The smallest double above a number. */
export function next(number: number): number {
  if (number === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, number);
  bits.setBigInt64(0, bits.getBigInt64(0) + (number > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
