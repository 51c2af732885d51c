import { type AgentId, type ErrorDetails, MechaneError, nearestKey, type Path, quote } from '@mechane/core';

/**
 * The codes this package adds to those of core.
 *
 * @category Errors
 */
export type CombinatorialAuctionErrorCode = 'unproved-optimum' | 'invalid-cats' | 'too-few-bids' | 'failed-recheck';

export function unknownGood(path: Path, good: string, known: readonly string[]): MechaneError<'invalid-report'> {
  return new MechaneError('invalid-report', goodNotForSale(path, good, known));
}

export function goodNotForSale(path: Path, good: string, known: readonly string[]): ErrorDetails {
  const nearest = nearestKey(good, known);
  return {
    problem: `the good ${quote(good)} is not for sale`,
    path,
    expected: 'a good of the settings',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}

export function dummyForSale(path: Path, good: string): MechaneError<'invalid-report'> {
  return new MechaneError('invalid-report', goodAsDummy(path, good));
}

export function goodAsDummy(path: Path, good: string): ErrorDetails {
  return {
    problem: `${quote(good)} is for sale, so it cannot be a dummy`,
    path,
    expected: 'a name that no good has',
    fix: 'rename the dummy',
  };
}

/** What is wrong with a value so large that the sum of all might be more than a number can say. */
export function valueTooLarge(path: Path, most: number): ErrorDetails {
  return {
    problem: 'this is so much that the sum of all bids may be more than a number can say',
    path,
    expected: `${most} or less`,
    fix: 'count in larger units',
  };
}

/** What is wrong with an activity rule that gives points to somebody who does not take part. */
export function strangerEligible(agent: AgentId, participants: readonly AgentId[]): ErrorDetails {
  const nearest = nearestKey(agent, participants);
  return {
    problem: `there is no agent ${quote(agent)} in this auction`,
    path: ['eligibility', agent],
    expected: 'a participant',
    fix: nearest === undefined ? 'leave it out' : `did you mean ${quote(nearest)}?`,
  };
}

/** The error for a line of a CATS file; `path` is the line's number, from 1. */
export function invalidCats(
  line: number,
  problem: string,
  expected: string,
  fix: string,
): MechaneError<'invalid-cats'> {
  return new MechaneError('invalid-cats', { problem, path: ['line', line], expected, fix });
}

/** The error of a distribution that gives hardly any bid that is not dominated by another. */
export function tooFewBids(wanted: number, found: number): MechaneError<'too-few-bids'> {
  return new MechaneError('too-few-bids', {
    problem: `after ${found} of ${wanted} bids nearly all that is drawn is nothing, or dominated by another bid`,
    path: ['settings', 'bids'],
    fix: 'ask for fewer bids or for more goods, or set removeDominated to false',
  });
}

/** What is wrong with an amount that prices would not reach before the auction has to end. */
export function beyondHighest(path: Path, highest: number): ErrorDetails {
  return {
    problem: 'this is more than all rounds that there may be could come to, 50,000 increments',
    path,
    expected: `${highest} or less`,
    fix: 'give a larger increment, or count in larger units',
  };
}

/** What is wrong with OR bids that come to too many packages to look at in every round. */
export function tooManyPackages(path: Path, most: number): ErrorDetails {
  return {
    problem: `these bids come to more than ${most} packages`,
    path,
    expected: `bids on at most ${most} packages, combinations of OR bids counted`,
    fix: 'bid on fewer packages',
  };
}

/** What is wrong with OR bids that could win copies of the same good. */
export function packagesShareCopies(path: Path, good: string): ErrorDetails {
  return {
    problem: `two OR bids want ${quote(good)}, of which there are copies, and packages have one of each good`,
    path,
    expected: 'OR bids that share no good of which there are copies',
    fix: 'say by XOR bids which packages are wanted',
  };
}

/** What is wrong with a bid below what its package costs by now. */
export function bidTooLow(path: Path, least: number): ErrorDetails {
  return { problem: 'this is less than the price', path, expected: `${least} or more`, fix: `bid ${least}, or pass` };
}

/** What is wrong with naming something twice in one message. */
export function namedTwice(path: Path, what: string): ErrorDetails {
  return { problem: `the ${what} is named twice`, path, expected: `every ${what} once`, fix: 'leave one out' };
}

/** What is wrong with a bid on a good that the bidder would win as it is. */
export function heldAlready(path: Path, good: string): ErrorDetails {
  return {
    problem: `${quote(good)} is this bidder’s at the bid that stands`,
    path,
    expected: 'bids on goods that the bidder does not hold',
    fix: 'leave this bid out',
  };
}

/** What is wrong with bids on more than the activity rule allows. */
export function beyondEligibility(path: Path, activity: number, eligibility: number): ErrorDetails {
  return {
    problem: `what is held and bid on comes to ${activity} points`,
    path,
    expected: `${eligibility} points or fewer, as the bidder was active on no more before`,
    fix: 'bid on fewer goods',
  };
}

/** What is wrong with a bid above one that was said to be the last on its package. */
export function beyondFinal(path: Path, most: number): ErrorDetails {
  return {
    problem: 'this bidder has made its last bid on this package, an increment below the price',
    path,
    expected: `no more than ${most}`,
    fix: `repeat ${most}, or leave this bid out`,
  };
}

/** What is wrong with a demand that an agent would rather have had when it was cheaper. */
export function unlikeEarlierDemand(path: Path, round: number): ErrorDetails {
  return {
    problem: `since round ${round}, this package has become dearer against what was demanded then`,
    path,
    expected: 'a demand that revealed preference allows',
    fix: `repeat the demand of round ${round}, or demand goods whose prices have risen less`,
  };
}

/** What is wrong with a bid that the demand of a clock round speaks against. */
export function beyondRevealed(path: Path, round: number, most: number): ErrorDetails {
  return {
    problem: `in round ${round}, something else was demanded although this package was to be had for less`,
    path,
    expected: `${most} or less`,
    fix: `bid no more than ${most}, or bid more on what was demanded in round ${round}`,
  };
}

/** What is wrong with a message that belongs to the other phase. */
export function otherPhase(phase: 'clock' | 'supplementary'): ErrorDetails {
  return phase === 'clock'
    ? { problem: 'package bids come after the clock', expected: '{ "demand": [goods] }', fix: 'say what is demanded' }
    : { problem: 'the clock has stopped', expected: '{ "bids": [{ bundle, value }] }', fix: 'bid on packages' };
}

/** The error of proxies that take turns without an end that rounding would let them see. */
export function unsettledProxies(steps: number): MechaneError<'unproved-optimum'> {
  return new MechaneError('unproved-optimum', {
    problem: `proxies have not settled after ${steps} turns`,
    path: ['settings', 'increment'],
    fix: 'give an increment',
  });
}

/** What comes from elsewhere as a part of an auction, or the solution of one, and is none of this auction. */
export function otherBids(path: Path, problem: string, expected: string): MechaneError<'invalid-division'> {
  return new MechaneError('invalid-division', {
    problem,
    path,
    expected,
    fix: 'solve the parts of this very scenario, by the same version',
  });
}
