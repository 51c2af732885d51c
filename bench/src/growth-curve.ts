import type { Measurement } from './growth.ts';
import { measureSpeed } from './speed.ts';

/** Sizes a decade apart, from 10 to 1,000,000. */
export const decades: readonly number[] = [10, 100, 1_000, 10_000, 100_000, 1_000_000];

/**
 * Measures how the time of a call grows with the size of its input.
 *
 * @param prepare makes the input of a size and returns the call to time; making the input is not timed
 * @param sizes `decades` unless told
 * @param seconds the least time to spend on each size
 */
export async function measureGrowth(
  prepare: (size: number) => () => unknown,
  sizes: readonly number[] = decades,
  seconds?: number,
): Promise<Measurement[]> {
  const curve: Measurement[] = [];
  for (const size of sizes) {
    const { medianSeconds } = await measureSpeed(prepare(size), seconds);
    curve.push({ size, seconds: medianSeconds });
  }
  return curve;
}
