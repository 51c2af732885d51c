import { Rational } from '@mechane/numerics';
import type { Payoffs } from './game.ts';

/**
 * The payoffs of one player, as they are read: doubles as long as these stand for just what was read, which takes a tenth of the memory; all
 * rationals once one of them is not.
 */
export class PayoffColumn {
  #doubles: Float64Array | undefined;
  #rationals: Rational[] = [];

  constructor(count: number) {
    this.#doubles = new Float64Array(count);
  }

  set(at: number, payoff: number | Rational): void {
    const doubles = this.#doubles;
    if (doubles !== undefined && typeof payoff === 'number') {
      doubles[at] = payoff;
      return;
    }
    if (doubles !== undefined) {
      this.#rationals = Array.from(doubles, (value) => Rational.of(value));
      this.#doubles = undefined;
    }
    this.#rationals[at] = Rational.of(payoff);
  }

  get payoffs(): Payoffs {
    return this.#doubles ?? this.#rationals;
  }
}
