import { type ErrorDetails, MechaneError, nearestKey, quote } from '@mechane/core';

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

/** What is wrong with what is believed of somebody who does not take part, while of others who do nothing is said. */
export function strangerBelieved(agent: string, others: readonly string[]): ErrorDetails {
  const nearest = nearestKey(agent, others);
  return {
    problem: `no agent is called ${quote(agent)}`,
    path: ['distributions', agent],
    expected: 'an agent that takes part',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}
