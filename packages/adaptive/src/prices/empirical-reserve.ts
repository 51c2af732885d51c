/** Learns the price that earns most from values it has seen. */
export interface ReserveFromValues {
  learn(value: number): void;
  /** The best price for the values so far, to the width of a bin; 0 before the first. */
  reserve(): number;
}

/**
 * The monopoly price of the values seen so far (Cole and Roughgarden, "The sample complexity of revenue maximization", STOC 2014): it tends to the
 * Myerson reserve of a regular distribution. Values are counted in bins, which double in width when one is beyond them, so that memory does
 * not grow. The first bins of a long tail are left out where fewer than one value in 200 is above: few samples are a bad guide to it (the
 * guarded variant, of Dhangwatnotai, Roughgarden and Yan 2015).
 *
 * @example
 * ```ts
 * import { empiricalReserve } from '@mechane/adaptive';
 *
 * const learner = empiricalReserve();
 * for (const value of [4, 4, 10]) learner.learn(value);
 * learner.reserve(); // => 4
 * ```
 */
export function empiricalReserve({ bins = 2_048 }: { readonly bins?: number } = {}): ReserveFromValues {
  let counts = new Float64Array(bins);
  let width = 0;
  let total = 0;
  const widen = (): void => {
    const wider = new Float64Array(bins);
    counts.forEach((count, bin) => {
      wider[bin >> 1] = (wider[bin >> 1] as number) + count;
    });
    counts = wider;
    width *= 2;
  };
  return {
    learn(value) {
      if (width === 0) {
        // Exact for small whole numbers: a bin for each.
        width = value > 0 ? 2 ** Math.ceil(Math.log2((value * 2) / bins)) : 0;
        if (width === 0) return;
      }
      while (value >= bins * width) widen();
      const bin = Math.floor(value / width);
      counts[bin] = (counts[bin] as number) + 1;
      total += 1;
    },
    reserve() {
      let above = 0;
      let best = 0;
      let revenue = 0;
      for (let bin = bins - 1; bin >= 0; bin--) {
        above += counts[bin] as number;
        const price = bin * width;
        // A share that few values make is known too badly.
        if (above * 200 < total || price * above < revenue || above === 0) continue;
        revenue = price * above;
        best = price;
      }
      return best;
    },
  };
}
