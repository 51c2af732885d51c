/*
 * The ratio test of the dual simplex method that passes breakpoints: reduced costs reach zero one after another as the step grows, and
 * variables can go to their other bound and let the step go on as long as the slope stays positive (Maros, "A generalized dual phase-2
 * simplex algorithm", European Journal of Operational Research 149 (2003)).
 */

const smallestPivot = 1e-7;
const tolerance = 1e-9;

export class RatioTest {
  /** Variables that go to their other bound. */
  flips = 0;
  /** The first {@link flips} of these. */
  readonly flipped: Int32Array;
  /** By how much the bound falls. */
  fall = 0;
  readonly #candidates: Int32Array;
  readonly #ratios: Float64Array;
  readonly #sizes: Float64Array;
  #count = 0;

  constructor(variables: number) {
    this.flipped = new Int32Array(variables);
    this.#candidates = new Int32Array(variables);
    this.#ratios = new Float64Array(variables);
    this.#sizes = new Float64Array(variables);
  }

  reset(): void {
    this.#count = 0;
  }

  /** Adds a variable whose reduced cost moves towards zero; `size` is that of its entry in the pivot row. */
  offer(variable: number, reduced: number, size: number): void {
    if (size <= smallestPivot) return;
    const at = this.#count++;
    this.#candidates[at] = variable;
    this.#sizes[at] = size;
    this.#ratios[at] = Math.max(0, Math.abs(reduced) / size);
  }

  /** The variable that enters; -1 where nothing bounds the step. */
  choose(infeasibility: number, lower: Float64Array, upper: Float64Array): number {
    const candidates = this.#candidates;
    const ratios = this.#ratios;
    const sizes = this.#sizes;
    let slope = infeasibility;
    let reached = 0;
    let from = 0;
    this.flips = 0;
    this.fall = 0;
    while (from < this.#count) {
      // Among the candidates within a tolerance of the first, the largest pivot (Harris).
      let first = Infinity;
      for (let at = from; at < this.#count; at++) {
        const limit = (ratios[at] as number) + tolerance / (sizes[at] as number);
        if (limit < first) first = limit;
      }
      let entering = -1;
      let largest = 0;
      let now = 0;
      let passed = 0;
      let next = from;
      for (let at = from; at < this.#count; at++) {
        const ratio = ratios[at] as number;
        if (ratio > first) continue;
        const variable = candidates[at] as number;
        const size = sizes[at] as number;
        passed += size * ((upper[variable] as number) - (lower[variable] as number));
        if (size > largest) {
          largest = size;
          entering = variable;
          now = ratio;
        }
        candidates[at] = candidates[next] as number;
        ratios[at] = ratios[next] as number;
        sizes[at] = sizes[next] as number;
        candidates[next] = variable;
        ratios[next] = ratio;
        sizes[next] = size;
        next += 1;
      }
      this.fall += slope * Math.max(0, now - reached);
      reached = Math.max(reached, now);
      if (slope - passed <= tolerance) return entering;
      slope -= passed;
      for (let at = from; at < next; at++) this.flipped[this.flips++] = candidates[at] as number;
      from = next;
    }
    this.flips = 0;
    return -1;
  }
}
