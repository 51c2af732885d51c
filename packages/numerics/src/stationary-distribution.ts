/** Beyond, weights are made small again before they leave the range of doubles. */
const enormous = 1e100;

/**
 * The stationary distribution of an irreducible Markov chain, by elimination without subtraction, so that every entry is exact to the last
 * digits however unlikely its state is (Grassmann, Taksar and Heyman, Operations Research 33, 1985). Elimination with subtractions would lose
 * those digits.
 *
 * @param flows how often the chain goes from each state to each other while it is there, row by row: probabilities, or rates. Overwritten; the
 * diagonal is not read
 * @category Statistics
 *
 * @example
 * ```ts
 * import { stationaryDistribution } from '@mechane/numerics';
 *
 * // From the first state one leaves three times as often as from the second.
 * [...stationaryDistribution(Float64Array.of(0, 3, 1, 0), 2)]; // => [0.25, 0.75]
 * ```
 */
export function stationaryDistribution(flows: Float64Array, size: number): Float64Array {
  for (let last = size - 1; last > 0; last--) {
    let out = 0;
    for (let j = 0; j < last; j++) out += flows[last * size + j] as number;
    for (let i = 0; i < last; i++) {
      const through = (flows[i * size + last] as number) / out;
      flows[i * size + last] = through;
      if (through === 0) continue;
      for (let j = 0; j < last; j++) {
        flows[i * size + j] = (flows[i * size + j] as number) + through * (flows[last * size + j] as number);
      }
    }
  }
  const weights = new Float64Array(size);
  weights[0] = 1;
  for (let j = 1; j < size; j++) {
    let received = 0;
    for (let i = 0; i < j; i++) received += (weights[i] as number) * (flows[i * size + j] as number);
    weights[j] = received;
    if (received > enormous) for (let i = 0; i <= j; i++) weights[i] = (weights[i] as number) / received;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
