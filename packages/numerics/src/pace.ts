/**
 * How much a search may spend.
 *
 * @category Long searches
 */
export interface Budget {
  /** The most steps, in the method's own unit: pivots, supports, iterations. */
  readonly steps?: number;
  /** The most seconds by the clock. */
  readonly seconds?: number;
  /** The most results: the search ends when it has them. */
  readonly results?: number;
}

/**
 * What every solver takes.
 *
 * @category Long searches
 */
export interface SearchOptions extends Budget {
  /** Ends the search; what was found stays. */
  readonly signal?: AbortSignal;
  /** Called now and then, and when a budget is spent, with the number of steps done. */
  readonly onProgress?: (steps: number) => void;
  /** From when on the seconds count, as `performance.now()` tells the time: what came before the search may have taken some of them. */
  readonly since?: number;
}

/**
 * What a search yields to let others work.
 *
 * @category Long searches
 */
export const pause: unique symbol = Symbol('pause');

const slice = 25;
/** The clock is looked at after so many ticks at most, and more often where ticks take longer than these milliseconds together. */
const mostTicks = 64;
const [shortLook, longLook] = [1, 4];

/**
 * Keeps a search to its budget of steps, seconds and results, and stops it when it is called off.
 *
 * @category Long searches
 * @example
 * ```ts
 * import { Pace, pause } from '@mechane/numerics';
 *
 * function* endless(pace: Pace) {
 *   while (yield* pace.goesOn());
 *   return pace.stopped;
 * }
 * const search = endless(new Pace({ steps: 3 }));
 * search.next().value === pause; // => true
 * search.next().value; // => 'the budget of 3 steps is spent'
 * ```
 */
export class Pace {
  readonly #options: SearchOptions;
  readonly #mostSteps: number;
  readonly #started: number;
  #paused: number;
  #looked: number;
  #steps = 0;
  /** How many ticks there are between looks at the clock, and until the next. */
  #ticks = 1;
  #ticksLeft = 1;
  #results = 0;
  /** Why the search has to stop; `undefined` as long as it may go on. */
  stopped: string | undefined;

  constructor(options: SearchOptions) {
    const now = performance.now();
    this.#options = options;
    this.#mostSteps = options.steps ?? Infinity;
    this.#started = options.since ?? now;
    this.#paused = now;
    this.#looked = now;
    if (options.signal?.aborted) this.stopped = 'interrupted';
    else if ((options.steps ?? 1) <= 0 || (options.seconds ?? 1) <= 0 || (options.results ?? 1) <= 0) {
      this.stopped = 'the budget is nothing';
    }
  }

  /**
   * Counts steps of the budget: none for what only takes time. `true` asks the method to yield {@link pause} and then to look at
   * {@link stopped}.
   */
  due(steps = 1): boolean {
    this.#steps += steps;
    this.#ticksLeft -= 1;
    if (this.#ticksLeft > 0 && this.#steps < this.#mostSteps) return this.stopped !== undefined;
    return this.#lookAtTheClock();
  }

  /**
   * Counts steps, lets others work if it is time for that, and says whether the search may go on: what {@link due}, {@link pause} and
   * {@link stopped} do, in one.
   */
  *goesOn(steps = 1): Generator<typeof pause, boolean, void> {
    if (this.due(steps)) yield pause;
    return this.stopped === undefined;
  }

  /** Counts a result. */
  counted(): void {
    this.#results += 1;
    const { results = Infinity } = this.#options;
    if (this.#results >= results) this.stopped ??= `the budget of ${results} results is spent`;
  }

  /** Sees whether the search was called off or its time is over, after others had their turn or something else took time. */
  look(): void {
    const { seconds = Infinity, signal } = this.#options;
    if (signal?.aborted) this.stopped ??= 'interrupted';
    if (performance.now() - this.#started >= seconds * 1e3) this.stopped ??= `the budget of ${seconds} s is spent`;
  }

  #lookAtTheClock(): boolean {
    const now = performance.now();
    const passed = now - this.#looked;
    this.#looked = now;
    if (passed < shortLook) this.#ticks = Math.min(mostTicks, 2 * this.#ticks);
    else if (passed > longLook) this.#ticks = Math.max(1, this.#ticks >> 2);
    this.#ticksLeft = this.#ticks;
    this.look();
    if (this.#steps >= this.#mostSteps) this.stopped ??= `the budget of ${this.#mostSteps} steps is spent`;
    if (this.stopped === undefined && now - this.#paused < slice) return false;
    this.#paused = now;
    this.#options.onProgress?.(this.#steps);
    return true;
  }
}

/**
 * What steps come to, all at once: nothing else runs meanwhile.
 *
 * @category Long searches
 * @example
 * ```ts
 * import { atOnce, Pace } from '@mechane/numerics';
 *
 * function* counted(pace: Pace) {
 *   let steps = 0;
 *   while (yield* pace.goesOn()) steps += 1;
 *   return steps;
 * }
 * atOnce(counted(new Pace({ steps: 5 }))); // => 4
 * ```
 */
export function atOnce<Result>(steps: Generator<typeof pause, Result, void>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
