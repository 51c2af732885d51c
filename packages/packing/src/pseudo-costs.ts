/** By how much the bound falls when a fractional set comes in or goes out, as branchings have shown (Bénichou and others, 1971). */
export class PseudoCosts {
  readonly #falls: readonly [Float64Array, Float64Array];
  readonly #seen: readonly [Int32Array, Int32Array];

  constructor(sets: number) {
    this.#falls = [new Float64Array(sets), new Float64Array(sets)];
    this.#seen = [new Int32Array(sets), new Int32Array(sets)];
  }

  /** Notes a fall for each unit of the way that a set went: out (0) or in (1). */
  learn(set: number, direction: 0 | 1, fall: number): void {
    const falls = this.#falls[direction];
    const seen = this.#seen[direction];
    falls[set] = (falls[set] as number) + Math.max(0, fall);
    seen[set] = (seen[set] as number) + 1;
  }

  /** How often the direction was tried that was tried less. */
  tried(set: number): number {
    return Math.min(this.#seen[0][set] as number, this.#seen[1][set] as number);
  }

  /** What is expected of sets that were not tried: the mean of all that were. */
  means(): readonly [number, number] {
    const mean = (direction: 0 | 1): number => {
      let [total, count] = [0, 0];
      for (const [set, times] of this.#seen[direction].entries()) {
        if (times === 0) continue;
        total += (this.#falls[direction][set] as number) / times;
        count += 1;
      }
      return count === 0 ? 1e-3 : total / count;
    };
    return [mean(0), mean(1)];
  }

  /** The product of both expected falls. */
  score(set: number, value: number, [out, into]: readonly [number, number]): number {
    const expected = (direction: 0 | 1, otherwise: number): number => {
      const times = this.#seen[direction][set] as number;
      return times > 0 ? (this.#falls[direction][set] as number) / times : otherwise;
    };
    return Math.max(expected(1, into) * (1 - value), 1e-9) * Math.max(expected(0, out) * value, 1e-9);
  }
}
