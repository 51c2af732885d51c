import { seededRandom } from '@mechane/core';
import type { PayoffMap, PayoffScale } from './payoff-map.ts';

/** A map with the payoffs of each player multiplied by something, which changes no equilibrium. */
export class WeighedMap implements PayoffMap {
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly isAffine: boolean;
  readonly scale: PayoffScale;
  readonly #map: PayoffMap;
  readonly #factors: Float64Array;

  constructor(map: PayoffMap, factors: readonly number[]) {
    const { shape, offsets, size, isAffine, scale } = map;
    this.shape = shape;
    this.offsets = offsets;
    this.size = size;
    this.isAffine = isAffine;
    this.scale = scale;
    this.#map = map;
    this.#factors = Float64Array.from(
      shape.flatMap((count, player) => new Array<number>(count).fill(factors[player] as number)),
    );
  }

  /**
   * Factors between 1/2 and 1 are drawn by a seed. In games with symmetries, paths fork; paths of players whose payoffs count for more or less do not.
   */
  static drawn(map: PayoffMap, seed: number): WeighedMap {
    const random = seededRandom(seed);
    return new WeighedMap(
      map,
      map.shape.map(() => (1 + random.next()) / 2),
    );
  }

  /** All payoffs are shares of the widest range, so that they compare among players as in the game. */
  static inOneUnit(map: PayoffMap): { readonly map: WeighedMap; readonly halfRange: number } {
    const halfRange = Math.max(...map.scale.map((own) => own.halfRange)) || 1;
    return {
      map: new WeighedMap(
        map,
        map.scale.map((own) => own.halfRange / halfRange),
      ),
      halfRange,
    };
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
