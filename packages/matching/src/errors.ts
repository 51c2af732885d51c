import { type ErrorDetails, nearestKey, quote } from '@mechane/core';

/** More names than this say nothing to anybody. */
const fewNames = 8;

/** What is wrong with a ranking of something that cannot be had. */
function notToBeHad(problem: string, position: number, nearest: string | undefined, expected: string): ErrorDetails {
  return {
    problem,
    path: ['ranking', position],
    expected,
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}

/** What is wrong with a ranking of something that is not among the items. */
export function notAnItem(given: string, position: number, items: readonly string[]): ErrorDetails {
  const expected = items.length > fewNames ? 'an item of the settings' : `one of ${items.map(quote).join(', ')}`;
  return notToBeHad(`${quote(given)} is no item of the settings`, position, nearestKey(given, items), expected);
}

/** What is wrong with a ranking of something that nobody brings. */
export function nobodysItem(given: string, position: number, brought: Iterable<string>): ErrorDetails {
  const expected = 'an item that somebody brings';
  return notToBeHad(`nobody brings ${quote(given)}`, position, nearestKey(given, brought), expected);
}

/** What is wrong with a ranking of somebody who is not there. */
export function nobodyCalled(given: string, position: number, participants: Iterable<string>): ErrorDetails {
  const expected = 'an agent that takes part';
  return notToBeHad(`no agent is called ${quote(given)}`, position, nearestKey(given, participants), expected);
}
