import { type AgentId, MechaneError, nearestKey, type Path, quote } from '@mechane/core';

/** The codes this package adds to those of core. */
export type CombinatorialAuctionErrorCode = 'unproved-optimum' | 'invalid-cats' | 'failed-recheck';

export function unknownGood(path: Path, good: string, known: readonly string[]): MechaneError<'invalid-report'> {
  const nearest = nearestKey(good, known);
  return new MechaneError('invalid-report', {
    problem: `the good ${quote(good)} is not for sale`,
    path,
    expected: 'a good of the settings',
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  });
}

export function dummyForSale(path: Path, good: string): MechaneError<'invalid-report'> {
  return new MechaneError('invalid-report', {
    problem: `${quote(good)} is for sale, so it cannot be a dummy`,
    path,
    expected: 'a name that no good has',
  });
}

export function valuesTooLarge(path: Path): MechaneError<'invalid-report'> {
  return new MechaneError('invalid-report', {
    problem: 'the values of all bids together are more than a number can say',
    path,
    fix: 'count in larger units',
  });
}

/** The error of a payment rule that needs proved optima and has none. */
export function unprovedOptimum(
  rule: string,
  without: AgentId | undefined,
  gap: number,
): MechaneError<'unproved-optimum'> {
  const problem = without === undefined ? 'winner determination' : `winner determination without ${quote(without)}`;
  return new MechaneError('unproved-optimum', {
    problem: `${problem} stopped at a limit, ${(gap * 100).toPrecision(2)} % short of a proof, and ${rule} payments need a proof`,
    path: ['settings'],
    fix: 'raise timeLimit and nodeLimit, or leave them out',
  });
}

/** The error for a line of a CATS file; `path` is the line's number, from 1. */
export function invalidCats(line: number, problem: string, expected?: string): MechaneError<'invalid-cats'> {
  return new MechaneError('invalid-cats', {
    problem,
    path: ['line', line],
    ...(expected === undefined ? {} : { expected }),
  });
}
