import { measure } from 'mitata';

/** How fast something is, from many calls after a warm-up. */
export interface Speed {
  /** Calls a second, from the mean: pauses of the garbage collector count. */
  readonly perSecond: number;
  /** Seconds for the median call: pauses hardly count. */
  readonly medianSeconds: number;
  /** Seconds for all but the slowest 1 % of calls. */
  readonly p99Seconds: number;
}

const nanosecond = 1e-9;

/**
 * Measures a function on one core. Short calls are timed in batches, so the clock's own cost does not show. Return what
 * the call computes, or the compiler may remove it.
 *
 * @param call what to measure; it may return a promise, which is awaited
 * @param seconds the least time to spend, 0.6 unless told
 * @example
 * const { perSecond } = await measureSpeed(() => Math.hypot(3, 4));
 */
export async function measureSpeed(call: () => unknown, seconds = 0.6): Promise<Speed> {
  const { avg, p50, p99 } = await measure(call, { min_cpu_time: seconds / nanosecond });
  return { perSecond: 1 / (avg * nanosecond), medianSeconds: p50 * nanosecond, p99Seconds: p99 * nanosecond };
}
