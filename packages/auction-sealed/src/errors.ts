import { MechaneError, quote } from '@mechane/core';

/**
 * The codes this package adds to those of core.
 *
 * @category Errors
 */
export type SealedAuctionErrorCode = 'missing-distribution';

export function missingDistribution(agent: string): MechaneError<'missing-distribution'> {
  return new MechaneError('missing-distribution', {
    problem: `nothing is known of what the item may be worth to ${quote(agent)}`,
    path: ['settings', 'distributions', agent],
    expected: 'a distribution for every bidder',
    fix: 'add one for it, or give "distribution" for all that "distributions" does not name',
  });
}
