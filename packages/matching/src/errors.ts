import { type ErrorDetails, nearestKey, quote } from '@mechane/core';

/** What is wrong with a ranking of something that is not among the items. */
export function notAnItem(given: string, position: number, items: readonly string[]): ErrorDetails {
  const nearest = nearestKey(given, items);
  return {
    problem: `${quote(given)} is no item of the settings`,
    path: ['ranking', position],
    expected: `one of ${items.map((name) => quote(name)).join(', ')}`,
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  };
}
