import { offsetsOf, type PayoffMap, type PayoffScale } from './payoff-map.ts';

/**
 * A map whose values change at constant rates: that of a polymatrix game, or of one that stands in for another game
 * near some mixtures.
 */
export class AffineMap implements PayoffMap {
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly isAffine = true;
  readonly scale: PayoffScale;
  readonly #constants: Float64Array;
  readonly #slopes: Float64Array;

  constructor(shape: readonly number[], constants: Float64Array, slopes: Float64Array, scale: PayoffScale) {
    this.shape = shape;
    this.offsets = offsetsOf(shape);
    this.size = this.offsets.at(-1) as number;
    this.scale = scale;
    this.#constants = constants;
    this.#slopes = slopes;
  }

  evaluate(weights: Float64Array, values: Float64Array, slopes?: Float64Array): void {
    const { size } = this;
    for (let strategy = 0; strategy < size; strategy++) {
      let value = this.#constants[strategy] as number;
      for (let by = 0; by < size; by++) {
        value += (this.#slopes[strategy * size + by] as number) * (weights[by] as number);
      }
      values[strategy] = value;
    }
    slopes?.set(this.#slopes);
  }
}
