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

/** Threads run what was built, and resolve packages to that, also where this file is a source, as in tests; else they are as this process was started. */
const [entry, options] = import.meta.url.endsWith('.ts')
  ? [new URL('../dist/thread-worker.js', import.meta.url), { execArgv: [] }]
  : [new URL('./thread-worker.js', import.meta.url), {}];

/** What is heard of a task while it is performed, and what is handed over to it. */
export interface Hearing {
  readonly onProgress?: (done: number) => void;
  readonly onPart?: (part: unknown) => void;
  /** Bytes among what is given that go over as they are, and are not there any more for whoever gave them. */
  readonly handedOver?: readonly ArrayBuffer[];
}

/** Whoever waits for a task to be performed. */
interface Waiting extends Hearing {
  resolve(result: unknown): void;
  reject(thrown: unknown): void;
}

/**
 * A thread that performs a task, again and again, as the project in `cwd` would. The signal calls off what it is at and all that follows: it
 * raises a flag in shared memory, which also reaches work that never lets go of its thread.
 */
export class Thread<Task extends keyof Tasks> {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #waiting: Waiting[] = [];
  /** Why the thread is no more. */
  #end: { readonly cause: unknown } | undefined;
  readonly #callOff = (): void => {
    Atomics.store(this.#flag, 0, 1);
  };

  constructor(task: Task, { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal }) {
    const workerData: ThreadStart = { task, cwd, flag: this.#flag };
    this.#worker = new Worker(entry, { workerData, ...options });
    this.#signal = signal;
    if (signal.aborted) this.#callOff();
    signal.addEventListener('abort', this.#callOff);
    this.#worker.on('message', (said: Said) => this.#hear(said));
    this.#worker.once('error', (cause) => this.#ended(cause));
    this.#worker.once('exit', (code) => this.#ended(threadEnded(code)));
  }

  /**
   * Performs the task on what is given, after all that it was given before.
   *
   * @throws ReportedElsewhere what the task threw; CliError `internal` when the thread ended over it.
   */
  perform(given: Given<Task>, hearing: Hearing = {}): Promise<Result<Task>> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end.cause);
        return;
      }
      this.#waiting.push({ ...hearing, resolve: (result) => resolve(result as Result<Task>), reject });
      this.#worker.postMessage(given, hearing.handedOver);
    });
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#callOff);
    await this.#worker.terminate();
  }

  #hear(said: Said): void {
    const [first] = this.#waiting;
    if ('progress' in said) first?.onProgress?.(said.progress);
    else if ('part' in said) first?.onPart?.(said.part);
    else {
      this.#waiting.shift();
      if ('error' in said) first?.reject(new ReportedElsewhere(said.error));
      else first?.resolve(said.result);
    }
  }

  #ended(cause: unknown): void {
    this.#end ??= { cause };
    for (const { reject } of this.#waiting.splice(0)) reject(cause);
  }
}
