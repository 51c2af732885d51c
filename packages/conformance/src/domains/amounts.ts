import type { Arbitrary } from 'fast-check';
import * as fc from 'fast-check';

/** The largest amount that is drawn unless a domain says otherwise: beyond what doubles count exactly, and far from where they end. */
export const largestAmount: number = 2 ** 60;

/** Amounts as they come in life and in bugs: mostly small whole numbers, often equal or zero, some large, a few fractions, fine ones among them. */
export function amounts(largest: number): Arbitrary<number> {
  const whole = Math.min(largest, Number.MAX_SAFE_INTEGER);
  const upTo = (bound: number): Arbitrary<number> =>
    fc.integer({ min: 0, max: Math.max(1, Math.min(bound, Math.floor(whole))) });
  const parts = (bound: number, parts: number): Arbitrary<number> =>
    upTo(bound).map((part) => Math.min(part / parts, largest));
  return fc.oneof(
    { arbitrary: upTo(10), weight: 6 },
    { arbitrary: upTo(100), weight: 6 },
    { arbitrary: upTo(1_000), weight: 4 },
    { arbitrary: upTo(1_000_000), weight: 2 },
    { arbitrary: upTo(largest), weight: 1 },
    { arbitrary: upTo(1_000_000).map((part) => Math.min(largest, part * Math.max(1, largest / 1_000_000))), weight: 1 },
    { arbitrary: parts(10_000, 100), weight: 2 },
    { arbitrary: parts(20_000, 1_000), weight: 1 },
  );
}

/** What agents believe of each other's amounts unless a domain says otherwise: whole numbers up to 100, equally likely. */
export function believed(largest: number): Arbitrary<number> {
  return fc.integer({ min: 0, max: Math.max(1, Math.min(100, Math.floor(largest))) });
}

/** Whether a number is an amount that agents may have. */
export function isAmount(number: unknown, largest: number): boolean {
  return typeof number === 'number' && number >= 0 && number <= largest;
}
