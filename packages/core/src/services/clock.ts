import { Alarms } from './alarms.ts';

/**
 * Time as a service, so that deadlines can be tested without waiting.
 *
 * @category Services
 */
export interface Clock {
  /** Milliseconds since a fixed moment: since 1970, where deadlines are to outlive the process. */
  now(): number;
  /** Calls back once after `milliseconds`, of which there may be any number, `Infinity` too; the returned function calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** Timers of hosts go by a clock that may stand still while the machine sleeps: so often, at least, a long wait looks at the time of day. */
const longestSleep = 60_000;

/**
 * The host's clock. All who wait share one timer of the host's, that of the first who is due, and they wait for a time of day: months are as
 * exact as milliseconds, and a machine that slept, or whose clock was set, does not put them off.
 *
 * @category Services
 */
export const systemClock: Clock = hostClock();

function hostClock(): Clock {
  const alarms = new Alarms();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let armedFor = Number.POSITIVE_INFINITY;
  const now = (): number => Date.now();
  const arm = (): void => {
    const { next } = alarms;
    if (next === armedFor) return;
    clearTimeout(timer);
    armedFor = next ?? Number.POSITIVE_INFINITY;
    timer = next === undefined ? undefined : setTimeout(ring, Math.min(longestSleep, Math.max(0, next - now())));
  };
  const ring = (): void => {
    armedFor = Number.POSITIVE_INFINITY;
    const until = now();
    try {
      for (let due = alarms.take(until); due; due = alarms.take(until)) due.callback();
    } finally {
      arm();
    }
  };
  return {
    now,
    after(milliseconds, callback) {
      if (!(milliseconds < Number.POSITIVE_INFINITY)) return never;
      const callOff = alarms.set(now() + milliseconds, callback);
      arm();
      return () => {
        callOff();
        // What nobody waits for any more must not keep a process alive.
        if (alarms.next === undefined) arm();
      };
    },
  };
}

function never(): void {}

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
  const alarms = new Alarms();
  return {
    now: () => time,
    after(milliseconds, callback) {
      return milliseconds < Number.POSITIVE_INFINITY ? alarms.set(time + milliseconds, callback) : never;
    },
    advance(milliseconds) {
      const until = time + milliseconds;
      for (let alarm = alarms.take(until); alarm; alarm = alarms.take(until)) {
        time = Math.max(time, alarm.due);
        alarm.callback();
      }
      time = until;
    },
  };
}
