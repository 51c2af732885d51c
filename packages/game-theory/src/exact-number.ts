import type { Path } from '@mechane/core';
import { InvalidNumber, Rational, type RationalLike } from '@mechane/numerics';
import { invalidNumber } from './errors.ts';

/**
 * Reads a number exactly.
 *
 * @param path where it stands in what the user gave
 * @throws MechaneError `invalid-number` for what is not finite or no number
 */
export function exactNumber(value: RationalLike, path: Path = []): Rational {
  try {
    return Rational.of(value);
  } catch (thrown) {
    if (thrown instanceof InvalidNumber) throw invalidNumber(path, thrown.given);
    throw thrown;
  }
}

/** Digits that every double holds. */
const certainDigits = 15;

/**
 * Whether a double may have been rounded before it came here: a whole number beyond 2^53 with more digits than doubles are sure to hold. 1e300
 * is what somebody wrote; 12345678901234567000 is what is left of another number.
 */
export function mayBeRounded(value: number): boolean {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return false;
  return value.toExponential().replace(/e.*|\D/g, '').length > certainDigits;
}
