import { type ErrorDetails, MechaneError } from '@mechane/core';

/** The error for an auction whose decrement is too small ever to come to an end. */
export function tooManySteps(startingPrice: number, decrement: number): MechaneError<'too-many-rounds'> {
  return new MechaneError('too-many-rounds', {
    problem: `from ${startingPrice}, steps of ${decrement} do not reach the floor in any number of rounds that can be counted`,
    path: ['settings', 'decrement'],
    fix: 'give a larger decrement, or leave it out for a continuous clock',
  });
}

/** What is wrong with an order that claims to have been sent before the one that was heard before it. */
export function earlierThanBefore(at: number, before: number): ErrorDetails {
  return {
    problem: `time ${at} comes after time ${before}`,
    path: ['at'],
    expected: 'messages in the order of their times',
    fix: 'sort the messages by "at"',
  };
}
