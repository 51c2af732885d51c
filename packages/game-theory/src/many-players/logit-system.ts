import { solveLinearSystem } from '@mechane/numerics';
import type { PayoffMap } from './payoff-map.ts';

/**
 * The equations of the logit correspondence. Its unknowns are, for every player, the logarithms of the odds of all
 * strategies but the first against
 * the first, and at last λ: log odds are λ times the difference in payoffs.
 */
export class LogitSystem {
  readonly map: PayoffMap;
  /** The number of log odds: the place of λ. */
  readonly size: number;
  /** The probabilities of all strategies at the point last looked at. */
  readonly weights: Float64Array;
  readonly values: Float64Array;
  /**
   * The sign of the determinant that the last step was solved with. Along a path, with its tangent for the last row, it
   * stays the same.
   */
  orientation: -1 | 0 | 1 = 0;
  readonly #slopes: Float64Array;
  /** The slopes with regard to log odds. */
  readonly #turned: Float64Array;
  readonly #matrix: Float64Array;
  /** For each unknown, its strategy and the first of that player. */
  readonly #strategies: number[] = [];
  readonly #references: number[] = [];

  constructor(map: PayoffMap) {
    this.map = map;
    map.shape.forEach((count, player) => {
      const first = map.offsets[player] as number;
      for (let strategy = 1; strategy < count; strategy++) {
        this.#strategies.push(first + strategy);
        this.#references.push(first);
      }
    });
    this.size = this.#strategies.length;
    this.weights = new Float64Array(map.size);
    this.values = new Float64Array(map.size);
    this.#slopes = new Float64Array(map.size * map.size);
    this.#turned = new Float64Array(map.size * this.size);
    this.#matrix = new Float64Array((this.size + 1) ** 2);
  }

  /** Sets the probabilities that have these log odds. */
  weigh(point: Float64Array): void {
    const { shape, offsets } = this.map;
    const { weights } = this;
    let at = 0;
    for (let player = 0; player < shape.length; player++) {
      const [from, to] = [offsets[player] as number, offsets[player + 1] as number];
      let largest = 0;
      for (let place = at; place < at + to - from - 1; place++) largest = Math.max(largest, point[place] as number);
      let sum = Math.exp(-largest);
      weights[from] = sum;
      for (let strategy = from + 1; strategy < to; strategy++) {
        const weight = Math.exp((point[at++] as number) - largest);
        weights[strategy] = weight;
        sum += weight;
      }
      for (let strategy = from; strategy < to; strategy++) weights[strategy] = (weights[strategy] as number) / sum;
    }
  }

  /**
   * Solves the equations, linearised at a point, with one more: that the solution has the given product with `along`.
   *
   * @param residual whether to step towards the correspondence (the product is then 0), or along it (the product is
   * then 1)
   * @returns the step, or `undefined` where there is not just one
   */
  step(point: Float64Array, along: Float64Array, residual: boolean): Float64Array | undefined {
    this.weigh(point);
    const { size, weights, values } = this;
    this.map.evaluate(weights, values, this.#slopes);
    this.#turn();
    const width = size + 1;
    const lambda = point[size] as number;
    const right = new Float64Array(width);
    const matrix = this.#matrix;
    for (let row = 0; row < size; row++) {
      const [strategy, reference] = [this.#strategies[row] as number, this.#references[row] as number];
      for (let column = 0; column < size; column++) {
        const slope =
          (this.#turned[strategy * size + column] as number) - (this.#turned[reference * size + column] as number);
        matrix[row * width + column] = -lambda * slope;
      }
      matrix[row * width + row] = (matrix[row * width + row] as number) + 1;
      const difference = (values[strategy] as number) - (values[reference] as number);
      matrix[row * width + size] = -difference;
      right[row] = residual ? lambda * difference - (point[row] as number) : 0;
    }
    matrix.set(along, size * width);
    right[size] = residual ? 0 : 1;
    this.orientation = solveLinearSystem(matrix, right);
    return this.orientation === 0 ? undefined : right;
  }

  /**
   * Probabilities move with log odds as w_b (1 - w_b) for the strategy itself and as -w_b w_c for the others of its
   * player.
   */
  #turn(): void {
    const { size, weights } = this;
    const { shape, offsets, size: strategies } = this.map;
    const [slopes, turned] = [this.#slopes, this.#turned];
    for (let strategy = 0; strategy < strategies; strategy++) {
      let column = 0;
      for (let player = 0; player < shape.length; player++) {
        const [from, to] = [offsets[player] as number, offsets[player + 1] as number];
        let mean = 0;
        for (let by = from; by < to; by++) {
          mean += (weights[by] as number) * (slopes[strategy * strategies + by] as number);
        }
        for (let by = from + 1; by < to; by++, column++) {
          const slope = slopes[strategy * strategies + by] as number;
          turned[strategy * size + column] = (weights[by] as number) * (slope - mean);
        }
      }
    }
  }
}
