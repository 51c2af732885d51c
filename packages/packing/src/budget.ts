/**
 * How much work a search may do before it settles for what it has.
 *
 * @category Search
 */
export interface Limits {
  /** Seconds. */
  readonly timeLimit?: number | undefined;
  /** Nodes of the search. */
  readonly nodeLimit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** About a millisecond's work. */
const stepsBetweenLooks = 1 << 20;

/**
 * What is left of the limits, for one search or for several after each other. Looking at the clock costs more than a small node, so it is
 * done now and then.
 *
 * @category Search
 * @example
 * ```ts
 * import { Budget, packingOf, solvePacking } from '@mechane/packing';
 *
 * const budget = new Budget({ nodeLimit: 0 });
 * const { bound, proof } = solvePacking(packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]), budget);
 * [bound, proof]; // => [48, undefined]
 * budget.spent; // => true
 * ```
 */
export class Budget {
  /** Nodes that were counted. */
  nodes = 0;
  /** Whether nothing is left. */
  spent = false;
  readonly #deadline: number;
  readonly #nodeLimit: number;
  readonly #signal: AbortSignal | undefined;
  #untilLook = 0;
  #steps = 0;

  constructor({ timeLimit = Infinity, nodeLimit = Infinity, signal }: Limits = {}) {
    this.#deadline = timeLimit === Infinity ? Infinity : performance.now() + timeLimit * 1e3;
    this.#nodeLimit = nodeLimit;
    this.#signal = signal;
    this.look();
  }

  /** Counts a node; false when there is nothing left. `looks` says how many such nodes fit between two looks at the clock. */
  take(looks: number): boolean {
    this.nodes += 1;
    if (this.nodes > this.#nodeLimit) this.spent = true;
    this.#untilLook -= 1;
    if (this.#untilLook <= 0) {
      this.#untilLook = looks;
      this.look();
    }
    return !this.spent;
  }

  /** Counts steps of long work; false when there is nothing left. */
  worked(steps: number): boolean {
    this.#steps += steps;
    if (this.#steps >= stepsBetweenLooks) {
      this.#steps = 0;
      this.look();
    }
    return !this.spent;
  }

  /** A part of what is left: a share of the time, and so many nodes at most. */
  part(share: number, nodes: number): Budget {
    const left = this.#deadline === Infinity ? undefined : (this.#deadline - performance.now()) / 1e3;
    return new Budget({
      timeLimit: left === undefined ? undefined : left * share,
      nodeLimit: Math.min(nodes, this.#nodeLimit - this.nodes),
      signal: this.#signal,
    });
  }

  /** Whether it was called off, and not only spent. */
  get interrupted(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Whether there is time left. */
  look(): boolean {
    if (this.#signal?.aborted || (this.#deadline !== Infinity && performance.now() >= this.#deadline))
      this.spent = true;
    return !this.spent;
  }
}
