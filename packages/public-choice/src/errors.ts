import { type ErrorDetails, nearestKey, quote } from '@mechane/core';

/** What is wrong with a value for something that cannot be chosen. */
export function notAnAlternative(given: string, alternatives: readonly string[]): ErrorDetails {
  const nearest = nearestKey(given, alternatives);
  return {
    problem: `${quote(given)} is no alternative of the settings`,
    path: ['values', given],
    expected: `one of ${alternatives.map((name) => quote(name)).join(', ')}`,
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  };
}
