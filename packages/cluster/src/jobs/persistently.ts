import { setTimeout } from 'node:timers/promises';

/** So long whoever was refused waits before it tries again, in milliseconds. */
const pause = 300;

/** Tries until it succeeds, or the signal aborts: while a database is away, work waits for it. */
export async function persistently<Value>(act: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
  for (;;) {
    try {
      return await act();
    } catch (cause) {
      if (signal?.aborted) throw cause;
      await setTimeout(pause);
    }
  }
}
