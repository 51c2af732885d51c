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
  for (const size of sizes) curve.push({ size, seconds: await medianSeconds(prepare(size), seconds) });
  return curve;
}

const slow = 0.2;

/** Slow calls are timed three times; the others as often as the clock needs. */
async function medianSeconds(call: () => unknown, seconds: number | undefined): Promise<number> {
  const first = timed(call);
  if (first < slow) return (await measureSpeed(call, seconds)).medianSeconds;
  const [, median] = [first, timed(call), timed(call)].sort((a, b) => a - b);
  return median as number;
}

/** Where results go, so that no call is removed for being useless. */
const kept: unknown[] = [];

function timed(call: () => unknown): number {
  const started = performance.now();
  kept[0] = call();
  return (performance.now() - started) / 1e3;
}
