import { MechaneError, quote } from '@mechane/core';

/*
 * Every error of this package: one function each, named after what has gone wrong.
 */

export function noEngine(folder: string, cause: unknown): MechaneError<'missing-engine'> {
  return new MechaneError('missing-engine', {
    problem: `several nodes need Effect Cluster, which is not installed in ${quote(folder)}`,
    path: ['cluster'],
    fix: 'npm install effect@4.1.0 @effect/platform-node@4.1.0 @effect/sql-pg@4.0.5',
    cause,
  });
}

export function nodeUnavailable(session: string, cause: unknown): MechaneError<'node-unavailable'> {
  return new MechaneError('node-unavailable', {
    problem: `no node answers for ${quote(session)} at the moment`,
    fix: 'try again in a moment; where nothing changes, see that a node is up and that it reaches the database',
    cause,
  });
}
