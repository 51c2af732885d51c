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

/** How a search ended: with everything there is, or short of that for a reason. `Summary` is what the method says beside its results. */
export type Ending<Summary extends object = object> = Summary &
  ({ readonly complete: true } | { readonly complete: false; readonly reason: string });

/** Results with the ending. */
export type Found<Result, Summary extends object = object> = Ending<Summary> & { readonly results: readonly Result[] };

/** What a search yields between results, to let others work. */
export const pause: unique symbol = Symbol('pause');

/** A search, step by step, as a method writes it: results as they are found, and {@link pause} whenever {@link Pace.due} says so. */
export type Steps<Result, Summary extends object = object> = Generator<Result | typeof pause, Ending<Summary>, void>;

const slice = 25;
const ticksBetweenLooks = 64;

/** Keeps a search to its budget. */
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

  look(): void {
    if (this.#options.signal?.aborted) this.stopped ??= 'interrupted';
  }
}

/**
 * A search under way: results come by `for await` as they are found, and {@link Search.ending} says whether they are all. A search starts
 * when it is first asked for something and can be gone through once.
 *
 * @example
 * ```ts
 * import { extremePoints, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[1, 0], [0, 1]], [[1, 0], [0, 1]]] });
 * const search = extremePoints(game);
 * const profiles = [];
 * for await (const { profile } of search) profiles.push(profile.map(String));
 * profiles.length; // => 3
 * (await search.ending).complete; // => true
 * ```
 */
export class Search<Result, Summary extends object = object> implements AsyncIterable<Result> {
  readonly #pace: Pace;
  readonly #steps: Steps<Result, Summary>;
  #settle: (ending: Ending<Summary>) => void = () => {};
  #fail: (thrown: unknown) => void = () => {};
  /** How the search ended: settled once it has been gone through. */
  readonly ending: Promise<Ending<Summary>>;

  constructor(begin: (pace: Pace) => Steps<Result, Summary>, options: SearchOptions = {}) {
    this.#pace = new Pace(options);
    this.#steps = begin(this.#pace);
    this.ending = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    // Whoever iterates sees the failure there.
    this.ending.catch(() => {});
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Result, void, void> {
    let ended = false;
    try {
      for (;;) {
        const step = this.#steps.next();
        if (step.done) {
          ended = true;
          this.#settle(step.value);
          return;
        }
        if (step.value === pause) {
          await breath();
          this.#pace.look();
        } else {
          this.#pace.counted();
          yield step.value;
        }
      }
    } catch (thrown) {
      ended = true;
      this.#fail(thrown);
      throw thrown;
    } finally {
      if (!ended) this.#left();
    }
  }

  /** All results with the ending, letting others work meanwhile. */
  async all(): Promise<Found<Result, Summary>> {
    const results: Result[] = [];
    for await (const result of this) results.push(result);
    return { ...(await this.ending), results };
  }

  /** All results with the ending, at once: nothing else runs meanwhile. */
  now(): Found<Result, Summary> {
    const results: Result[] = [];
    for (;;) {
      const step = this.#steps.next();
      if (step.done) {
        this.#settle(step.value);
        return { ...step.value, results };
      }
      if (step.value === pause) continue;
      this.#pace.counted();
      results.push(step.value);
    }
  }

  /** Whoever iterates has left before the end: the search winds up and says so. */
  #left(): void {
    this.#pace.stopped ??= 'nobody wanted more';
    for (;;) {
      const step = this.#steps.next();
      if (!step.done) continue;
      this.#settle(step.value);
      return;
    }
  }
}

/** Lets timers and events have their turn. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
