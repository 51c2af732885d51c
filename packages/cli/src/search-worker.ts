// The thread of a search that can be called off: it shares a flag with the thread that hears of a Ctrl-C.
import { parentPort, workerData } from 'node:worker_threads';
import { reportOf } from './errors.ts';
import { loadPlugins } from './plugins.ts';
import type { Found, Searching } from './search-thread.ts';

const { cwd, flag } = workerData as Searching;
const installed = loadPlugins(cwd);

/** As a signal is read by what never lets go of its thread: no event reaches it, but the flag does. */
const signal = {
  get aborted(): boolean {
    return Atomics.load(flag, 0) !== 0;
  },
} as object as AbortSignal;

parentPort?.on('message', async (scenario: { readonly mechanism: string }) => {
  parentPort?.postMessage(await played(scenario));
});

async function played(scenario: { readonly mechanism: string }): Promise<Found> {
  try {
    const { mechane } = await installed;
    await mechane.prepare(scenario.mechanism);
    return { result: JSON.stringify(mechane.runScenario(scenario, { signal })) };
  } catch (thrown) {
    return { error: reportOf(thrown) };
  }
}
