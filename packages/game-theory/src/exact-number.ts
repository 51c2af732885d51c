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
