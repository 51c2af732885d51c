import { MechaneError, type Path } from '@mechane/core';

export function invalidColumns(path: Path, problem: string, expected: string): MechaneError<'invalid-columns'> {
  return new MechaneError('invalid-columns', { problem, path: ['columns', ...path], expected });
}

/** The error for the first value of a column that is none. */
export function firstInvalidValue(values: Float64Array): MechaneError<'invalid-columns'> {
  const row = values.findIndex((value) => !(value >= 0 && value < Infinity));
  return invalidColumns(['values', row], `${values[row]} is no value`, 'a finite number, 0 or more');
}

/** The error for an auction whose increment is too small ever to come to an end. */
export function tooManySteps(startingPrice: number, increment: number): MechaneError<'too-many-rounds'> {
  return new MechaneError('too-many-rounds', {
    problem: `from ${startingPrice}, steps of ${increment} do not reach the values in any number of rounds that can be counted`,
    path: ['settings', 'increment'],
    fix: 'give a larger increment, or leave it out for a continuous clock',
  });
}
