/**
 * Time as a service, so that deadlines can be tested without waiting.
 *
 * @category Services
 */
export interface Clock {
  /** Milliseconds since a fixed moment. */
  now(): number;
  /** Calls back once after `milliseconds`; the returned function calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/**
 * The host's clock.
 *
 * @category Services
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/**
 * A clock that stands still until a test moves it.
 *
 * @category Services
 */
export interface TestClock extends Clock {
  /** Moves time on and fires what has become due, in order. */
  advance(milliseconds: number): void;
}

/**
 * Makes a clock for tests: instant and deterministic.
 *
 * @category Services
 * @example
 * ```ts
 * import { testClock } from '@mechane/core';
 *
 * const clock = testClock();
 * const rung: number[] = [];
 * clock.after(20, () => rung.push(clock.now()));
 * clock.after(10, () => rung.push(clock.now()));
 * clock.advance(30);
 * rung; // => [10, 20]
 * ```
 */
export function testClock(): TestClock {
  let time = 0;
  const alarms = new Set<{ due: number; callback: () => void }>();
  return {
    now: () => time,
    after(milliseconds, callback) {
      const alarm = { due: time + milliseconds, callback };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    advance(milliseconds) {
      const until = time + milliseconds;
      for (;;) {
        const [next] = [...alarms].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due);
        if (next === undefined) break;
        alarms.delete(next);
        time = next.due;
        next.callback();
      }
      time = until;
    },
  };
}
