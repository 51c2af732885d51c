import type { Random } from '@mechane/core';
import type { Experience, FreeBidder, Side } from './bidder.ts';

export interface ZipOptions {
  readonly side?: Side;
}

/**
 * The trader with zero intelligence plus (ZIP; Cliff, "Minimal-intelligence agents for bargaining behaviors in market-based environments",
 * HP Laboratories 97-91, 1997): asks for a margin on its value and moves it, by the rule of Widrow and Hoff with momentum, towards a
 * price a little better than the last one where it could have traded at that, and a little worse where it missed it.
 *
 * Its parameters are drawn as in the paper: a learning rate in [0.1, 0.5], a momentum in [0, 0.1], and a first margin in [0.05, 0.35]. The paper's
 * traders hear every offer; here they hear the price of a round that closes at once.
 */
export function zip(random: Random, { side = 'buy' }: ZipOptions = {}): FreeBidder {
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const rate = between(0.1, 0.5);
  const momentum = between(0, 0.1);
  // A buyer's margin is negative: it bids below its value.
  const sign = side === 'buy' ? -1 : 1;
  let margin = sign * between(0.05, 0.35);
  let drift = 0;
  const clamped = (wanted: number): number =>
    side === 'buy' ? Math.min(0, Math.max(-1, wanted)) : Math.max(0, wanted);
  const move = (value: number, bid: number, target: number): void => {
    drift = momentum * drift + (1 - momentum) * rate * (target - bid);
    if (value > 0) margin = clamped((bid + drift) / value - 1);
  };
  return {
    bid: (value) => value * (1 + margin),
    learn({ value, bid, traded, price }: Experience) {
      const relative = between(0, 0.05);
      const absolute = between(0, 0.05) * value;
      if (traded) {
        // It could have done better: a buyer aims below the price, a seller above it.
        move(value, bid, price * (1 + sign * relative) + sign * absolute);
      } else if (price === 0 || sign * (bid - price) > 0) {
        // Nobody traded, or others did at a price that its offer missed.
        const missed = price === 0 ? bid : price;
        move(value, bid, missed * (1 - sign * relative) - sign * absolute);
      }
    },
  };
}
