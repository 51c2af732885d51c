import { MechaneError } from '@mechane/core';

/** The error for an auction whose decrement is too small ever to come to an end. */
export function tooManySteps(startingPrice: number, decrement: number): MechaneError<'too-many-rounds'> {
  return new MechaneError('too-many-rounds', {
    problem: `from ${startingPrice}, steps of ${decrement} do not reach the floor in any number of rounds that can be counted`,
    path: ['settings', 'decrement'],
    fix: 'give a larger decrement, or leave it out for a continuous clock',
  });
}

/** The error for a message that claims to have been sent before the one that was heard before it. */
export function earlierThanBefore(index: number, at: number, before: number): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: `time ${at} comes after time ${before}`,
    path: ['messages', index, 1, 'at'],
    expected: 'messages in the order of their times',
    fix: 'sort the messages by "at"',
  });
}
