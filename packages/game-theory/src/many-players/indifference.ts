import { solveLinearSystem } from '@mechane/numerics';
import type { PayoffMap } from './payoff-map.ts';

const mostIterations = 30;
const converged = 1e-15;
/** Newton's steps stop shrinking at about this size. */
const roundingError = 1e-10;

/**
 * Looks by Newton's method for weights on given supports against which all strategies of a support pay the same. They
 * may be negative.
 *
 * @param support whether each strategy, numbered through, belongs to its player's support
 * @returns `undefined` where the method does not converge, or the solution is not isolated
 */
export function makeIndifferent(
  map: PayoffMap,
  support: readonly boolean[],
  start: Float64Array,
): Float64Array | undefined {
  const { size, shape, offsets } = map;
  const active: number[] = [];
  for (let strategy = 0; strategy < size; strategy++) if (support[strategy]) active.push(strategy);
  const count = active.length;
  const weights = new Float64Array(size);
  for (const strategy of active) weights[strategy] = start[strategy] as number;
  const values = new Float64Array(size);
  const slopes = new Float64Array(size * size);
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  let last = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    map.evaluate(weights, values, slopes);
    let row = 0;
    for (let player = 0, from = 0; player < shape.length; player++) {
      let to = from;
      while (to < count && (active[to] as number) < (offsets[player + 1] as number)) to++;
      const reference = active[from] as number;
      for (let place = from + 1; place < to; place++, row++) {
        const strategy = active[place] as number;
        for (let column = 0; column < count; column++) {
          const by = active[column] as number;
          matrix[row * count + column] =
            (slopes[strategy * size + by] as number) - (slopes[reference * size + by] as number);
        }
        right[row] = (values[reference] as number) - (values[strategy] as number);
      }
      let sum = 0;
      for (let column = 0; column < count; column++) {
        const own = column >= from && column < to;
        matrix[row * count + column] = own ? 1 : 0;
        if (own) sum += weights[active[column] as number] as number;
      }
      right[row++] = 1 - sum;
      from = to;
    }
    if (solveLinearSystem(matrix, right) === 0) return undefined;
    let step = 0;
    for (let column = 0; column < count; column++) {
      const strategy = active[column] as number;
      weights[strategy] = (weights[strategy] as number) + (right[column] as number);
      step = Math.max(step, Math.abs(right[column] as number));
    }
    if (!(step < divergence)) return undefined;
    if (step <= converged || (step < roundingError && step >= last / 2)) return weights;
    last = step;
  }
  return undefined;
}

const divergence = 1e6;
