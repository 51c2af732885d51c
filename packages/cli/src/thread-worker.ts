// A thread of the command: it performs the task for which it was started on all that it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import { reportOf } from './error-report.ts';
import { type Installed, loadPlugins } from './plugins.ts';
import type { TaskContext } from './task-context.ts';
import type { Said, ThreadStart } from './thread.ts';
import { tasks } from './thread-tasks.ts';

const { task, cwd, flag } = workerData as ThreadStart;
const perform = tasks[task] as (given: unknown, around: TaskContext) => Promise<unknown>;
let loading: Promise<Installed> | undefined;

/** As a signal is read by what looks at it now and then: no event reaches work that never lets go of its thread, but the flag does. */
const signal = {
  get aborted(): boolean {
    return Atomics.load(flag, 0) !== 0;
  },
} as object as AbortSignal;

function say(said: Said, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(said, handedOver);
}

const around: TaskContext = {
  cwd,
  /** Loaded when the first task asks for them: not all do. */
  get installed() {
    loading ??= loadPlugins(cwd);
    return loading;
  },
  signal,
  onProgress: (progress) => say({ progress }),
  onPart: (part) => say({ part }),
};

async function answer(given: unknown): Promise<void> {
  try {
    const result = await perform(given, around);
    // What is nobody else's goes over as it is.
    say({ result }, result instanceof ArrayBuffer ? [result] : []);
  } catch (thrown) {
    say({ error: reportOf(thrown) });
  }
}

let last = Promise.resolve();

parentPort?.on('message', (given: unknown) => {
  last = last.then(() => answer(given));
});
