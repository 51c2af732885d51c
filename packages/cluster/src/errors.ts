import { MechaneError, quote } from '@mechane/core';

/*
 * Every error of this package: one function each, named after what has gone wrong.
 */

export function noEngine(folder: string, cause: unknown): MechaneError<'missing-engine'> {
  return new MechaneError('missing-engine', {
    problem: `several nodes need Effect Cluster, which is not installed in ${quote(folder)}`,
    path: ['cluster'],
    fix: 'npm install --save-exact effect@4.1.0 @effect/platform-node@4.1.0 @effect/sql-pg@4.0.5',
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

export function noDatabase(url: string, cause: unknown): MechaneError<'cannot-open-store'> {
  return new MechaneError('cannot-open-store', {
    problem: `${quote(url.replace(/:[^:@/]*@/, ':…@'))} cannot be opened: ${(cause as Error).message}`,
    path: ['cluster'],
    expected: 'a Postgres that all nodes reach: postgres://USER@HOST/DATABASE',
    fix: 'see that it runs, and that you may make tables in it',
    cause,
  });
}

export function unknownJob(name: string): MechaneError<'unknown-job'> {
  return new MechaneError('unknown-job', {
    problem: `there is no job ${quote(name)}`,
    expected: 'a job that was begun and not finished',
    fix: 'mechane jobs lists them',
  });
}

export function unreadJob(name: string): MechaneError<'unread-job'> {
  return new MechaneError('unread-job', {
    problem: `job ${quote(name)} was cut off before all of its input was read`,
    fix: 'begin it again; mechane jobs forget removes it',
  });
}

export function pieceFailed(name: string, number: number, failure: string): MechaneError<'failed-piece'> {
  return new MechaneError('failed-piece', {
    problem: `piece ${number} of job ${quote(name)} failed: ${failure}`,
    fix: 'see the node that did it; taken up again, the job tries it once more',
  });
}
