import { type ErrorDetails, MechaneError, type Refusal } from '@mechane/core';

/** The error for an auction whose increment is too small ever to come to an end. */
export function tooManySteps(startingPrice: number, increment: number): MechaneError<'too-many-rounds'> {
  return new MechaneError('too-many-rounds', {
    problem: `from ${startingPrice}, steps of ${increment} do not reach the values in any number of rounds that can be counted`,
    path: ['settings', 'increment'],
    fix: 'give a larger increment, or leave it out for a continuous clock',
  });
}

/** What is wrong with a demand for more units than can be told of one by one. */
export function tooMuchDemanded(demand: number, most: number): ErrorDetails {
  return {
    problem: `${demand} units are more than can be told of one by one`,
    path: ['demand'],
    expected: `${most} or fewer`,
    fix: 'sell in larger lots',
  };
}

/** Why a maximum is refused that does not top what stands. */
export function bidTooLow(max: number, expected: string): Refusal {
  return {
    code: 'bid-too-low',
    problem: `a maximum of ${max} is too low`,
    path: ['max'],
    expected,
    fix: 'bid that, or wait',
  };
}

/** Why nothing can be had at once where no price is named for that. */
export function noBuyNow(): Refusal {
  return {
    code: 'no-buy-now',
    problem: 'this auction names no price to buy at once',
    path: ['buyNow'],
    fix: 'send a maximum',
  };
}

/** Why it cannot be had at once any more. */
export function buyNowGone(): Refusal {
  return {
    code: 'no-buy-now',
    problem: 'a bid stands, and the price to buy at once is gone',
    path: ['buyNow'],
    fix: 'send a maximum',
  };
}

/** Why a bid is refused that does not top the one that stands. */
export function outbid(bid: number, least: number): Refusal {
  return {
    code: 'outbid',
    problem: `a bid of ${bid} is below the least of this round`,
    path: ['bid'],
    expected: `${least} or more, or "pass"`,
    fix: 'bid that, or pass',
  };
}
