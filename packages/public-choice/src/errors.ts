import { type ErrorDetails, nearestKey, quote } from '@mechane/core';

/** More names than this say nothing to anybody. */
const fewNames = 8;

/** What is wrong with a value for something that cannot be chosen. */
export function notAnAlternative(given: string, alternatives: readonly string[]): ErrorDetails {
  const nearest = nearestKey(given, alternatives);
  const few = alternatives.length <= fewNames;
  return {
    problem: `${quote(given)} is no alternative of the settings`,
    path: ['values', given],
    expected: few ? `one of ${alternatives.map(quote).join(', ')}` : 'an alternative of the settings',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}
