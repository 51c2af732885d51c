import { type ErrorDetails, MechaneError } from '@mechane/core';

/** The error for an auction whose increment is too small ever to come to an end. */
export function tooManySteps(startingPrice: number, increment: number): MechaneError<'too-many-rounds'> {
  return new MechaneError('too-many-rounds', {
    problem: `from ${startingPrice}, steps of ${increment} do not reach the values in any number of rounds that can be counted`,
    path: ['settings', 'increment'],
    fix: 'give a larger increment, or leave it out for a continuous clock',
  });
}

/** What is wrong with a demand for more units than can be told of one by one. */
export function tooMuchDemanded(demand: number, most: number): ErrorDetails {
  return {
    problem: `${demand} units are more than can be told of one by one`,
    path: ['demand'],
    expected: `${most} or fewer`,
    fix: 'sell in larger lots',
  };
}
