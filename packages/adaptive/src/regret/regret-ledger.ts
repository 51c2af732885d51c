import { overflow } from '../errors.ts';
import type { ValueClasses } from '../population/value-classes.ts';

/**
 * What an agent regrets, in utility a round on average over the rounds looked at: `external` that it did not make one bid for each class of its
 * values all along, `swap` that it did not make another bid wherever it made a certain one. They are computed from what each bid would
 * have brought, and neither is negative by much.
 *
 * @category Measures
 */
export interface Regret {
  readonly external: number;
  readonly swap: number;
  /** How many rounds were looked at. */
  readonly rounds: number;
}

/**
 * Adds up what the bids of an agent would have brought, by class of values. Its size does not grow with the rounds. When all agents' external
 * regret goes to 0, what they play approaches the coarse correlated equilibria of the game, and with swap regret the correlated ones
 * (Foster and Vohra 1997; Hart and Mas-Colell 2000); with values that are drawn, of the game among agents by class.
 *
 * @category Measures
 */
export class RegretLedger {
  readonly #classes: ValueClasses;
  readonly #bids: number;
  /** What each bid would have brought, less what was got, where a certain bid was made: by class, bid made, other bid. */
  readonly #gains: readonly Float64Array[];
  #largestGain = 0;
  #rounds = 0;

  constructor(bids: number, classes: ValueClasses) {
    this.#bids = bids;
    this.#classes = classes;
    this.#gains = Array.from({ length: classes.count }, () => new Float64Array(bids * bids));
  }

  record(value: number, made: number, utilities: Float64Array): void {
    const gains = this.#gains[this.#classes.of(value)] as Float64Array;
    const from = made * this.#bids;
    const got = utilities[made] as number;
    let most = this.#largestGain;
    for (let bid = 0; bid < this.#bids; bid++) {
      const gain = (utilities[bid] as number) - got;
      gains[from + bid] = (gains[from + bid] as number) + gain;
      if (gain > most) most = gain;
    }
    this.#largestGain = most;
    this.#rounds += 1;
  }

  /** The most that another bid would have added in a single round: no regret a round is more. */
  get largestGain(): number {
    return this.#largestGain;
  }

  /**
   * The regret so far.
   *
   * @throws MechaneError `overflow` where sums of utilities are beyond what numbers can say
   */
  regret(): Regret {
    const bids = this.#bids;
    let [external, swap] = [0, 0];
    for (const gains of this.#gains) {
      let best = Number.NEGATIVE_INFINITY;
      for (let bid = 0; bid < bids; bid++) {
        let sum = 0;
        let largest = 0;
        for (let other = 0; other < bids; other++) {
          sum += gains[other * bids + bid] as number;
          largest = Math.max(largest, gains[bid * bids + other] as number);
        }
        best = Math.max(best, sum);
        swap += largest;
      }
      external += best;
    }
    if (!Number.isFinite(external + swap)) throw overflow();
    const rounds = this.#rounds;
    return { external: rounds === 0 ? 0 : external / rounds, swap: rounds === 0 ? 0 : swap / rounds, rounds };
  }
}
