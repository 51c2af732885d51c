import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RunResult } from '@mechane/core';
import { type PlacedReport, ReportedElsewhere } from './errors.ts';

/** What the thread is told when it starts. */
export interface Searching {
  readonly cwd: string;
  /** 1 once the search is called off. */
  readonly flag: Int32Array;
}

/** A result as JSON, or what went wrong. */
export type Found = { readonly result: string } | { readonly error: PlacedReport };

/** Threads run what was built, and resolve packages to that, also where this file is a source, as in tests. */
const [worker, execArgv] = import.meta.url.endsWith('.ts')
  ? [new URL('../dist/search-worker.js', import.meta.url), []]
  : [new URL('./search-worker.js', import.meta.url), process.execArgv];

/** A thread that plays scenarios, so that a search that never lets go of its thread can be called off and still give what it has. */
export class SearchThread {
  readonly #worker: Worker;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #signal: AbortSignal;
  readonly #callOff = (): void => {
    Atomics.store(this.#flag, 0, 1);
  };

  constructor(cwd: string, signal: AbortSignal) {
    this.#worker = new Worker(worker, {
      workerData: { cwd, flag: this.#flag } satisfies Searching,
      execArgv,
    });
    this.#signal = signal;
    if (signal.aborted) this.#callOff();
    signal.addEventListener('abort', this.#callOff);
  }

  /** @throws ReportedElsewhere what the run threw. */
  async play(scenario: object): Promise<RunResult> {
    this.#worker.postMessage(scenario);
    const [found] = (await once(this.#worker, 'message')) as [Found];
    if ('error' in found) throw new ReportedElsewhere(found.error);
    return JSON.parse(found.result) as RunResult;
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#callOff);
    await this.#worker.terminate();
  }
}
