import { Pace, pause, type SearchOptions } from '@mechane/numerics';

/**
 * How a search ended: with everything there is, or short of that for a reason. `Summary` is what the method says beside its results.
 *
 * @category Solving
 */
export type Ending<Summary extends object = object> = Summary &
  ({ readonly complete: true } | { readonly complete: false; readonly reason: string });

/**
 * Results with the ending.
 *
 * @category Solving
 */
export type Found<Result, Summary extends object = object> = Ending<Summary> & { readonly results: readonly Result[] };

/** A search, step by step, as a method writes it: results as they are found, and {@link pause} whenever {@link Pace.due} says so. */
export type Steps<Result, Summary extends object = object> = Generator<Result | typeof pause, Ending<Summary>, void>;

/**
 * A search under way: results come by `for await` as they are found, and {@link Search.ending} says whether they are all. A search starts
 * when it is first asked for something and can be gone through once.
 *
 * @category Solving
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
