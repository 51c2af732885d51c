import { MechaneError, type Path, quote } from '@mechane/core';

/** The codes this package adds to those of core. */
export type SealedAuctionErrorCode = 'missing-distribution';

export function invalidColumns(path: Path, problem: string, expected: string): MechaneError<'invalid-columns'> {
  return new MechaneError('invalid-columns', { problem, path: ['columns', ...path], expected });
}

/** The error for the first bid of a column that is none. */
export function firstInvalidBid(bids: Float64Array): MechaneError<'invalid-columns'> {
  const row = bids.findIndex((bid) => !(bid >= 0 && bid < Infinity));
  return invalidColumns(['bids', row], `${bids[row]} is no bid`, 'a finite number, 0 or more');
}

export function missingDistribution(agent: string): MechaneError<'missing-distribution'> {
  return new MechaneError('missing-distribution', {
    problem: `nothing is known of what the item may be worth to ${quote(agent)}`,
    path: ['settings', 'distributions', agent],
    expected: 'a distribution for every bidder',
    fix: 'add one for it, or give "distribution" for all that "distributions" does not name',
  });
}
