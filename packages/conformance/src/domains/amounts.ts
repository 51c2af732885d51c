import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';

/** Amounts as they come in life and in bugs: mostly small whole numbers, often equal or zero, some large, a few fractions. */
export function amounts(largest: number): Arbitrary<number> {
  const upTo = (bound: number): Arbitrary<number> => fc.integer({ min: 0, max: Math.max(1, Math.min(bound, largest)) });
  return fc.oneof(
    { arbitrary: upTo(10), weight: 6 },
    { arbitrary: upTo(100), weight: 6 },
    { arbitrary: upTo(1_000), weight: 4 },
    { arbitrary: upTo(largest), weight: 2 },
    { arbitrary: upTo(10_000).map((cents) => Math.min(cents / 100, largest)), weight: 2 },
  );
}
