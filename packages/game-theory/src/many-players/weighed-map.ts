import { seededRandom } from '@mechane/core';
import type { PayoffMap, PayoffScale } from './payoff-map.ts';

/**
 * A map with the payoffs of each player multiplied by something, which changes no equilibrium. In games with symmetries, paths fork; paths of
 * players whose payoffs count for more or less do not.
 */
export class WeighedMap implements PayoffMap {
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly isAffine: boolean;
  readonly scale: PayoffScale;
  readonly #map: PayoffMap;
  readonly #factors: Float64Array;

  /** Factors are drawn by a seed, between 1/2 and 1. */
  constructor(map: PayoffMap, seed: number) {
    const { shape, offsets, size, isAffine, scale } = map;
    const random = seededRandom(seed);
    this.shape = shape;
    this.offsets = offsets;
    this.size = size;
    this.isAffine = isAffine;
    this.scale = scale;
    this.#map = map;
    this.#factors = Float64Array.from(
      shape.flatMap((count) => {
        const factor = (1 + random.next()) / 2;
        return new Array<number>(count).fill(factor);
      }),
    );
  }

  evaluate(weights: Float64Array, values: Float64Array, slopes?: Float64Array): void {
    const { size } = this;
    this.#map.evaluate(weights, values, slopes);
    for (let strategy = 0; strategy < size; strategy++) {
      const factor = this.#factors[strategy] as number;
      values[strategy] = (values[strategy] as number) * factor;
      if (slopes === undefined) continue;
      for (let at = strategy * size; at < (strategy + 1) * size; at++) slopes[at] = (slopes[at] as number) * factor;
    }
  }
}
