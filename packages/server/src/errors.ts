import { MechaneError, quote } from '@mechane/core';

/*
 * Every error of this package: one function each, named after what has gone wrong.
 */

// Stores

/** A line that another has written: a session is open in one service only. */
export function seqTaken(cause: unknown): MechaneError<'seq-taken'> {
  return new MechaneError('seq-taken', {
    problem: 'another service has written the next line of this journal',
    path: ['journal'],
    fix: 'ask that service: a session is open in one only',
    cause,
  });
}

export function storeFailed(cause: unknown): MechaneError<'store-failed'> {
  return new MechaneError('store-failed', {
    problem: 'the store cannot be reached, or refuses to write',
    fix: 'try again in a moment; whoever runs the service finds the cause in its log',
    cause,
  });
}

export function storeInUse(file: string, cause: unknown): MechaneError<'store-in-use'> {
  return new MechaneError('store-in-use', {
    problem: `another process has ${quote(file)} open`,
    path: ['store'],
    fix: 'stop the other service, or give this one a store of its own',
    cause,
  });
}

export function unknownStore(name: string): MechaneError<'unknown-store'> {
  return new MechaneError('unknown-store', {
    problem: `${quote(name.replace(/:[^:@/]*@/, ':…@'))} is no store`,
    path: ['store'],
    expected: '"sqlite:FILE" or "postgres://USER@HOST/DATABASE"',
    fix: 'write sqlite: before the name of a file',
  });
}

/** What SQLite cannot hold. */
export function cannotBind(type: string): MechaneError<'store-failed'> {
  return new MechaneError('store-failed', { problem: `a ${type} cannot be stored`, fix: 'report this: it is a bug' });
}
