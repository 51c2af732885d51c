/** By how much the bound falls when a fractional bid comes in or goes out, as branchings have shown (Bénichou and others, 1971). */
export class PseudoCosts {
  readonly #falls: readonly [Float64Array, Float64Array];
  readonly #seen: readonly [Int32Array, Int32Array];

  constructor(bids: number) {
    this.#falls = [new Float64Array(bids), new Float64Array(bids)];
    this.#seen = [new Int32Array(bids), new Int32Array(bids)];
  }

  /** Notes a fall for each unit of the way that a bid went: out (0) or in (1). */
  learn(bid: number, direction: 0 | 1, fall: number): void {
    const falls = this.#falls[direction];
    const seen = this.#seen[direction];
    falls[bid] = (falls[bid] as number) + Math.max(0, fall);
    seen[bid] = (seen[bid] as number) + 1;
  }

  /** How often the direction was tried that was tried less. */
  tried(bid: number): number {
    return Math.min(this.#seen[0][bid] as number, this.#seen[1][bid] as number);
  }

  /** What is expected of bids that were not tried: the mean of all that were. */
  means(): readonly [number, number] {
    const mean = (direction: 0 | 1): number => {
      let [total, count] = [0, 0];
      for (const [bid, times] of this.#seen[direction].entries()) {
        if (times === 0) continue;
        total += (this.#falls[direction][bid] as number) / times;
        count += 1;
      }
      return count === 0 ? 1e-3 : total / count;
    };
    return [mean(0), mean(1)];
  }

  /** The product of both expected falls. */
  score(bid: number, value: number, [out, into]: readonly [number, number]): number {
    const expected = (direction: 0 | 1, otherwise: number): number => {
      const times = this.#seen[direction][bid] as number;
      return times > 0 ? (this.#falls[direction][bid] as number) / times : otherwise;
    };
    return Math.max(expected(1, into) * (1 - value), 1e-9) * Math.max(expected(0, out) * value, 1e-9);
  }
}
