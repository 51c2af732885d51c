/**
 * What became of prices that were adjusted round by round; `interrupted` where somebody called that off.
 *
 * @category Equilibria and utilities
 */
export type PathVerdict = 'converged' | 'cycling' | 'diverged' | 'max-rounds' | 'interrupted';

/** So often the excess demand of a good changes sides, while nothing comes closer, before that is called a cycle: three loops. */
const turns = 6;
/** What counts as coming closer. */
const progress = 0.999;
/** A price that is so much lower than another has left. */
const farthest = 1e15;

/**
 * Watches prices that move, and says what becomes of them: whether goods change between too dear and too cheap again and again while
 * the worst excess does not fall (`cycling`), or prices run away from each other (`diverged`). Prices that settle so slowly that it does not
 * show over three loops are called cycling, never the other way round.
 */
export class PricePath {
  #record = Infinity;
  #sides: number[] = [];
  #turns: number[] = [];

  /** What can be said after a round with these prices and excess demands, by good; nothing while it is open. */
  verdict(
    prices: readonly number[],
    excess: readonly number[],
    worst: number,
    tolerance: number,
  ): PathVerdict | undefined {
    if (worst <= tolerance) return 'converged';
    // A price of 0 can rise again; one that only ever falls towards it cannot.
    let [least, most] = [Infinity, 0];
    for (const price of prices) {
      if (price > 0) least = Math.min(least, price);
      most = Math.max(most, price);
    }
    if (most > farthest * least) return 'diverged';
    if (worst < progress * this.#record) {
      this.#record = worst;
      this.#turns = prices.map(() => 0);
    }
    excess.forEach((over, j) => {
      const side = Math.sign(over);
      if (side !== 0 && side === -(this.#sides[j] ?? 0)) this.#turns[j] = (this.#turns[j] as number) + 1;
      if (side !== 0) this.#sides[j] = side;
    });
    return this.#turns.some((count) => count >= turns) ? 'cycling' : undefined;
  }
}
