import type { Random } from '@mechane/core';
import type { Experience, FreeBidder, Listening, Shout, Side } from './bidder.ts';

/** @category Bidders */
export interface ZipOptions {
  readonly side?: Side;
}

/**
 * The trader with zero intelligence plus (ZIP; Cliff, "Minimal-intelligence agents for bargaining behaviors in market-based environments",
 * HP Laboratories 97-91, 1997): aims at a price, its value with a margin at first, and moves it by the rule of Widrow and Hoff with momentum. It
 * asks for a little more than a price at which others traded and it could have, and gives way a little where it missed a trade. What it
 * bids is never worse for it than its value.
 *
 * Its parameters are drawn as in the paper: a learning rate in [0.1, 0.5], a momentum in [0, 0.1], a first margin in [0.05, 0.35], and steps
 * beyond a price of up to 5 % and, as the paper's 5 cents are of its values of about 2 dollars, up to 2.5 % of the value.
 *
 * The paper's traders hear one offer after another. Where a round closes at once, at one price for all, it aims at that price, a step on the side
 * where it trades: were everybody to ask for more than a price that all hear, buyers and sellers would miss each other. Only whoever set
 * its own price asks for more.
 *
 * @category Bidders
 */
export function zip(random: Random, { side = 'buy' }: ZipOptions = {}): FreeBidder {
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const rate = between(0.1, 0.5);
  const momentum = between(0, 0.1);
  const firstMargin = between(0.05, 0.35);
  /** A buyer gives way upwards. */
  const up = side === 'buy' ? 1 : -1;
  let aim = Number.NaN;
  let drift = 0;
  let last = 0;
  /** A price and a step beyond it: `way` is 1 to give way, and -1 to ask for more. */
  const beyond = (price: number, way: number): number =>
    price * (1 + way * up * between(0, 0.05)) + way * up * between(0, 0.025) * last;
  const moveTo = (target: number): void => {
    drift = momentum * drift + (1 - momentum) * rate * (target - aim);
    aim = Math.max(0, aim + drift);
  };
  return {
    bid(value) {
      if (Number.isNaN(aim)) aim = value * (1 - up * firstMargin);
      last = value;
      return side === 'buy' ? Math.min(value, aim) : Math.max(value, aim);
    },
    learn({ bid, traded, price, paid }: Experience) {
      if (price === 0 && !traded) return moveTo(beyond(aim, 1));
      const own = traded ? Math.abs(paid) : price;
      moveTo(beyond(own, traded && own === bid ? -1 : 1));
    },
    hear({ side: by, price, taken }: Shout, { offer, active }: Listening) {
      if (taken && up * (offer - price) >= 0) moveTo(beyond(price, -1));
      // An offer of the other side was taken that it would not have taken; or one of its own side was not, and its own is no better.
      else if (active && (taken ? by !== side : by === side) && up * (offer - price) <= 0) moveTo(beyond(price, 1));
    },
  };
}
