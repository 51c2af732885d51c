import { type ErrorDetails, MechaneError, nearestKey, type Path, quote } from '@mechane/core';

/**
 * The codes this package adds to those of core.
 *
 * @category Errors
 */
export type GameErrorCode =
  | 'invalid-file'
  | 'invalid-game'
  | 'invalid-number'
  | 'no-mechanism'
  | 'too-large'
  | 'unknown-method'
  | 'unsuitable-game';

/** The error for a game that is not well formed. */
export function invalidGame(details: ErrorDetails): MechaneError<'invalid-game'> {
  return new MechaneError('invalid-game', details);
}

/** The error for a place in the text of a file; both count from 1 and make its path. */
export function invalidFile(
  { line, column }: { readonly line: number; readonly column: number },
  details: Omit<ErrorDetails, 'path'>,
): MechaneError<'invalid-file'> {
  return new MechaneError('invalid-file', { ...details, path: ['line', line, 'column', column] });
}

export function invalidNumber(path: Path, given: string): MechaneError<'invalid-number'> {
  return new MechaneError('invalid-number', {
    problem: `${quote(given)} is no number that can be read exactly`,
    path,
    expected: 'a finite number, a decimal such as "0.25" or a fraction such as "1/3"',
    fix: 'write the number so',
  });
}

/** The error for a whole number that a double may have rounded before it came here. */
export function roundedNumber(path: Path, given: number): MechaneError<'invalid-number'> {
  return new MechaneError('invalid-number', {
    problem: `${given} is beyond 2^53, where numbers lose digits`,
    path,
    expected: 'a number that was not rounded',
    fix: 'write it as a text, such as "9007199254740993", or give the JSON of the game as a text',
  });
}

/** The error for what would not fit in memory, thrown before any of it is asked for. */
export function tooLarge(
  what: string,
  size: number | bigint,
  most: number,
  path: Path = [],
): MechaneError<'too-large'> {
  return new MechaneError('too-large', {
    problem: `${what} would be ${size.toLocaleString('en')}`,
    path,
    expected: `at most ${most.toLocaleString('en')}`,
    fix: 'leave out strategies or players',
  });
}

/** The error of a method that is asked about a game it cannot treat. */
export function unsuitableGame(method: string, problem: string, fix: string): MechaneError<'unsuitable-game'> {
  return new MechaneError('unsuitable-game', { problem: `${method}: ${problem}`, fix });
}

export function unknownMethod(method: string, known: readonly string[]): MechaneError<'unknown-method'> {
  const nearest = nearestKey(method, known);
  return new MechaneError('unknown-method', {
    problem: `there is no method ${quote(method)} for this game`,
    path: ['method'],
    expected: `one of ${known.join(', ')}`,
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  });
}

/** The error for a design problem whose constraints nothing keeps, or whose objective has no end. */
export function noMechanism(status: string): MechaneError<'no-mechanism'> {
  return new MechaneError('no-mechanism', {
    problem: `the linear program is ${status}`,
    fix: status === 'unbounded' ? 'ask for participation' : 'promise less: participation "none", or deficit true',
  });
}

/** What is wrong with payoffs that do not have the shape of the game. */
export function notThePayoffs(path: Path, expected: string): ErrorDetails {
  return { problem: 'the table does not have the shape of the game', path, expected, fix: `give ${expected}` };
}

/** What is wrong with strategies among which somebody who takes part has none. `absent` are players who do not take part. */
export function noPlayer(agent: string, absent: readonly string[]): ErrorDetails {
  const nearest = nearestKey(agent, absent);
  return {
    problem: `${quote(agent)} takes part, and is no player of the game`,
    path: ['strategies'],
    expected: 'strategies of everybody who takes part',
    fix: nearest === undefined ? 'add its strategies' : `is ${quote(nearest)} meant to be ${quote(agent)}?`,
  };
}
