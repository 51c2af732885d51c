import { Worker } from 'node:worker_threads';
import { type PlacedReport, ReportedElsewhere } from './error-report.ts';
import { threadEnded } from './errors.ts';
import type { tasks } from './thread-tasks.ts';

/** What threads can do, by name. */
type Tasks = typeof tasks;
type Given<Task extends keyof Tasks> = Parameters<Tasks[Task]>[0];
type Result<Task extends keyof Tasks> = Awaited<ReturnType<Tasks[Task]>>;

/** What a thread is told when it starts. */
export interface ThreadStart {
  readonly task: keyof Tasks;
  readonly cwd: string;
  /** 1 once everything is called off. */
  readonly flag: Int32Array;
}

/** What a thread says: how far it has come, parts of what it finds, and in the end what came of it or what went wrong. */
export type Said =
  | { readonly progress: number }
  | { readonly part: unknown }
  | { readonly result: unknown }
  | { readonly error: PlacedReport };

/** Threads run what was built, and resolve packages to that, also where this file is a source, as in tests. */
const [entry, execArgv] = import.meta.url.endsWith('.ts')
  ? [new URL('../dist/thread-worker.js', import.meta.url), []]
  : [new URL('./thread-worker.js', import.meta.url), process.execArgv];

/**
 * A thread that performs a task, again and again, as the project in `cwd` would. The signal calls off what it is at and all that follows: it
 * raises a flag in shared memory, which also reaches work that never lets go of its thread.
 */
export class Thread<Task extends keyof Tasks> {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  /** Rejects when the thread is no more. */
  readonly #end: Promise<never>;
  readonly #callOff = (): void => {
    Atomics.store(this.#flag, 0, 1);
  };

  constructor(task: Task, { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal }) {
    const workerData: ThreadStart = { task, cwd, flag: this.#flag };
    this.#worker = new Worker(entry, { workerData, execArgv });
    this.#signal = signal;
    if (signal.aborted) this.#callOff();
    signal.addEventListener('abort', this.#callOff);
    this.#end = new Promise((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', (code) => reject(threadEnded(code)));
    });
    // Between one task and the next, nobody waits to hear of the end.
    this.#end.catch(() => {});
  }

  /**
   * Performs the task on what is given, which must wait until it is done with what it was given before.
   *
   * @throws ReportedElsewhere what the task threw; CliError `internal` when the thread ended over it.
   */
  perform(
    given: Given<Task>,
    onProgress: (done: number) => void = () => {},
    onPart: (part: unknown) => void = () => {},
  ): Promise<Result<Task>> {
    const answer = new Promise<Result<Task>>((resolve, reject) => {
      const hear = (said: Said): void => {
        if ('progress' in said) {
          onProgress(said.progress);
          return;
        }
        if ('part' in said) {
          onPart(said.part);
          return;
        }
        this.#worker.off('message', hear);
        if ('error' in said) reject(new ReportedElsewhere(said.error));
        else resolve(said.result as Result<Task>);
      };
      this.#worker.on('message', hear);
    });
    this.#worker.postMessage(given);
    return Promise.race([answer, this.#end]);
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#callOff);
    await this.#worker.terminate();
  }
}
