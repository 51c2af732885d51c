import { Worker } from 'node:worker_threads';

/** How long somebody may think, in milliseconds: about the first question, before which it may have much to load, and about the others. */
export interface Patience {
  readonly first: number;
  readonly others: number;
}

/** What the thread that watches is given. */
export interface SilenceWatch {
  readonly cells: Int32Array;
  /** The group of processes to end. */
  readonly group: number;
  readonly patience: Patience;
}

/** What the cells of shared memory say: the number of the question that is unanswered or 0; whether the process was ended; whether to go on. */
export const states = { question: 0, silent: 1, watching: 2 } as const;

/** Threads run what was built, also where this file is a source, as in tests. */
const entry = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/foreign/silence-worker.js', import.meta.url)
  : new URL('./silence-worker.js', import.meta.url);

/** Watches that every question gets its answer in time, and ends the process that owes one otherwise. */
export class Silence {
  readonly #cells = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;

  constructor(group: number, patience: Patience) {
    Atomics.store(this.#cells, states.watching, 1);
    const workerData: SilenceWatch = { cells: this.#cells, group, patience };
    this.#worker = new Worker(entry, { workerData });
    this.#worker.unref();
  }

  /** A question was asked, counted from 1. */
  begin(question: number): void {
    Atomics.store(this.#cells, states.question, question);
  }

  /** It was answered. */
  end(): void {
    Atomics.store(this.#cells, states.question, 0);
  }

  /** Whether it lasted too long. */
  get wasTooLong(): boolean {
    return Atomics.load(this.#cells, states.silent) === 1;
  }

  async stop(): Promise<void> {
    Atomics.store(this.#cells, states.watching, 0);
    Atomics.notify(this.#cells, states.watching);
    await this.#worker.terminate();
  }
}
