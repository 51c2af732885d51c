import { ReportedElsewhere, reportOf } from '../error-report.ts';
import { Thread } from '../thread.ts';
import type { LinesTask, NamedTask } from './named-task.ts';
import type { Outcome } from './spread.ts';

/** Threads that do pieces of work, one each at a time; what comes while all are busy waits. */
export class WorkPool {
  readonly #cwd: string;
  /** Pieces are never called off: half of one is no result. */
  readonly #signal: AbortSignal = new AbortController().signal;
  readonly #threads = new Set<Thread<'named'>>();
  readonly #idle: Thread<'named'>[] = [];
  readonly #waiting: (() => void)[] = [];
  #places: number;
  #done = 0;

  /** @param threads how many there are at most; each is started when it is needed */
  constructor(threads: number, cwd: string) {
    this.#places = threads;
    this.#cwd = cwd;
  }

  /** How many pieces were done. */
  get done(): number {
    return this.#done;
  }

  /** Starts all threads, so that the first pieces do not wait for what is loaded. */
  async warm(): Promise<void> {
    const empty: NamedTask = { task: 'answer', given: { before: 0, text: '' } satisfies LinesTask };
    const started = Array.from({ length: this.#places }, () => this.#started());
    this.#idle.push(...started);
    await Promise.all(started.map((thread) => thread.perform(empty)));
  }

  /** Does a piece that was written down, and gives what comes of it likewise. */
  readonly work = async (text: string): Promise<string> => {
    const task = JSON.parse(text) as NamedTask;
    const about = task.about === undefined ? {} : { about: task.about };
    while (this.#places === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#places -= 1;
    const thread = this.#idle.pop() ?? this.#started();
    let outcome: Outcome;
    try {
      outcome = { ...about, value: await thread.perform(task) };
      this.#idle.push(thread);
    } catch (thrown) {
      outcome = { ...about, error: reportOf(thrown) };
      // A thread that ended over its work is replaced.
      if (thrown instanceof ReportedElsewhere) this.#idle.push(thread);
      else this.#threads.delete(thread);
    }
    this.#done += 1;
    this.#places += 1;
    this.#waiting.shift()?.();
    return JSON.stringify(outcome);
  };

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #started(): Thread<'named'> {
    const thread = new Thread('named', { cwd: this.#cwd, signal: this.#signal });
    this.#threads.add(thread);
    return thread;
  }
}
