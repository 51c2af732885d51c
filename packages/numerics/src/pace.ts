/** How much a search may spend. */
export interface Budget {
  /** The most steps, in the method's own unit: pivots, supports, iterations. */
  readonly steps?: number;
  /** The most seconds by the clock. */
  readonly seconds?: number;
  /** The most results: the search ends when it has them. */
  readonly results?: number;
}

/** What every solver takes. */
export interface SearchOptions extends Budget {
  /** Ends the search; what was found stays. */
  readonly signal?: AbortSignal;
  /** Called now and then, and when a budget is spent, with the number of steps done. */
  readonly onProgress?: (steps: number) => void;
}

/** What a search yields to let others work. */
export const pause: unique symbol = Symbol('pause');

const slice = 25;
const ticksBetweenLooks = 64;

/**
 * Keeps a search to its budget of steps, seconds and results, and stops it when it is called off.
 *
 * @example
 * ```ts
 * import { Pace, pause } from '@mechane/numerics';
 *
 * function* squares(pace: Pace) {
 *   for (let value = 1; ; value++) {
 *     if (pace.due()) {
 *       yield pause;
 *       if (pace.stopped !== undefined) return pace.stopped;
 *     }
 *   }
 * }
 * const search = squares(new Pace({ steps: 3 }));
 * search.next().value === pause; // => true
 * search.next().value; // => 'the budget of 3 steps is spent'
 * ```
 */
export class Pace {
  readonly #options: SearchOptions;
  readonly #started: number = performance.now();
  #paused: number = this.#started;
  #steps = 0;
  #nextLook = ticksBetweenLooks;
  #results = 0;
  /** Why the search has to stop; `undefined` as long as it may go on. */
  stopped: string | undefined;

  constructor(options: SearchOptions) {
    this.#options = options;
    if (options.signal?.aborted) this.stopped = 'interrupted';
    if ((options.steps ?? 1) <= 0 || (options.seconds ?? 1) <= 0 || (options.results ?? 1) <= 0) {
      this.stopped = 'the budget is nothing';
    }
  }

  /** Counts a step. `true` asks the method to yield {@link pause} and then to look at {@link stopped}. */
  due(steps = 1): boolean {
    this.#steps += steps;
    const { steps: most = Infinity } = this.#options;
    if (this.#steps < this.#nextLook && this.#steps < most) return this.stopped !== undefined;
    this.#nextLook = this.#steps + ticksBetweenLooks;
    if (this.#steps >= most) this.stopped ??= `the budget of ${most} steps is spent`;
    const now = performance.now();
    const { seconds = Infinity, signal, onProgress } = this.#options;
    if (now - this.#started >= seconds * 1e3) this.stopped ??= `the budget of ${seconds} s is spent`;
    if (signal?.aborted) this.stopped ??= 'interrupted';
    if (this.stopped === undefined && now - this.#paused < slice) return false;
    this.#paused = now;
    onProgress?.(this.#steps);
    return true;
  }

  /** Counts a result. */
  counted(): void {
    this.#results += 1;
    const { results = Infinity } = this.#options;
    if (this.#results >= results) this.stopped ??= `the budget of ${results} results is spent`;
  }

  /** Sees whether the search was called off, after others had their turn. */
  look(): void {
    if (this.#options.signal?.aborted) this.stopped ??= 'interrupted';
  }
}
